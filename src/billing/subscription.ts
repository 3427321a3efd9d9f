/** What Stripe says of a customer, as far as access and the account page need it: parsed, in milliseconds, statuses verbatim. */
import type { Brand } from '../ops/brand.ts';

export type CustomerId = Brand<string, 'CustomerId'>;
export type SubscriptionId = Brand<string, 'SubscriptionId'>;
export type PriceId = Brand<string, 'PriceId'>;
export type CheckoutId = Brand<string, 'CheckoutId'>;

/** Stripe's own words; a status that nobody knows yet is a text like any other, and gives no access. */
export type SubscriptionStatus =
  | 'active'
  | 'canceled'
  | 'incomplete'
  | 'incomplete_expired'
  | 'past_due'
  | 'paused'
  | 'trialing'
  | 'unpaid'
  | (string & Record<never, never>);

export interface SubscriptionState {
  readonly id: SubscriptionId;
  readonly status: SubscriptionStatus;
  readonly items: readonly SubscriptionItem[];
  readonly createdAt: number;
  readonly startedAt: number;
  /** When it will end, or has been told to: `cancel_at`, or the period's end where `cancel_at_period_end` is set. */
  readonly cancelAt?: number;
  readonly endedAt?: number;
  readonly trialEndsAt?: number;
  /** Invoices aren't being collected for now (`pause_collection`); the status stays what it was. */
  readonly collectionPaused: boolean;
  /**
   * Since when money is owed: when the oldest invoice was made, or, of those sent to be paid, was due, that is still open
   * or was written off since the last that was paid. Asked only while the status is `past_due` or `unpaid`. Absent: nothing is owed.
   */
  readonly owedSince?: number;
  /**
   * The latest payment for it was given back in full, or is disputed. Asked only while its status gives access and the
   * policy stops on either.
   */
  readonly reversal?: 'refunded' | 'disputed';
  readonly metadata: Readonly<Record<string, string>>;
}

export interface SubscriptionItem {
  readonly price: PriceId;
  readonly quantity: number;
  /** Periods are of items, not of subscriptions. */
  readonly periodStartsAt: number;
  readonly periodEndsAt: number;
}

/** A pass that was paid once, by a Checkout Session in `payment` mode. */
export interface PassState {
  readonly checkout: CheckoutId;
  readonly price: PriceId;
  /** When the money came; an async payment's is later than the checkout's. */
  readonly paidAt: number;
  readonly reversal?: 'refunded' | 'disputed';
}

/** All of one customer at one moment: every subscription of every status, every page read. */
export interface CustomerState {
  readonly id: CustomerId;
  readonly deleted: boolean;
  /** As typed at checkout or in the portal: it proves nothing. */
  readonly email?: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly subscriptions: readonly SubscriptionState[];
  readonly passes: readonly PassState[];
  /** Lookup keys of Stripe's active entitlements. */
  readonly features: readonly string[];
}

/** A subscription in one of these blocks another checkout for the same product; `incomplete` must not. */
export const isLive = ({ status }: Pick<SubscriptionState, 'status'>): boolean =>
  ['active', 'trialing', 'past_due', 'unpaid', 'paused'].includes(status);
