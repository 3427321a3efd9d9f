/** First step of a reconcile: the customers of events that Stripe couldn't deliver. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../ops/clock.ts';
import type { Billing, BillingEvent } from './billing.ts';
import type { CustomerStore } from './customer-store.ts';
import type { LookAgain } from './look-again.ts';
import type { Pace } from './pace.ts';
import { pacedPages } from './paced-pages.ts';
import type { Tally } from './reconcile-tally.ts';
import type { StorePatience } from './store-patience.ts';
import type { CustomerId } from './subscription.ts';

interface Options {
  readonly billing: Pick<Billing, 'customerOf' | 'undeliveredEvents'>;
  readonly customers: Pick<CustomerStore, 'customer'>;
  readonly look: LookAgain['look'];
  readonly patiently: StorePatience;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

/** Stripe's clock and ours may differ by so much; a reading that began later than that after an event holds its effect. */
const clocksApartMs = 120_000;

/** Customers of a bad day come again and again; a forgotten one is only looked at twice. */
const maxRemembered = 10_000;

/** @param since milliseconds, by the events' creation. */
export const lookUpEvents = async (options: Options, since: number): Promise<void> => {
  const { billing, look, pace, clock, tally, signal } = options;
  const looked = new LRUCache<CustomerId, true>({ max: maxRemembered });
  // Undelivered events have no cursor to go on from: after a fault they are listed again, and what was looked at is skipped.
  const open = (): AsyncIterable<readonly BillingEvent[]> => billing.undeliveredEvents(since);
  for await (const { items } of pacedPages({ open, pace, clock, signal })) {
    const doubtful = new Set<CustomerId>();
    for (const event of items) {
      const customer = await customerOf(options, event);
      if (customer && !looked.has(customer) && !(await wasReadSince(options, customer, event)))
        doubtful.add(customer);
    }
    tally.add('events', items.length);
    for (const customer of await look([...doubtful])) looked.set(customer, true);
  }
};

const customerOf = async (
  { billing, pace, signal }: Options,
  { subject }: BillingEvent,
): Promise<CustomerId | undefined> =>
  subject.customer ?? (await pace.ask(signal, () => billing.customerOf(subject)));

const wasReadSince = async (
  { customers, patiently }: Options,
  customer: CustomerId,
  { createdAt }: BillingEvent,
): Promise<boolean> => {
  const record = await patiently(() => customers.customer(customer));
  return record !== undefined && record.readAt > createdAt + clocksApartMs;
};
