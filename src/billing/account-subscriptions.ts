/** What a reader pays for, in the words of the account page, from what was last read of their customers. */
import { derive } from '../entitlements/derive.ts';
import type { Entitlement } from '../entitlements/entitlement.ts';
import type {
  AccountBilling,
  AccountSubscription,
  SubscriptionStanding,
} from '../pages/account-subscription.tsx';
import type { Plan, Policy } from '../policy/policy.ts';
import type { ReaderId } from '../readers/reader.ts';
import type { CustomerRecord } from './customer-store.ts';
import { type CustomerState, isLive, type SubscriptionState } from './subscription.ts';

type Terms = Pick<Policy, 'plans' | 'products' | 'billing'>;

/** @param now milliseconds. */
export const accountBilling = (
  records: readonly CustomerRecord[],
  reader: ReaderId,
  terms: Terms,
  now: number,
): AccountBilling => {
  const owned = records.filter(({ owner, state }) => owner === reader && state?.deleted !== true);
  const typedEmail = newest(owned)?.state?.email;
  return {
    customers: owned
      .filter(({ state }) => state && hasHistory(state, terms, now))
      .map(({ id, state }) => ({ id, subscriptions: state ? shown(state, terms, now) : [] })),
    elsewhere: records
      .filter(({ owner }) => owner !== reader)
      .flatMap(({ state }) => openedNames(state, terms, now)),
    ...(typedEmail === undefined ? {} : { typedEmail }),
  };
};

/**
 * What was bought on this site: by one of its plans, or giving access to it. A Stripe account may serve others too, and a
 * customer found by their address may hold subscriptions there: those are not for Gatefold to show, let alone to end.
 */
export const boughtHere = (state: CustomerState, terms: Terms, now: number): readonly SubscriptionState[] => {
  const opening = derive(state, terms, now);
  return state.subscriptions.filter(
    (each) =>
      Object.hasOwn(each.metadata, planField) ||
      terms.plans.some(({ price }) => each.items.some((item) => item.price === price)) ||
      opening.some((entitlement) => isOf(entitlement, state, each)),
  );
};

const isOf = ({ id }: Entitlement, customer: CustomerState, subscription: SubscriptionState): boolean =>
  id.startsWith(`${customer.id}/${subscription.id}/`);

/** '' where the policy knows no name for it, such as a plan that is no longer sold. */
export const planNameOf = (
  { items, metadata }: Pick<SubscriptionState, 'items' | 'metadata'>,
  { plans }: Pick<Policy, 'plans'>,
): string => {
  const byPrice = plans.filter(({ price }) => items.some((item) => item.price === price));
  const found: readonly Plan[] =
    byPrice.length > 0 ? byPrice : plans.filter(({ id }) => id === metadata[planField]);
  return found.map(({ name }) => name).join(', ');
};

/** Of a subscription's metadata at Stripe: the plan that it was bought as. */
const planField = 'gatefold_plan';

const newest = (records: readonly CustomerRecord[]): CustomerRecord | undefined =>
  records.reduce<CustomerRecord | undefined>(
    (best, record) => (best === undefined || record.readAt > best.readAt ? record : best),
    undefined,
  );

/** A customer that was made for a checkout and never paid has nothing to be managed. */
const hasHistory = (state: CustomerState, terms: Terms, now: number): boolean =>
  state.passes.length > 0 || boughtHere(state, terms, now).length > 0;

const openedNames = (state: CustomerState | undefined, terms: Terms, now: number): readonly string[] => {
  if (!state) return [];
  const opened = new Set(derive(state, terms, now).map(({ product }) => product));
  return terms.products.filter(({ id }) => opened.has(id)).map(({ name }) => name);
};

const dayMs = 86_400_000;
/** An ended one is of interest until its reader has surely noticed. */
const endedShownDays = 60;

const shown = (state: CustomerState, terms: Terms, now: number): readonly AccountSubscription[] => {
  const entitlements = derive(state, terms, now);
  const here = boughtHere(state, terms, now);
  const runningNames = new Set(here.filter(isLive).map((each) => planNameOf(each, terms)));
  return here
    .filter((each) => isWorthShowing(each, runningNames.has(planNameOf(each, terms)), now))
    .sort((one, other) => placeOf(one) - placeOf(other) || other.createdAt - one.createdAt)
    .map((each) => inWords(each, state, entitlements, terms, now));
};

const isWorthShowing = (
  { status, endedAt = 0 }: SubscriptionState,
  superseded: boolean,
  now: number,
): boolean => {
  if (status === 'incomplete_expired') return false;
  return status !== 'canceled' || (!superseded && now - endedAt < endedShownDays * dayMs);
};

/** What needs doing first, what is over last. */
const placeOf = ({ status }: SubscriptionState): number => {
  if (status === 'past_due' || status === 'unpaid') return 0;
  return status === 'canceled' ? 2 : 1;
};

const inWords = (
  subscription: SubscriptionState,
  state: CustomerState,
  entitlements: readonly Entitlement[],
  terms: Terms,
  now: number,
): AccountSubscription => {
  const planName = planNameOf(subscription, terms);
  const due = entitlements.filter((each) => each.paymentDue && isOf(each, state, subscription));
  return {
    id: subscription.id,
    ...(planName === '' ? {} : { planName }),
    quantity: Math.max(1, ...subscription.items.map(({ quantity }) => quantity)),
    standing: standingOf(subscription, Math.max(0, ...due.map(({ endsAt }) => endsAt)), terms, now),
    cancellable: isLive(subscription) && subscription.cancelAt === undefined,
  };
};

/** @param graceEndsAt 0: there is no grace, or it is over. */
const standingOf = (
  subscription: SubscriptionState,
  graceEndsAt: number,
  { billing }: Terms,
  now: number,
): SubscriptionStanding => {
  const { status, reversal, endedAt, createdAt } = subscription;
  if (status === 'canceled') return { kind: 'ended', at: endedAt ?? createdAt };
  if (reversal !== undefined && billing[reversal] === 'stop') return { kind: reversal };
  switch (status) {
    case 'active':
    case 'trialing':
      return paidStanding(subscription, now);
    case 'past_due':
    case 'unpaid':
      return graceEndsAt > 0 ? { kind: 'pastDue', endsAt: graceEndsAt } : { kind: 'unpaid' };
    case 'paused':
      return { kind: 'paused' };
    case 'incomplete':
      return { kind: 'incomplete' };
    default:
      return { kind: 'unknown' };
  }
};

const paidStanding = (subscription: SubscriptionState, now: number): SubscriptionStanding => {
  const { status, cancelAt, trialEndsAt, collectionPaused, items } = subscription;
  const onTrial = status === 'trialing';
  if (cancelAt !== undefined) return { kind: onTrial ? 'trialEnds' : 'ends', at: cancelAt };
  if (collectionPaused) return { kind: 'paymentsPaused' };
  const renewsAt = Math.max(0, ...items.map(({ periodEndsAt }) => periodEndsAt));
  if (onTrial) return { kind: 'trialing', at: trialEndsAt ?? renewsAt };
  return renewsAt > now ? { kind: 'renews', at: renewsAt } : { kind: 'renewing' };
};
