/** A Checkout Session's end: paid for, to be paid for by a bank debit, or expired. */
import type { Books } from '../ledger/books.ts';
import type {
  CheckoutRecord,
  DiscountRecord,
  IntentRecord,
  InvoiceRecord,
  PaymentMethodRecord,
  SubscriptionRecord,
} from '../ledger/records.ts';
import { showCheckout } from '../shapes/checkout.ts';
import { announce } from './announce.ts';
import { draftInvoice, finalizeInvoice, payInvoice } from './invoice.ts';
import { announceSubscription, linesFor, makeSubscription } from './subscription.ts';
import { cancelIntent } from './take-payment.ts';

type PaymentStatus = CheckoutRecord['paymentStatus'];

/** `intent`: what was paid, or is being paid; undefined where nothing is due now. The checkout has its customer. */
export const completeCheckout = (
  books: Books,
  checkout: CheckoutRecord,
  method: PaymentMethodRecord | undefined,
  intent: IntentRecord | undefined,
): CheckoutRecord => {
  const paymentStatus: PaymentStatus =
    intent === undefined ? 'no_payment_required' : intent.status === 'succeeded' ? 'paid' : 'unpaid';
  const made = checkout.mode === 'subscription' ? subscribe(books, checkout, method, intent) : undefined;
  const complete: CheckoutRecord = {
    ...checkout,
    status: 'complete',
    paymentStatus,
    intent: intent?.id ?? checkout.intent,
    subscription: made?.subscription.id ?? null,
    invoice: made?.invoice.id ?? null,
  };
  books.checkouts.put(complete);
  announce(books, 'checkout.session.completed', showCheckout(books, complete));
  return complete;
};

interface Made {
  readonly subscription: SubscriptionRecord;
  readonly invoice: InvoiceRecord;
}

const subscribe = (
  books: Books,
  checkout: CheckoutRecord,
  method: PaymentMethodRecord | undefined,
  intent: IntentRecord | undefined,
): Made => {
  const trialEnd = trialEndOf(books, checkout);
  const processing = intent !== undefined && intent.status !== 'succeeded';
  const customer = checkout.customer ?? '';
  const lines = checkout.lines.flatMap(({ price: id, quantity }) => {
    const price = books.prices.get(id);
    return price?.recurring ? [{ price, quantity }] : [];
  });
  const bare = makeSubscription(books, {
    customer,
    currency: checkout.currency,
    // Until the bank has answered, the first payment is outstanding, and nothing may be given out for it.
    status: processing ? 'incomplete' : trialEnd === null ? 'active' : 'trialing',
    items: lines,
    trialEnd,
    withoutPaymentMethod: checkout.withoutPaymentMethod,
    paymentMethod: method?.id ?? null,
    metadata: checkout.madeMetadata,
    description: checkout.madeDescription,
    // An answer that takes three days must not find it expired.
    ...(processing ? { expiresAt: null } : {}),
  });
  const discounts = checkout.discount ? [redeem(books, checkout, bare, checkout.discount)] : [];
  books.subscriptions.put({ ...bare, discounts });
  const draft = draftInvoice(books, {
    customer,
    subscription: bare.id,
    currency: checkout.currency,
    reason: 'subscription_create',
    lines: [
      ...linesFor(books, checkout.currency, bare.items, { free: trialEnd !== null }),
      ...oneTimeLines(books, checkout),
    ],
    periodStart: books.now(),
    periodEnd: books.now(),
    autoAdvance: true,
    finalizesAt: null,
  });
  const subscription = { ...bare, discounts, latestInvoice: draft.id };
  books.subscriptions.put(subscription);
  announceSubscription(books, subscription);
  const open = finalizeInvoice(books, draft, intent);
  const invoice = open.status === 'open' && !processing ? payInvoice(books, open) : open;
  return { subscription, invoice };
};

const trialEndOf = (books: Books, { trialDays, trialEnd }: CheckoutRecord): number | null =>
  trialDays === null ? trialEnd : books.now() + trialDays * 86_400;

const oneTimeLines = (books: Books, checkout: CheckoutRecord): InvoiceRecord['lines'] =>
  checkout.lines.flatMap(({ price: id, quantity }) => {
    const price = books.prices.get(id);
    if (!price || price.recurring) return [];
    return {
      id: books.newId('il'),
      description: books.products.get(price.product)?.name ?? price.id,
      amount: quantity * (price.unitAmount ?? 0),
      price: price.id,
      quantity,
      item: null,
      start: books.now(),
      end: books.now(),
      proration: false,
    };
  });

const redeem = (
  books: Books,
  checkout: CheckoutRecord,
  subscription: SubscriptionRecord,
  { coupon: couponId, promotionCode }: NonNullable<CheckoutRecord['discount']>,
): string => {
  const coupon = books.coupons.get(couponId);
  const code = books.promotionCodes.get(promotionCode ?? '');
  const discount: DiscountRecord = {
    id: books.newId('di'),
    start: books.now(),
    end:
      coupon?.duration === 'repeating' && coupon.months !== null
        ? books.now() + coupon.months * 31 * 86_400
        : null,
    coupon: couponId,
    promotionCode,
    customer: subscription.customer,
    subscription: subscription.id,
    checkout: checkout.id,
    used: false,
  };
  books.discounts.put(discount);
  if (coupon) books.coupons.put({ ...coupon, redeemed: coupon.redeemed + 1 });
  if (code) books.promotionCodes.put({ ...code, redeemed: code.redeemed + 1 });
  return discount.id;
};

/** Nothing happens to one that isn't open any more. */
export const expireCheckout = (books: Books, checkout: CheckoutRecord): CheckoutRecord => {
  if (checkout.status !== 'open') return checkout;
  const expired: CheckoutRecord = { ...checkout, status: 'expired' };
  books.checkouts.put(expired);
  cancelIntent(books, checkout.intent);
  announce(books, 'checkout.session.expired', showCheckout(books, expired));
  return expired;
};

/** The bank has answered the debit of a checkout that was complete already. */
export const settleCheckout = (books: Books, id: string, passed: boolean): void => {
  const checkout = books.checkouts.get(id);
  if (!checkout) return;
  const settled: CheckoutRecord = passed ? { ...checkout, paymentStatus: 'paid' } : checkout;
  books.checkouts.put(settled);
  const outcome = passed ? 'async_payment_succeeded' : 'async_payment_failed';
  announce(books, `checkout.session.${outcome}`, showCheckout(books, settled));
};
