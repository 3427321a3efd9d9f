/** What a reader has bought already, as far as another checkout hangs on it. */
import { type AccessTerms, derive } from '../entitlements/derive.ts';
import type { Plan, Policy, ProductId } from '../policy/policy.ts';
import { type CustomerState, isLive, type SubscriptionState } from './subscription.ts';

type Terms = Pick<Policy, 'plans'>;

/** True: buying the plan would be paying twice for the same. A pass may become a subscription, not the other way round. */
export const hasAlready = (
  states: readonly CustomerState[],
  plan: Pick<Plan, 'products' | 'passDays'>,
  terms: Terms,
  now: number,
): boolean => {
  const bought = states.flatMap((state) => [
    ...subscribedProducts(state, terms),
    ...(plan.passDays === undefined ? [] : passProducts(state, terms, now)),
  ]);
  return plan.products.some((product) => bought.includes(product));
};

/**
 * The same of what somebody else pays for: an address typed at checkout may have made it the reader's, so it counts only
 * while it lets them in. Whoever pays with another's address and then no more must not keep them from buying.
 */
export const readsAlready = (
  states: readonly CustomerState[],
  plan: Pick<Plan, 'products' | 'passDays'>,
  terms: AccessTerms,
  now: number,
): boolean =>
  states
    .flatMap((state) => derive(state, terms, now))
    .filter(({ source }) => source === 'subscription' || plan.passDays !== undefined)
    .some(({ product }) => plan.products.includes(product));

/** A trial is for those who never had a subscription; one that never came about is none. */
export const hadSubscription = (states: readonly CustomerState[]): boolean =>
  states.some(({ subscriptions }) =>
    subscriptions.some(({ status }) => status !== 'incomplete' && status !== 'incomplete_expired'),
  );

const dayMs = 86_400_000;

const subscribedProducts = (state: CustomerState, { plans }: Terms): readonly ProductId[] => {
  const live = state.subscriptions.filter(isLive);
  // A feature isn't said to be of one subscription or another, so any live one may be what it comes from.
  const byFeature = live.length > 0 ? (state.features as readonly ProductId[]) : [];
  return [...live.flatMap((subscription) => productsOf(subscription, plans)), ...byFeature];
};

/** By its prices; whatever its status. */
export const productsOf = ({ items }: SubscriptionState, plans: readonly Plan[]): readonly ProductId[] =>
  plans
    .filter(({ price, passDays }) => passDays === undefined && items.some((item) => item.price === price))
    .flatMap(({ products }) => products);

const passProducts = ({ passes }: CustomerState, { plans }: Terms, now: number): readonly ProductId[] =>
  passes
    .filter(({ reversal }) => reversal === undefined)
    .flatMap((pass) =>
      plans
        .filter(({ price, passDays = 0 }) => price === pass.price && now < pass.paidAt + passDays * dayMs)
        .flatMap(({ products }) => products),
    );
