/** `Billing` by Stripe's SDK over HTTP: the only way by which Gatefold speaks with Stripe. */
import type { Clock } from '../ops/clock.ts';
import type { Billing } from './billing.ts';
import { type AskStripe, createAskStripe, type Patience, usualPatience } from './stripe-ask.ts';
import {
  expireCheckout,
  findCheckout,
  openCheckout,
  openCheckouts,
  unpaidCheckouts,
} from './stripe-checkout.ts';
import { isLiveKey, openStripe } from './stripe-client.ts';
import { assignCustomer, createCustomer, customersWithEmail } from './stripe-customers.ts';
import { createReadEvent } from './stripe-events.ts';
import { openPortal } from './stripe-portal.ts';
import { createPrices } from './stripe-prices.ts';
import { readSubscription } from './stripe-schema.ts';
import { readCustomerState, type StatePolicy } from './stripe-state.ts';
import { findCustomerOf } from './stripe-subject.ts';
import { allSubscriptions, undeliveredEvents } from './stripe-sweep.ts';
import { paidPasses } from './stripe-sweep-passes.ts';
import type { SubscriptionState } from './subscription.ts';

export interface StripeBillingOptions extends StatePolicy {
  readonly secretKey: string;
  /** Each is tried; none that is empty verifies anything. */
  readonly webhookSecrets: readonly string[];
  /** Origin of another server that answers like Stripe. */
  readonly apiBase?: string;
  /** What webhooks and kept prices are measured by: the sandbox's, while it runs. */
  readonly clock: Clock;
  readonly patience?: Partial<Patience>;
  /** Told of every request to Stripe, repeated ones too: a reconcile keeps its pace by them. */
  readonly onCall?: () => void;
}

/**
 * Asks nothing by itself: a wrong key shows at the first question.
 *
 * @throws Error when `apiBase` isn't an origin.
 */
export const createStripeBilling = (options: StripeBillingOptions): Billing => {
  const { secretKey, webhookSecrets, apiBase, clock, onCall = () => undefined } = options;
  const patience = { ...usualPatience, ...options.patience };
  const { attemptMs } = patience;
  const ask = createAskStripe(openStripe({ secretKey, apiBase, attemptMs, onCall }), patience);
  const live = isLiveKey(secretKey);
  return {
    live,
    prices: createPrices(ask, clock),
    createCustomer: (asked) => createCustomer(ask, asked),
    customerState: (id) => readCustomerState(ask, id, options),
    customersWithEmail: (email) => customersWithEmail(ask, email),
    assignCustomer: (id, to) => assignCustomer(ask, id, to),
    openCheckout: (asked) => openCheckout(ask, asked),
    checkout: (id) => findCheckout(ask, id),
    openCheckouts: (customer) => openCheckouts(ask, customer),
    unpaidCheckouts: (customer) => unpaidCheckouts(ask, customer),
    expireCheckout: (id) => expireCheckout(ask, id),
    openPortal: (asked) => openPortal(ask, asked),
    cancelNow: (subscription) => cancelNow(ask, subscription),
    readEvent: createReadEvent({ webhookSecrets, live, clock }),
    customerOf: (subject) => findCustomerOf(ask, subject),
    undeliveredEvents: (since) => undeliveredEvents(ask, since),
    allSubscriptions: (after) => allSubscriptions(ask, after),
    paidPasses: (since) => paidPasses(ask, since),
  };
};

/** One that has ended already is missing, for Stripe: that is as good. */
const cancelNow = async (ask: AskStripe, id: SubscriptionState['id']): Promise<void> => {
  await ask.oneIfThere({
    doing: 'canceling a subscription',
    put: (stripe) => stripe.subscriptions.cancel(id),
    read: readSubscription,
    id,
  });
};
