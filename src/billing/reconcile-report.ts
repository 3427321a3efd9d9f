/** What a reconcile says of itself: while it runs, and at its end. */
import type { CustomerId } from './subscription.ts';

/** What a refetch changed of one customer. A customer can show more than one. */
export type DriftKind =
  /** Stripe says that it is paid, and the reader was stopped. */
  | 'paid-but-stopped'
  /** Stripe says that it isn't paid, and the reader was let in. */
  | 'not-paid-but-let-in'
  /** Let in both before and after, from or until another moment, or with another word about money owed. */
  | 'other-dates'
  /** Access is as it was; something that the account page tells is not. */
  | 'old-account';

export const driftKinds: readonly DriftKind[] = [
  'paid-but-stopped',
  'not-paid-but-let-in',
  'other-dates',
  'old-account',
];

export type ReconcilePhase = 'events' | 'sweep' | 'kept';

/** Of the whole run, also where it was broken off and taken up again. */
export interface ReconcileCounts {
  /** Subscriptions that Stripe listed. */
  readonly checked: number;
  /** Undelivered events that were looked at. */
  readonly events: number;
  /** Customers that were read from Stripe again. */
  readonly refetched: number;
  /** Customers by what was found; one can be in several. */
  readonly drift: Readonly<Record<DriftKind, number>>;
  /** Customers that differed in any way. */
  readonly differing: number;
  /** Of those, how many don't any more: all of them, or none in a dry run. */
  readonly healed: number;
  /** Calls to Stripe. */
  readonly calls: number;
  readonly seconds: number;
}

export interface ReconcileReport extends ReconcileCounts {
  readonly run: string;
  readonly dryRun: boolean;
  /** It went on where an earlier one had been broken off. */
  readonly resumed: boolean;
  /** Some of each kind. */
  readonly examples: Readonly<Record<DriftKind, readonly CustomerId[]>>;
  /** Customers that couldn't be looked at, though it was tried twice. */
  readonly failed: readonly FailedCustomer[];
}

export interface FailedCustomer {
  readonly customer: CustomerId;
  /** In words without secrets and addresses. */
  readonly why: string;
}

export interface ReconcileStanding extends ReconcileCounts {
  readonly phase: ReconcilePhase;
  readonly failed: number;
  /** How many subscriptions the last complete run saw; absent: there was none. */
  readonly expected?: number;
}

export type ReconcileOutcome =
  | { readonly kind: 'done'; readonly report: ReconcileReport }
  /** Told to stop; the next run goes on from there. */
  | { readonly kind: 'stopped'; readonly report: ReconcileReport }
  /** Stripe or the store couldn't be asked any longer; the next run goes on from there. */
  | { readonly kind: 'broken-off'; readonly report: ReconcileReport; readonly error: unknown }
  /** Milliseconds; absent: it hasn't said so yet, or doesn't (a dry run). */
  | { readonly kind: 'running-already'; readonly since?: number };

export const hasDrift = ({ drift }: Pick<ReconcileCounts, 'drift'>): boolean =>
  driftKinds.some((kind) => drift[kind] > 0);
