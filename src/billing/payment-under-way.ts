/** Whether a bank is still busy with what was bought: until it says no, another checkout would be paid for twice. */
import type { Plan, Policy } from '../policy/policy.ts';
import type { ReaderId } from '../readers/reader.ts';
import type { Billing, CheckoutFacts } from './billing.ts';
import { readMark } from './checkout-mark.ts';
import { productsOf } from './standing.ts';
import type { CheckoutId, CustomerState, SubscriptionState } from './subscription.ts';

interface Bought {
  /** Whose, and in which browser; what somebody else has begun stands in nobody's way. */
  readonly reader: ReaderId;
  readonly browser: string;
  readonly states: readonly CustomerState[];
  readonly plan: Pick<Plan, 'products'>;
}

/**
 * The checkout that is complete and not paid yet, for a subscription to one of the plan's products. An unfinished
 * subscription alone is none: its payment may have failed, and that must not keep its reader from another try.
 */
export const paymentUnderWay = async (
  billing: Pick<Billing, 'unpaidCheckouts'>,
  { plans }: Pick<Policy, 'plans'>,
  { reader, browser, states, plan }: Bought,
): Promise<CheckoutId | undefined> => {
  const isWaiting = (subscription: SubscriptionState): boolean =>
    subscription.status === 'incomplete' &&
    productsOf(subscription, plans).some((product) => plan.products.includes(product));
  for (const { id, subscriptions } of states) {
    const waiting = subscriptions.filter(isWaiting);
    if (waiting.length === 0) continue;
    const found = (await billing.unpaidCheckouts(id)).find((checkout) => {
      const mark = readMark(checkout.metadata);
      const isOwn = mark?.reader === reader || mark?.browser === browser;
      return isOwn && waiting.some((subscription) => isFrom(subscription, checkout));
    });
    if (found) return found.id;
  }
  return undefined;
};

const isFrom = ({ createdAt, metadata }: SubscriptionState, checkout: CheckoutFacts): boolean =>
  createdAt >= checkout.createdAt && metadata.gatefold_terms === checkout.metadata.gatefold_terms;
