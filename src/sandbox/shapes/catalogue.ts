/** Products, prices, coupons, promotion codes, discounts and features in Stripe's shape. */
import type Stripe from 'stripe';
import type * as Records from '../ledger/records.ts';
import { decimalText, livemode } from './wire.ts';

export const showProduct = (product: Records.ProductRecord): Stripe.Product => ({
  id: product.id,
  object: 'product',
  active: product.active,
  created: product.created,
  default_price: product.defaultPrice,
  description: product.description,
  images: [],
  livemode,
  marketing_features: [],
  metadata: { ...product.metadata },
  name: product.name,
  package_dimensions: null,
  shippable: null,
  statement_descriptor: null,
  tax_code: null,
  tax_details: null,
  type: 'service',
  unit_label: null,
  updated: product.updated,
  url: null,
});

export const showPrice = (price: Records.PriceRecord): Stripe.Price => ({
  id: price.id,
  object: 'price',
  active: price.active,
  billing_scheme: 'per_unit',
  created: price.created,
  currency: price.currency,
  custom_unit_amount: null,
  livemode,
  lookup_key: price.lookupKey,
  metadata: { ...price.metadata },
  nickname: price.nickname,
  product: price.product,
  recurring: price.recurring && {
    interval: price.recurring.interval,
    interval_count: price.recurring.count,
    meter: null,
    trial_period_days: price.recurring.trialDays,
    usage_type: 'licensed',
  },
  tax_behavior: 'unspecified',
  tiers_mode: null,
  transform_quantity: null,
  type: price.recurring ? 'recurring' : 'one_time',
  unit_amount: price.unitAmount,
  unit_amount_decimal: decimalText(price.unitAmountDecimal),
});

/** Sent only where it is asked for by `expand`. */
export const showCurrencyOptions = (
  price: Records.PriceRecord,
): Record<string, Stripe.Price.CurrencyOptions> => {
  const option = (amount: number | null, decimal: string): Stripe.Price.CurrencyOptions => ({
    custom_unit_amount: null,
    tax_behavior: 'unspecified',
    unit_amount: amount,
    unit_amount_decimal: decimalText(decimal),
  });
  const others = Object.entries(price.otherCurrencies).map(([currency, amount]) => [
    currency,
    option(amount, String(amount)),
  ]);
  return {
    [price.currency]: option(price.unitAmount, price.unitAmountDecimal),
    ...Object.fromEntries(others),
  };
};

/** The older name of a recurring price; subscription items still carry it. */
export const showPlan = (price: Records.PriceRecord): Stripe.Plan => ({
  id: price.id,
  object: 'plan',
  active: price.active,
  amount: price.unitAmount,
  amount_decimal: decimalText(price.unitAmountDecimal),
  billing_scheme: 'per_unit',
  created: price.created,
  currency: price.currency,
  interval: price.recurring?.interval ?? 'month',
  interval_count: price.recurring?.count ?? 1,
  livemode,
  metadata: { ...price.metadata },
  meter: null,
  nickname: price.nickname,
  product: price.product,
  tiers_mode: null,
  transform_usage: null,
  trial_period_days: price.recurring?.trialDays ?? null,
  usage_type: 'licensed',
});

export const showCoupon = (coupon: Records.CouponRecord, now: number): Stripe.Coupon => ({
  id: coupon.id,
  object: 'coupon',
  amount_off: coupon.amountOff,
  created: coupon.created,
  currency: coupon.currency,
  duration: coupon.duration,
  duration_in_months: coupon.months,
  livemode,
  max_redemptions: coupon.maxRedemptions,
  metadata: { ...coupon.metadata },
  name: coupon.name,
  percent_off: coupon.percentOff,
  redeem_by: coupon.redeemBy,
  times_redeemed: coupon.redeemed,
  valid: isRedeemable(coupon, now),
});

export const isRedeemable = (coupon: Records.CouponRecord, now: number): boolean =>
  (coupon.maxRedemptions === null || coupon.redeemed < coupon.maxRedemptions) &&
  (coupon.redeemBy === null || now < coupon.redeemBy);

export const showPromotionCode = (code: Records.PromotionCodeRecord): Stripe.PromotionCode => ({
  id: code.id,
  object: 'promotion_code',
  active: code.active,
  code: code.code,
  created: code.created,
  customer: code.customer,
  customer_account: null,
  expires_at: code.expiresAt,
  livemode,
  max_redemptions: code.maxRedemptions,
  metadata: { ...code.metadata },
  promotion: { coupon: code.coupon, type: 'coupon' },
  restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
  times_redeemed: code.redeemed,
});

export const showDiscount = (discount: Records.DiscountRecord): Stripe.Discount => ({
  id: discount.id,
  object: 'discount',
  checkout_session: discount.checkout,
  customer: discount.customer,
  customer_account: null,
  end: discount.end,
  invoice: null,
  invoice_item: null,
  promotion_code: discount.promotionCode,
  source: { coupon: discount.coupon, type: 'coupon' },
  start: discount.start,
  subscription: discount.subscription,
  subscription_item: null,
});

export const showFeature = (feature: Records.FeatureRecord): Stripe.Entitlements.Feature => ({
  id: feature.id,
  object: 'entitlements.feature',
  active: feature.active,
  livemode,
  lookup_key: feature.lookupKey,
  metadata: { ...feature.metadata },
  name: feature.name,
});
