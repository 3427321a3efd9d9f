/** Subscriptions made, changed and ended, and told about. */
import type { Books } from '../ledger/books.ts';
import type { ItemRecord, LineRecord, PriceRecord, SubscriptionRecord } from '../ledger/records.ts';
import { showSubscription } from '../shapes/subscription.ts';
import { amountIn } from './amounts.ts';
import { announce } from './announce.ts';
import { changedFields } from './changed-fields.ts';
import { lookAtEntitlements } from './entitled.ts';
import { leaveInvoice } from './invoice.ts';
import { periodEndAfter } from './periods.ts';

export type NewSubscription = Pick<SubscriptionRecord, 'currency' | 'customer' | 'status'> &
  Partial<Omit<SubscriptionRecord, 'items'>> & {
    readonly items: readonly { readonly price: PriceRecord; readonly quantity: number }[];
  };

/** Not announced yet: its first invoice comes before. A trial is its first period. */
export const makeSubscription = (books: Books, { items, ...given }: NewSubscription): SubscriptionRecord => {
  const now = books.now();
  const trialEnd = given.trialEnd ?? null;
  const subscription: SubscriptionRecord = {
    id: books.newId('sub'),
    created: now,
    anchor: trialEnd ?? now,
    cancelAt: null,
    cancelAtPeriodEnd: false,
    canceledAt: null,
    endedAt: null,
    cancellationReason: null,
    cancellationComment: null,
    expiresAt: given.status === 'incomplete' ? now + incompleteSeconds : null,
    trialStart: trialEnd === null ? null : now,
    trialEnd,
    trialAnnounced: false,
    withoutPaymentMethod: 'create_invoice',
    pause: null,
    latestInvoice: null,
    paymentMethod: null,
    description: null,
    discounts: [],
    pendingLines: [],
    metadata: {},
    ...given,
    items: items.map(({ price, quantity }) => ({
      id: books.newId('si'),
      created: now,
      price: price.id,
      quantity,
      periodStart: now,
      periodEnd: trialEnd ?? firstPeriodEnd(price, now),
      metadata: {},
    })),
  };
  books.subscriptions.put(subscription);
  return subscription;
};

/** A first payment must come within this time. */
const incompleteSeconds = 23 * 3_600;

const firstPeriodEnd = (price: PriceRecord, now: number): number =>
  price.recurring ? periodEndAfter(now, price.recurring, now) : now;

export const announceSubscription = (books: Books, subscription: SubscriptionRecord): void => {
  announce(books, 'customer.subscription.created', showSubscription(books, subscription));
  lookAtEntitlements(books, subscription.customer);
};

type Occasion = 'paused' | 'resumed' | 'updated';

/** Announces what changed, if anything did. Answers the subscription as it is now. */
export const changeSubscription = (
  books: Books,
  id: string,
  change: Partial<Omit<SubscriptionRecord, 'customer' | 'id'>>,
  occasion: Occasion = 'updated',
): SubscriptionRecord => {
  const before = books.subscriptions.get(id);
  if (!before) throw new Error(`Subscription ${id} is missing in the sandbox.`);
  const shownBefore = showSubscription(books, before);
  const after = { ...before, ...change };
  books.subscriptions.put(after);
  const shown = showSubscription(books, after);
  const previous = changedFields(shownBefore, shown);
  if (previous) {
    announce(books, 'customer.subscription.updated', shown, previous);
    if (occasion !== 'updated') announce(books, `customer.subscription.${occasion}`, shown);
    lookAtEntitlements(books, after.customer);
  }
  return after;
};

/** Ends it now. What is still owed stays owed, and isn't tried any more. */
export const endSubscription = (
  books: Books,
  id: string,
  reason: SubscriptionRecord['cancellationReason'],
  status: 'canceled' | 'incomplete_expired' = 'canceled',
): SubscriptionRecord => {
  const before = books.subscriptions.get(id);
  if (!before) throw new Error(`Subscription ${id} is missing in the sandbox.`);
  const now = books.now();
  const ended: SubscriptionRecord = {
    ...before,
    status,
    endedAt: now,
    canceledAt: before.canceledAt ?? now,
    cancellationReason: before.cancellationReason ?? reason,
    pendingLines: [],
  };
  books.subscriptions.put(ended);
  for (const invoice of [...books.invoices.walk({ index: { name: 'subscription', value: id } })]) {
    if ((invoice.status === 'open' || invoice.status === 'draft') && invoice.autoAdvance)
      leaveInvoice(books, invoice);
  }
  const shown = showSubscription(books, ended);
  // Stripe tells of one that was never paid for as an update, and of all others as deleted.
  if (status === 'incomplete_expired')
    announce(books, 'customer.subscription.updated', shown, { status: before.status });
  else announce(books, 'customer.subscription.deleted', shown);
  lookAtEntitlements(books, ended.customer);
  return ended;
};

/** What a period of each item costs. */
export const linesFor = (
  books: Books,
  currency: string,
  items: readonly ItemRecord[],
  { free = false } = {},
): readonly LineRecord[] =>
  items.map((item) => {
    const price = books.prices.get(item.price);
    const name = books.products.get(price?.product ?? '')?.name ?? item.price;
    return {
      id: books.newId('il'),
      description: free ? `Trial period for ${name}` : `${item.quantity} × ${name}`,
      amount: free || !price ? 0 : item.quantity * amountIn(price, currency),
      price: item.price,
      quantity: item.quantity,
      item: item.id,
      start: item.periodStart,
      end: item.periodEnd,
      proration: false,
    };
  });

/** Each item's next period, from where the one before ended. */
export const nextPeriod = (
  books: Books,
  { items, anchor }: Pick<SubscriptionRecord, 'anchor' | 'items'>,
  start = Math.max(...items.map(({ periodEnd }) => periodEnd)),
): readonly ItemRecord[] =>
  items.map((item) => {
    const recurring = books.prices.get(item.price)?.recurring;
    return {
      ...item,
      periodStart: start,
      periodEnd: recurring ? periodEndAfter(anchor, recurring, start) : start,
    };
  });
