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
  readonly plan: Pick<Plan, 'products' | 'passDays'>;
}

/**
 * The checkout that is complete and not paid yet, for one of the plan's products. An unfinished subscription alone is
 * none: its payment may have failed, and that must not keep its reader from another try. A pass stands in the way of
 * another pass alone, as one that is paid does.
 */
export const paymentUnderWay = async (
  billing: Pick<Billing, 'unpaidCheckouts'>,
  { plans }: Pick<Policy, 'plans'>,
  { reader, browser, states, plan }: Bought,
): Promise<CheckoutId | undefined> => {
  const isWaiting = (subscription: SubscriptionState): boolean =>
    subscription.status === 'incomplete' &&
    productsOf(subscription, plans).some((product) => plan.products.includes(product));
  const isWaitingPass = ({ payment }: CheckoutFacts, bought: string | undefined): boolean =>
    payment === 'under-way' &&
    plans.some(({ id, products }) => id === bought && products.some((each) => plan.products.includes(each)));
  for (const { id, deleted, subscriptions } of states) {
    const waiting = subscriptions.filter(isWaiting);
    const asksForPasses = plan.passDays !== undefined && !deleted;
    if (waiting.length === 0 && !asksForPasses) continue;
    const found = (await billing.unpaidCheckouts(id)).find((checkout) => {
      const mark = readMark(checkout.metadata);
      if (mark?.reader !== reader && mark?.browser !== browser) return false;
      return checkout.mode === 'payment'
        ? asksForPasses && isWaitingPass(checkout, mark?.plan)
        : waiting.some((subscription) => isFrom(subscription, checkout));
    });
    if (found) return found.id;
  }
  return undefined;
};

const isFrom = ({ createdAt, metadata }: SubscriptionState, checkout: CheckoutFacts): boolean =>
  createdAt >= checkout.createdAt && metadata.gatefold_terms === checkout.metadata.gatefold_terms;
