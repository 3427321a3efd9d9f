/** Whether what is kept of a customer is what Stripe's list says, as far as a list of subscriptions can tell. */
import { type AccessTerms, derive } from '../entitlements/derive.ts';
import type { SweptSubscription } from './billing.ts';
import type { CustomerRecord } from './customer-store.ts';
import { type Holdings, notEnded, sameRights } from './drift.ts';
import { ownerField, plainAddress } from './owner-by-stripe.ts';
import type { SubscriptionItem, SubscriptionState } from './subscription.ts';

/**
 * False is a suspicion, which a refetch confirms or dispels: a list doesn't say since when money is owed or whether it
 * was given back, so where it is silent, what is kept is believed.
 */
export const saysTheSame = (
  { customer, customerEmail, customerMetadata, subscription }: SweptSubscription,
  record: CustomerRecord,
): boolean => {
  const { state } = record;
  if (state?.id !== customer || !sameAddress(state.email, customerEmail)) return false;
  if (state.metadata[ownerField] !== customerMetadata[ownerField]) return false;
  // Of a deleted customer Stripe goes on listing the subscriptions, and nothing of them is kept.
  if (state.deleted) return true;
  const kept = state.subscriptions.find(({ id }) => id === subscription.id);
  return kept !== undefined && sameFacts(kept, subscription);
};

/** Those who hold something by the customer have what its kept state gives them: neither more nor less, and nobody else. */
export const holdersHave = (
  held: Holdings,
  { state }: CustomerRecord,
  policy: AccessTerms,
  now: number,
): boolean => {
  const due = notEnded(state ? derive(state, policy, now) : [], now);
  return [...held.values()].every((list) => sameRights(notEnded(list, now), due, now));
};

/** The subscriptions and checkouts that somebody is, or will be, let in by. */
export const causesOf = (held: Holdings, now: number): Set<string> =>
  new Set([...held.values()].flatMap((list) => notEnded(list, now).map(({ id }) => id.split('/')[1] ?? '')));

/** Stripe keeps the letters as they were typed, until a refresh writes them small. */
const sameAddress = (kept: string | undefined, listed: string | undefined): boolean =>
  kept === undefined || listed === undefined ? kept === listed : plainAddress(kept) === plainAddress(listed);

const sameFacts = (kept: SubscriptionState, listed: SubscriptionState): boolean =>
  kept.status === listed.status &&
  kept.cancelAt === listed.cancelAt &&
  kept.endedAt === listed.endedAt &&
  kept.trialEndsAt === listed.trialEndsAt &&
  kept.collectionPaused === listed.collectionPaused &&
  (listed.owedSince === undefined || kept.owedSince !== undefined) &&
  (listed.reversal === undefined || kept.reversal === listed.reversal) &&
  kept.items.length === listed.items.length &&
  kept.items.every((item, index) => sameItem(item, listed.items[index]));

const sameItem = (kept: SubscriptionItem, listed: SubscriptionItem | undefined): boolean =>
  kept.price === listed?.price &&
  kept.quantity === listed.quantity &&
  kept.periodStartsAt === listed.periodStartsAt &&
  kept.periodEndsAt === listed.periodEndsAt;
