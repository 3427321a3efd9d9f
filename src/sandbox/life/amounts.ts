/** What things cost: lines, promotion codes, parts of a period. Whole numbers of the currency's smallest unit. */
import type { Books } from '../ledger/books.ts';
import type { CheckoutRecord, CouponRecord, PriceRecord } from '../ledger/records.ts';

interface CheckoutAmounts {
  readonly lines: readonly {
    readonly id: string;
    readonly price: PriceRecord;
    readonly quantity: number;
    readonly subtotal: number;
    readonly discount: number;
  }[];
  readonly subtotal: number;
  readonly discount: number;
  readonly total: number;
}

/** Due when the page is submitted: a trial makes what renews cost nothing for now. */
export const checkoutAmounts = (
  books: Books,
  checkout: CheckoutRecord,
  coupon = couponOf(books, checkout),
): CheckoutAmounts => {
  const trial = checkout.trialEnd !== null || checkout.trialDays !== null;
  const plain = checkout.lines.flatMap(({ id, price: priceId, quantity }) => {
    const price = books.prices.get(priceId);
    if (!price) return [];
    const subtotal = trial && price.recurring ? 0 : quantity * amountIn(price, checkout.currency);
    return [{ id, price, quantity, subtotal }];
  });
  const subtotal = plain.reduce((sum, line) => sum + line.subtotal, 0);
  const discount = coupon ? amountOff(coupon, subtotal) : 0;
  let left = discount;
  const lines = plain.map((line) => {
    const part = Math.min(left, line.subtotal);
    left -= part;
    return { ...line, discount: part };
  });
  return { lines, subtotal, discount, total: subtotal - discount };
};

const couponOf = (books: Books, { discount }: CheckoutRecord): CouponRecord | undefined =>
  discount ? books.coupons.get(discount.coupon) : undefined;

/** For one, in one of the currencies that the price has. */
export const amountIn = (price: PriceRecord, currency: string): number =>
  currency === price.currency
    ? (price.unitAmount ?? Math.round(Number(price.unitAmountDecimal)))
    : (price.otherCurrencies[currency] ?? price.unitAmount ?? 0);

/** Never more than there is to pay. */
export const amountOff = ({ percentOff, amountOff: fixed }: CouponRecord, subtotal: number): number =>
  Math.min(
    Math.max(0, subtotal),
    percentOff === null ? (fixed ?? 0) : Math.round((subtotal * percentOff) / 100),
  );

/** What a part of a period costs, to the second. */
export const proratedAmount = (amount: number, start: number, end: number, now: number): number => {
  if (end <= start) return 0;
  const left = Math.min(end, Math.max(start, now));
  return Math.round((amount * (end - left)) / (end - start));
};
