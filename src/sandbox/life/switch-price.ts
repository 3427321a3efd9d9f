/** A subscription's items changed within a period: what that costs, and when. */
import type { Books } from '../ledger/books.ts';
import type { InvoiceRecord, ItemRecord, LineRecord, SubscriptionRecord } from '../ledger/records.ts';
import { amountIn, proratedAmount } from './amounts.ts';
import { collect, paid } from './collect.ts';
import { draftInvoice, finalizeInvoice } from './invoice.ts';
import { changeSubscription, linesFor, nextPeriod } from './subscription.ts';

export type Proration = 'always_invoice' | 'create_prorations' | 'none';

/** `items`: as they are to be; periods are kept, unless the interval is another one: then a new period begins now. */
export const switchItems = (
  books: Books,
  subscription: SubscriptionRecord,
  items: readonly ItemRecord[],
  proration: Proration,
): SubscriptionRecord => {
  const trialing = subscription.status === 'trialing';
  if (trialing) return changeSubscription(books, subscription.id, { items });
  const credit = proration === 'none' ? [] : unusedLines(books, subscription);
  if (intervalOf(books, items) !== intervalOf(books, subscription.items)) {
    const now = books.now();
    const begun = nextPeriod(books, { items, anchor: now }, now);
    const lines = [...subscription.pendingLines, ...credit, ...linesFor(books, subscription.currency, begun)];
    return billNow(books, subscription, { items: begun, anchor: now }, lines);
  }
  if (proration === 'none') return changeSubscription(books, subscription.id, { items });
  const lines = [...subscription.pendingLines, ...credit, ...restLines(books, subscription.currency, items)];
  if (proration === 'always_invoice') return billNow(books, subscription, { items }, lines);
  return changeSubscription(books, subscription.id, { items, pendingLines: lines });
};

const intervalOf = (books: Books, items: readonly ItemRecord[]): string => {
  const recurring = books.prices.get(items[0]?.price ?? '')?.recurring;
  return `${recurring?.count} ${recurring?.interval}`;
};

const billNow = (
  books: Books,
  subscription: SubscriptionRecord,
  change: Partial<SubscriptionRecord>,
  lines: readonly LineRecord[],
): SubscriptionRecord => {
  const draft: InvoiceRecord = draftInvoice(books, {
    customer: subscription.customer,
    subscription: subscription.id,
    currency: subscription.currency,
    reason: 'subscription_update',
    lines,
    periodStart: books.now(),
    periodEnd: books.now(),
    autoAdvance: true,
    finalizesAt: null,
  });
  changeSubscription(books, subscription.id, { ...change, pendingLines: [], latestInvoice: draft.id });
  const open = finalizeInvoice(books, draft);
  if (open.status === 'open') collect(books, open);
  else paid(books, open);
  return books.subscriptions.get(subscription.id) ?? subscription;
};

const unusedLines = (books: Books, { currency, items }: SubscriptionRecord): readonly LineRecord[] =>
  partLines(books, currency, items, { sign: -1, word: 'Unused time on' });

const restLines = (books: Books, currency: string, items: readonly ItemRecord[]): readonly LineRecord[] =>
  partLines(books, currency, items, { sign: 1, word: 'Remaining time on' });

const partLines = (
  books: Books,
  currency: string,
  items: readonly ItemRecord[],
  { sign, word }: { readonly sign: 1 | -1; readonly word: string },
): readonly LineRecord[] => {
  const now = books.now();
  return items.flatMap((item) => {
    const price = books.prices.get(item.price);
    if (!price) return [];
    const whole = item.quantity * amountIn(price, currency);
    return {
      id: books.newId('il'),
      description: `${word} ${item.quantity} × ${books.products.get(price.product)?.name ?? price.id}`,
      amount: sign * proratedAmount(whole, item.periodStart, item.periodEnd, now),
      price: price.id,
      quantity: item.quantity,
      item: item.id,
      start: now,
      end: item.periodEnd,
      proration: true,
    };
  });
};
