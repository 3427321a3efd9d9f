/** What a reconcile works with, how hard it may work, and what it can be asked. */
import type { EntitlementStore } from '../entitlements/entitlement-store.ts';
import type { Clock } from '../ops/clock.ts';
import type { Policy } from '../policy/policy.ts';
import type { ReaderStore } from '../readers/reader-store.ts';
import type { Billing } from './billing.ts';
import type { CustomerStore } from './customer-store.ts';
import type { DriftKind, ReconcileStanding } from './reconcile-report.ts';
import type { RefreshCustomer } from './refresh-customer.ts';

export interface ReconcileDeps {
  readonly billing: Pick<
    Billing,
    'customerState' | 'customerOf' | 'undeliveredEvents' | 'allSubscriptions' | 'paidPasses'
  >;
  readonly customers: CustomerStore;
  readonly entitlements: Pick<EntitlementStore, 'of'>;
  readonly readers: Pick<ReaderStore, 'byId' | 'byEmail' | 'putUnproved'>;
  readonly refreshCustomer: RefreshCustomer;
  readonly policy: () => Policy;
  /** Of what is compared: the sandbox's, where there is one. */
  readonly clock: Clock;
  /** Milliseconds that pass in reality. */
  readonly realNow: () => number;
  readonly random: (bytes: number) => string;
  /** Calls that this process has made to Stripe so far. */
  readonly callsMade: () => number;
  readonly onDrift?: (kind: DriftKind) => void;
  readonly settings?: Partial<ReconcileSettings>;
}

export interface ReconcileSettings {
  /** Of Stripe; its limits are 100 a second with a live key and 25 without, for all that the account does. */
  readonly callsPerSecond: number;
  /** Customers that are read at once. */
  readonly atOnce: number;
  readonly leaseMs: number;
  /** Before Stripe is asked again for what failed; doubles. */
  readonly retryMs: number;
}

export interface ReconcileAsked {
  /** Everything is compared and what differs is asked for again, but nothing is written: no run goes on from it. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (standing: ReconcileStanding) => void;
}
