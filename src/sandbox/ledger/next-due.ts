/** When something happens to a record by itself, in seconds; undefined: never, unless somebody does something. */
import type { CheckoutRecord, IntentRecord, InvoiceRecord, SubscriptionRecord } from './records.ts';

const day = 86_400;
/** A trial's end is announced this long before. */
export const announceTrialEnd = 3 * day;

export const subscriptionDueAt = (subscription: SubscriptionRecord): number | undefined => {
  const moments = [subscription.cancelAt ?? undefined, pauseEndsAt(subscription), lifeDueAt(subscription)];
  switch (subscription.status) {
    case 'canceled':
    case 'incomplete_expired':
      return undefined;
    default:
      return earliest(moments);
  }
};

const pauseEndsAt = ({ pause }: SubscriptionRecord): number | undefined => pause?.resumesAt ?? undefined;

const lifeDueAt = (subscription: SubscriptionRecord): number | undefined => {
  switch (subscription.status) {
    case 'trialing': {
      const end = subscription.trialEnd ?? periodEndOf(subscription);
      return subscription.trialAnnounced
        ? end
        : Math.min(end, Math.max(end - announceTrialEnd, subscription.created));
    }
    case 'incomplete':
      return subscription.expiresAt ?? undefined;
    case 'active':
    case 'past_due':
    case 'unpaid':
      return periodEndOf(subscription);
    case 'paused':
    case 'canceled':
    case 'incomplete_expired':
      return undefined;
    default:
      return subscription.status satisfies never;
  }
};

/** Items of one subscription have one period here. */
export const periodEndOf = ({ items }: SubscriptionRecord): number =>
  Math.max(...items.map(({ periodEnd }) => periodEnd));

export const invoiceDueAt = ({
  status,
  autoAdvance,
  finalizesAt,
  nextAttempt,
}: InvoiceRecord): number | undefined => {
  if (!autoAdvance) return undefined;
  if (status === 'draft') return finalizesAt ?? undefined;
  return status === 'open' ? (nextAttempt ?? undefined) : undefined;
};

export const checkoutDueAt = ({ status, expiresAt }: CheckoutRecord): number | undefined =>
  status === 'open' ? expiresAt : undefined;

export const intentDueAt = ({ status, settlesAt }: IntentRecord): number | undefined =>
  status === 'processing' ? (settlesAt ?? undefined) : undefined;

const earliest = (moments: readonly (number | undefined)[]): number | undefined => {
  const known = moments.filter((moment) => moment !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
};
