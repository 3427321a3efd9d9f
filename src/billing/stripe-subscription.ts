/** A subscription as Stripe answers it, in Gatefold's words. */
import type { AskStripe } from './stripe-ask.ts';
import { readItems, type StripeItem, type StripeSubscription } from './stripe-schema.ts';
import type { PriceId, SubscriptionItem, SubscriptionState } from './subscription.ts';

/** What takes further questions: both are left out of a sweep. */
export type OfMoney = Pick<SubscriptionState, 'owedSince' | 'reversal'>;

export const toSubscriptionState = (
  raw: StripeSubscription,
  items: readonly StripeItem[],
  ofMoney: OfMoney = {},
): SubscriptionState => {
  const cancelAt = cancelAtOf(raw, items);
  return {
    id: raw.id as SubscriptionState['id'],
    status: raw.status,
    items: items.map(toItem),
    createdAt: raw.created,
    startedAt: raw.start_date,
    ...(cancelAt === undefined ? {} : { cancelAt }),
    ...(raw.ended_at == null ? {} : { endedAt: raw.ended_at }),
    ...(raw.trial_end == null ? {} : { trialEndsAt: raw.trial_end }),
    collectionPaused: raw.pause_collection != null,
    ...ofMoney,
    metadata: raw.metadata,
  };
};

/** The items that came with it, or all of them where there are more: a call that few subscriptions need. */
export const itemsOf = async (ask: AskStripe, raw: StripeSubscription): Promise<readonly StripeItem[]> =>
  raw.items.has_more
    ? ask.all({
        doing: 'reading the items of a subscription',
        put: (stripe, page) => stripe.subscriptionItems.list({ ...page, subscription: raw.id }),
        read: readItems,
      })
    : raw.items.data;

const toItem = (raw: StripeItem): SubscriptionItem => ({
  price: raw.price.id as PriceId,
  quantity: raw.quantity ?? 1,
  periodStartsAt: raw.current_period_start,
  periodEndsAt: raw.current_period_end,
});

/** Stripe says `cancel_at` too when it is to end with its period; older answers of it said only that. */
const cancelAtOf = (raw: StripeSubscription, items: readonly StripeItem[]): number | undefined => {
  if (raw.cancel_at != null) return raw.cancel_at;
  if (!raw.cancel_at_period_end || items.length === 0) return undefined;
  return Math.max(...items.map(({ current_period_end }) => current_period_end));
};
