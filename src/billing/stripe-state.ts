/** Everything of one customer, read at one moment: `Billing.customerState`. */
import type { BillingPolicy, Plan } from '../policy/policy.ts';
import type { AskStripe } from './stripe-ask.ts';
import { retrieveCustomer } from './stripe-customers.ts';
import { isStripeId } from './stripe-id.ts';
import { readMoney } from './stripe-money.ts';
import { readPasses } from './stripe-passes.ts';
import { readEntitlements, readSubscriptions, type StripeCustomer } from './stripe-schema.ts';
import { itemsOf, toSubscriptionState } from './stripe-subscription.ts';
import type { CustomerId, CustomerState, SubscriptionState } from './subscription.ts';

export interface StatePolicy {
  readonly plans: () => readonly Plan[];
  readonly billing: () => Pick<BillingPolicy, 'refunded' | 'disputed'>;
}

/**
 * Three calls (customer, subscriptions, features), a fourth for the latest payment of a subscription in good standing
 * where the policy stops on refunds or disputes, one for passes where the policy has any, and one for a subscription
 * that owes. `reversal` and `owedSince` are read only where they can change access: of subscriptions whose status gives
 * it, and `reversal` only under a policy that stops on one.
 */
export const readCustomerState = async (
  ask: AskStripe,
  id: CustomerId,
  { plans, billing }: StatePolicy,
): Promise<CustomerState | undefined> => {
  if (!isStripeId(id)) return undefined;
  const hasPasses = plans().some(({ passDays }) => passDays !== undefined);
  const parts = Promise.all([
    readAllSubscriptions(ask, id, billing()),
    hasPasses ? readPasses(ask, id, billing()) : [],
    readFeatures(ask, id),
  ]);
  // A customer that is gone makes these fail too, and is told of by the answer below.
  parts.catch(() => undefined);
  const customer = await retrieveCustomer(ask, id);
  if (!customer) return undefined;
  const known = describe(customer);
  if (customer.deleted) return { ...known, subscriptions: [], passes: [], features: [] };
  const [subscriptions, passes, features] = await parts;
  return { ...known, subscriptions, passes, features };
};

const describe = ({ id, deleted, email, metadata }: StripeCustomer) => ({
  id: id as CustomerId,
  deleted,
  ...(email == null ? {} : { email }),
  metadata,
});

const readAllSubscriptions = async (
  ask: AskStripe,
  customer: CustomerId,
  policy: ReturnType<StatePolicy['billing']>,
): Promise<readonly SubscriptionState[]> => {
  const subscriptions = await ask.all({
    doing: 'reading the subscriptions of a customer',
    put: (stripe, page) =>
      stripe.subscriptions.list({
        ...page,
        customer,
        // Left out, Stripe hides the canceled ones.
        status: 'all',
        expand: ['data.latest_invoice.payments'],
      }),
    read: readSubscriptions,
  });
  return Promise.all(
    subscriptions.map(async (raw) => {
      const [items, ofMoney] = await Promise.all([itemsOf(ask, raw), readMoney(ask, raw, policy)]);
      return toSubscriptionState(raw, items, ofMoney);
    }),
  );
};

const readFeatures = async (ask: AskStripe, customer: CustomerId): Promise<readonly string[]> => {
  const entitlements = await ask.all({
    doing: 'reading the active entitlements of a customer',
    put: (stripe, page) => stripe.entitlements.activeEntitlements.list({ ...page, customer }),
    read: readEntitlements,
  });
  return entitlements.map(({ lookup_key }) => lookup_key);
};
