/** Products, prices, coupons, promotion codes and features as the sandbox keeps them. Times are seconds. */
import type { Metadata } from './metadata.ts';

export interface ProductRecord {
  readonly id: string;
  readonly created: number;
  readonly updated: number;
  readonly name: string;
  readonly description: string | null;
  readonly active: boolean;
  readonly defaultPrice: string | null;
  readonly metadata: Metadata;
  /** Entitlement features attached to it. */
  readonly features: readonly { readonly id: string; readonly feature: string }[];
}

export type Interval = 'day' | 'week' | 'month' | 'year';

export interface PriceRecord {
  readonly id: string;
  readonly created: number;
  readonly product: string;
  readonly active: boolean;
  readonly currency: string;
  /** Null: below the smallest unit; then only the decimal says it. */
  readonly unitAmount: number | null;
  readonly unitAmountDecimal: string;
  readonly recurring: {
    readonly interval: Interval;
    readonly count: number;
    readonly trialDays: number | null;
  } | null;
  readonly otherCurrencies: Readonly<Record<string, number>>;
  readonly lookupKey: string | null;
  readonly nickname: string | null;
  readonly metadata: Metadata;
}

export interface CouponRecord {
  readonly id: string;
  readonly created: number;
  readonly name: string | null;
  readonly percentOff: number | null;
  readonly amountOff: number | null;
  readonly currency: string | null;
  readonly duration: 'forever' | 'once' | 'repeating';
  readonly months: number | null;
  readonly maxRedemptions: number | null;
  readonly redeemBy: number | null;
  readonly redeemed: number;
  readonly metadata: Metadata;
}

export interface PromotionCodeRecord {
  readonly id: string;
  readonly created: number;
  readonly code: string;
  readonly coupon: string;
  readonly active: boolean;
  readonly customer: string | null;
  readonly expiresAt: number | null;
  readonly maxRedemptions: number | null;
  readonly redeemed: number;
  readonly metadata: Metadata;
}

export interface DiscountRecord {
  readonly id: string;
  readonly start: number;
  readonly end: number | null;
  readonly coupon: string;
  readonly promotionCode: string | null;
  readonly customer: string;
  readonly subscription: string | null;
  readonly checkout: string | null;
  /** A coupon that counts once has been used. */
  readonly used: boolean;
}

export interface FeatureRecord {
  readonly id: string;
  readonly name: string;
  readonly lookupKey: string;
  readonly active: boolean;
  readonly metadata: Metadata;
}
