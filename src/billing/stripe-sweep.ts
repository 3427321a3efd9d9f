/** What a reconcile reads: the events that never arrived, and every subscription there is. */
import type { BillingEvent, SweptSubscription } from './billing.ts';
import type { AskStripe } from './stripe-ask.ts';
import { heededEvents } from './stripe-event-types.ts';
import { nonsense } from './stripe-faults.ts';
import { newestFirst } from './stripe-newest-first.ts';
import { readEvents, readSubscriptions, type StripeSubscription } from './stripe-schema.ts';
import { toBillingEvent } from './stripe-subject.ts';
import { itemsOf, toSubscriptionState } from './stripe-subscription.ts';
import type { CustomerId, SubscriptionState } from './subscription.ts';

/** Stripe takes no more types than this in one question. */
const mostTypes = 20;

/** `Billing.undeliveredEvents`. Those still being sent are among them: Stripe counts them as not delivered. */
export async function* undeliveredEvents(
  ask: AskStripe,
  since: number,
): AsyncGenerator<readonly BillingEvent[]> {
  const created = { gte: Math.floor(since / 1000) };
  const lists = inParts(heededEvents, mostTypes).map((types) =>
    ask.pages({
      doing: 'reading the undelivered events',
      put: (stripe, page) => stripe.events.list({ ...page, types, created, delivery_success: false }),
      read: readEvents,
    }),
  );
  for await (const events of newestFirst(lists)) yield events.map(toBillingEvent);
}

/**
 * `Billing.allSubscriptions`: a call for each hundred, and none beside it, so `owedSince` and `reversal` are absent,
 * whatever is owed or was given back.
 */
export async function* allSubscriptions(
  ask: AskStripe,
  after?: SubscriptionState['id'],
): AsyncGenerator<readonly SweptSubscription[]> {
  const pages = ask.pages({
    doing: 'reading all subscriptions',
    put: (stripe, page) => stripe.subscriptions.list({ ...page, status: 'all', expand: ['data.customer'] }),
    read: readSubscriptions,
    ...(after === undefined ? {} : { after }),
  });
  for await (const page of pages) yield await Promise.all(page.map((raw) => toSwept(ask, raw)));
}

const toSwept = async (ask: AskStripe, raw: StripeSubscription): Promise<SweptSubscription> => {
  const { customer } = raw;
  if (typeof customer === 'string') throw nonsense('reading all subscriptions');
  return {
    customer: customer.id as CustomerId,
    customerMetadata: customer.metadata,
    ...(customer.email == null ? {} : { customerEmail: customer.email }),
    subscription: toSubscriptionState(raw, await itemsOf(ask, raw)),
  };
};

const inParts = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
