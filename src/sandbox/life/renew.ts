/** What a subscription does by itself: it renews, its trial ends, it is ended, its pause is over. */
import type { Books } from '../ledger/books.ts';
import { announceTrialEnd, periodEndOf } from '../ledger/next-due.ts';
import type { InvoiceRecord, ItemRecord, SubscriptionRecord } from '../ledger/records.ts';
import { showSubscription } from '../shapes/subscription.ts';
import { announce } from './announce.ts';
import { draftInvoice, finalizeInvoice, voidInvoice, writeInvoiceOff } from './invoice.ts';
import { changeSubscription, endSubscription, linesFor, nextPeriod } from './subscription.ts';

/** A renewal's invoice stays a draft for an hour, so that it can still be changed. */
const draftSeconds = 3_600;

/** Does the one thing that is due; called again as long as something is. */
export const advanceSubscription = (books: Books, subscription: SubscriptionRecord): void => {
  const now = books.now();
  const { id, cancelAt, pause, status } = subscription;
  if (cancelAt !== null && cancelAt <= now) {
    endSubscription(books, id, 'cancellation_requested');
    return;
  }
  if (pause?.resumesAt !== null && pause?.resumesAt !== undefined && pause.resumesAt <= now) {
    changeSubscription(books, id, { pause: null });
    return;
  }
  switch (status) {
    case 'trialing':
      advanceTrial(books, subscription);
      return;
    case 'incomplete':
      if (subscription.expiresAt !== null && subscription.expiresAt <= now)
        expireIncomplete(books, subscription);
      return;
    case 'active':
    case 'past_due':
    case 'unpaid':
      if (periodEndOf(subscription) <= now) renew(books, subscription);
      return;
    case 'canceled':
    case 'incomplete_expired':
    case 'paused':
      return;
    default:
      status satisfies never;
  }
};

const advanceTrial = (books: Books, subscription: SubscriptionRecord): void => {
  const end = subscription.trialEnd ?? periodEndOf(subscription);
  const now = books.now();
  if (now >= end) {
    endTrial(books, subscription, end);
    return;
  }
  if (subscription.trialAnnounced || now < end - announceTrialEnd) return;
  const announced = { ...subscription, trialAnnounced: true };
  books.subscriptions.put(announced);
  announce(books, 'customer.subscription.trial_will_end', showSubscription(books, announced));
};

export const endTrial = (books: Books, subscription: SubscriptionRecord, end: number): void => {
  const customer = books.customers.get(subscription.customer);
  const payable = subscription.paymentMethod !== null || (customer?.paymentMethod ?? null) !== null;
  if (!payable && subscription.withoutPaymentMethod === 'cancel') {
    endSubscription(books, subscription.id, null);
    return;
  }
  if (!payable && subscription.withoutPaymentMethod === 'pause') {
    changeSubscription(books, subscription.id, { status: 'paused' }, 'paused');
    return;
  }
  const anchored = { ...subscription, anchor: end };
  beginPeriod(books, anchored, nextPeriod(books, anchored, end), { status: 'active', anchor: end });
};

const renew = (books: Books, subscription: SubscriptionRecord): void =>
  beginPeriod(books, subscription, nextPeriod(books, subscription), {});

const beginPeriod = (
  books: Books,
  subscription: SubscriptionRecord,
  items: readonly ItemRecord[],
  change: Partial<SubscriptionRecord>,
): void => {
  const { id, pause, pendingLines, status } = subscription;
  const tried = status !== 'unpaid' && pause?.behavior !== 'keep_as_draft';
  books.subscriptions.put({ ...subscription, pendingLines: [] });
  const draft = draftInvoice(books, {
    customer: subscription.customer,
    subscription: id,
    currency: subscription.currency,
    reason: 'subscription_cycle',
    lines: [...pendingLines, ...linesFor(books, subscription.currency, items)],
    periodStart: Math.min(...subscription.items.map(({ periodStart }) => periodStart)),
    periodEnd: Math.max(...subscription.items.map(({ periodEnd }) => periodEnd)),
    autoAdvance: tried,
    finalizesAt: tried ? books.now() + draftSeconds : null,
  });
  changeSubscription(books, id, { ...change, items, latestInvoice: draft.id });
  if (pause) setAside(books, draft, pause.behavior);
};

const setAside = (
  books: Books,
  draft: InvoiceRecord,
  behavior: NonNullable<SubscriptionRecord['pause']>['behavior'],
): void => {
  if (behavior === 'keep_as_draft') return;
  const open = finalizeInvoice(books, draft);
  if (open.status !== 'open') return;
  if (behavior === 'void') voidInvoice(books, open);
  else writeInvoiceOff(books, open);
};

const expireIncomplete = (books: Books, subscription: SubscriptionRecord): void => {
  const invoice = books.invoices.get(subscription.latestInvoice ?? '');
  if (invoice?.status === 'open') voidInvoice(books, invoice);
  endSubscription(books, subscription.id, null, 'incomplete_expired');
};
