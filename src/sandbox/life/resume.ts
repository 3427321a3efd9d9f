/** A paused subscription goes on: its first invoice is made and tried now, and it is active again once that is paid. */
import type { Books } from '../ledger/books.ts';
import type { SubscriptionRecord } from '../ledger/records.ts';
import { collect, paid } from './collect.ts';
import { draftInvoice, finalizeInvoice } from './invoice.ts';
import { changeSubscription, linesFor, nextPeriod } from './subscription.ts';

/** The subscription's status must be paused. */
export const resumeSubscription = (books: Books, subscription: SubscriptionRecord): SubscriptionRecord => {
  const now = books.now();
  const items = nextPeriod(books, { ...subscription, anchor: now }, now);
  const draft = draftInvoice(books, {
    customer: subscription.customer,
    subscription: subscription.id,
    currency: subscription.currency,
    reason: 'subscription_cycle',
    lines: linesFor(books, subscription.currency, items),
    periodStart: now,
    periodEnd: now,
    autoAdvance: true,
    finalizesAt: null,
  });
  changeSubscription(books, subscription.id, { latestInvoice: draft.id });
  const open = finalizeInvoice(books, draft);
  if (open.status === 'open') collect(books, open);
  else paid(books, open);
  return books.subscriptions.get(subscription.id) ?? subscription;
};
