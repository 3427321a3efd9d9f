/** Whether a promotion code that somebody typed can be used at a checkout. */
import type { Books } from '../ledger/books.ts';
import type { CheckoutRecord, CouponRecord, PromotionCodeRecord } from '../ledger/records.ts';
import { isRedeemable } from '../shapes/catalogue.ts';

interface Promotion {
  readonly code: PromotionCodeRecord;
  readonly coupon: CouponRecord;
}

export const findPromotion = (
  books: Books,
  checkout: CheckoutRecord,
  typed: string,
): Promotion | undefined => {
  if (!checkout.promotionCodes) return undefined;
  for (const code of books.promotionCodes.walk()) {
    if (code.code.toLowerCase() !== typed.trim().toLowerCase()) continue;
    const coupon = books.coupons.get(code.coupon);
    if (coupon && isUsable(books, checkout, code, coupon)) return { code, coupon };
  }
  return undefined;
};

const isUsable = (
  books: Books,
  checkout: CheckoutRecord,
  code: PromotionCodeRecord,
  coupon: CouponRecord,
): boolean =>
  code.active &&
  isRedeemable(coupon, books.now()) &&
  (code.expiresAt === null || books.now() < code.expiresAt) &&
  (code.maxRedemptions === null || code.redeemed < code.maxRedemptions) &&
  (code.customer === null || code.customer === checkout.customer) &&
  (coupon.currency === null || coupon.currency === checkout.currency);
