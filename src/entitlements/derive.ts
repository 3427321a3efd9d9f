/** What a customer may read, from what Stripe says of it: the table from a subscription's status to access, and its ends. */
import type {
  CustomerState,
  PassState,
  SubscriptionState,
  SubscriptionStatus,
} from '../billing/subscription.ts';
import type { Plan, Policy, ProductId } from '../policy/policy.ts';
import type { Entitlement, EntitlementId } from './entitlement.ts';

/** What of the policy access depends on. */
export type AccessTerms = Pick<Policy, 'plans' | 'products' | 'billing'>;

/**
 * The customer's entitlements, by id; ended ones are left out. The ids are `<customer>/<subscription or checkout>/<product>`:
 * the same state gives the same ids, whatever order Stripe lists it in.
 *
 * Prices that no plan names give nothing: one Stripe account may serve other products.
 *
 * @param now milliseconds. What Stripe says is active has begun, even by a clock that is behind Stripe's.
 */
export const derive = (state: CustomerState, terms: AccessTerms, now: number): readonly Entitlement[] => {
  if (state.deleted) return [];
  const accesses = state.subscriptions.flatMap((subscription) => accessOf(subscription, terms.billing) ?? []);
  const bySubscription = accesses.flatMap(({ subscription, ...span }) =>
    productsOf(subscription, terms.plans).map((product) => grant(state, subscription.id, product, span)),
  );
  const byPass = state.passes.flatMap((pass) => passGrants(state, pass, terms));
  const given = [...featureGrants(state, accesses, terms), ...bySubscription, ...byPass];
  // One cause may give a product twice, by two plans or by a plan and a feature: it lasts as long as the longer.
  const byId = new Map(given.sort((one, other) => one.endsAt - other.endsAt).map((each) => [each.id, each]));
  return [...byId.values()]
    .filter(({ endsAt }) => endsAt > now)
    .map((each) => (each.startsAt > now ? { ...each, startsAt: now } : each))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
};

const dayMs = 86_400_000;

/** From when to when, and why. */
type Span = Omit<Entitlement, 'id' | 'product'>;

type Access = Span & { readonly subscription: SubscriptionState };

const grant = (
  { id }: CustomerState,
  cause: string,
  product: ProductId,
  { source, startsAt, endsAt, paymentDue }: Span,
): Entitlement => ({
  id: `${id}/${cause}/${product}` as EntitlementId,
  product,
  source,
  startsAt,
  endsAt,
  ...(paymentDue ? { paymentDue } : {}),
});

const accessOf = (subscription: SubscriptionState, billing: Policy['billing']): Access | undefined => {
  const basis = basisOf.get(subscription.status);
  if (basis === undefined || subscription.items.length === 0 || isStopped(subscription, billing))
    return undefined;
  const { startedAt, createdAt, cancelAt = Number.POSITIVE_INFINITY } = subscription;
  return {
    subscription,
    source: 'subscription',
    startsAt: Math.min(startedAt, createdAt),
    endsAt: Math.min(graceBegins[basis](subscription) + billing.graceDays * dayMs, cancelAt),
    ...(basis === 'owed' ? { paymentDue: true } : {}),
  };
};

/**
 * What access rests on, by Stripe's status. A status that isn't here gives none: neither `paused`, `incomplete`,
 * `incomplete_expired` and `canceled`, nor one that Stripe invents tomorrow.
 */
const basisOf: ReadonlyMap<SubscriptionStatus, 'paid' | 'owed'> = new Map([
  ['active', 'paid'],
  ['trialing', 'paid'],
  ['past_due', 'owed'],
  ['unpaid', 'owed'],
] as const);

const graceBegins = {
  // A renewal is charged some time after the period's end, and we may hear of it late: whoever pays isn't locked out meanwhile.
  paid: ({ items }) => Math.max(...items.map(({ periodEndsAt }) => periodEndsAt)),
  // Not the period's end: periods go on beginning for whoever doesn't pay, and the grace would begin anew with each.
  owed: ({ owedSince, items }) => owedSince ?? Math.min(...items.map(({ periodStartsAt }) => periodStartsAt)),
} satisfies Record<'paid' | 'owed', (subscription: SubscriptionState) => number>;

const isStopped = (
  { reversal }: Pick<SubscriptionState | PassState, 'reversal'>,
  billing: Policy['billing'],
): boolean => reversal !== undefined && billing[reversal] === 'stop';

const productsOf = ({ items }: SubscriptionState, plans: readonly Plan[]): readonly ProductId[] => {
  const paid = new Set<string>(items.filter(({ quantity }) => quantity > 0).map(({ price }) => price));
  return plans.flatMap(({ price, passDays, products }) =>
    price !== undefined && passDays === undefined && paid.has(price) ? products : [],
  );
};

/** Stripe's own active entitlements have no end: they last as long as the subscription that lasts longest. */
const featureGrants = (
  state: CustomerState,
  accesses: readonly Access[],
  { products }: AccessTerms,
): readonly Entitlement[] => {
  const longest = accesses.reduce<Access | undefined>(
    (best, access) => (best === undefined || lastsLonger(access, best) ? access : best),
    undefined,
  );
  if (longest === undefined) return [];
  return products
    .filter(({ id }) => state.features.includes(id))
    .map(({ id }) => grant(state, longest.subscription.id, id, longest));
};

/** Of two that end together, always the same one: the answer may not hang on Stripe's order. */
const lastsLonger = (one: Access, other: Access): boolean =>
  one.endsAt === other.endsAt ? one.subscription.id < other.subscription.id : one.endsAt > other.endsAt;

const passGrants = (
  state: CustomerState,
  pass: PassState,
  { plans, billing }: AccessTerms,
): readonly Entitlement[] => {
  if (isStopped(pass, billing)) return [];
  return plans.flatMap(({ price, passDays, products }) => {
    if (price === undefined || passDays === undefined || price !== pass.price) return [];
    const span = { source: 'pass', startsAt: pass.paidAt, endsAt: pass.paidAt + passDays * dayMs } as const;
    return products.map((product) => grant(state, pass.checkout, product, span));
  });
};
