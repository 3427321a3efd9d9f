/** Whether a plan can be sold at the price it names, and what of it isn't as the policy says. */
import type { Plan } from '../policy/policy.ts';
import type { PriceFacts } from './billing.ts';
import type { PriceId } from './subscription.ts';

type Prices = ReadonlyMap<PriceId, PriceFacts>;

/** The price that the plan is sold at; undefined while it can't be: none named, unknown, or of the wrong kind. */
export const salePrice = (plan: Pick<Plan, 'price' | 'passDays'>, prices: Prices): PriceFacts | undefined => {
  const price = plan.price === undefined ? undefined : prices.get(plan.price as PriceId);
  return price && isRightKind(plan, price) ? price : undefined;
};

/** For the publisher's log; empty for a plan that names no price, which is sold elsewhere. */
export const saleFaults = (
  plan: Plan,
  prices: Prices,
): readonly { readonly id: Plan['id']; readonly price?: string; readonly message: string }[] => {
  if (plan.price === undefined) return [];
  const message = faultOf(plan, prices.get(plan.price as PriceId));
  return message === undefined ? [] : [{ id: plan.id, price: plan.price, message }];
};

const faultOf = (plan: Plan, price: PriceFacts | undefined): string | undefined => {
  if (!price) return 'Stripe has no active price of this id: the plan can’t be bought';
  if (!isRightKind(plan, price))
    return plan.passDays === undefined
      ? 'this price is paid once, and the plan has no passDays: it can’t be bought'
      : 'this price recurs, and the plan is a pass: it can’t be bought';
  if (plan.interval !== undefined && plan.interval !== price.interval)
    return `the policy says each ${plan.interval}, Stripe says ${spoken(price)}: readers are shown what Stripe says`;
  return undefined;
};

/** Stripe refuses a checkout that mixes them up. */
const isRightKind = ({ passDays }: Pick<Plan, 'passDays'>, { interval }: PriceFacts): boolean =>
  (passDays === undefined) === (interval !== undefined);

const spoken = ({ interval, intervalCount = 1 }: PriceFacts): string => {
  if (interval === undefined) return 'once';
  return intervalCount === 1 ? `each ${interval}` : `every ${intervalCount} ${interval}s`;
};
