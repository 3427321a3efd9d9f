/** What the console's first page tells, gathered from what it stands on: also while the store is down. */
import type { CustomerStore } from '../billing/customer-store.ts';
import type { CountedDecisions } from '../ops/metrics.ts';
import { firstNamed, formatFault } from '../policy/policy-fault.ts';
import type { PolicySource } from '../policy/versions/policy-source.ts';
import type { LastReconcile, OverviewFacts, StoreKind, StripeMode } from './pages/overview-page.tsx';

export interface OverviewSources {
  readonly publicUrl: string;
  readonly consoleUrl: string;
  readonly policySource: Pick<PolicySource, 'version' | 'current' | 'lastWarnings' | 'lastFaults'>;
  readonly store: { readonly kind: StoreKind; ping(): Promise<void> };
  readonly customers: Pick<CustomerStore, 'progress'>;
  readonly stripe: StripeMode;
  readonly decisions: () => readonly CountedDecisions[];
  /** When this process began to count. Milliseconds. */
  readonly startedAt: number;
  /** Mail is kept here and not sent. */
  readonly outbox: boolean;
  /** Told when the store can't be asked. */
  readonly report: (error: unknown) => void;
}

export const gatherOverview = async (sources: OverviewSources): Promise<OverviewFacts> => {
  const { publicUrl, consoleUrl, policySource, store, stripe, startedAt, outbox } = sources;
  const [reachable, reconcile] = await Promise.all([isReachable(store), lastReconcile(sources)]);
  return {
    address: publicUrl,
    consoleAddress: consoleUrl,
    policy: {
      version: policySource.current().version,
      warnings: firstNamed(policySource.lastWarnings()).map(formatFault),
      faults: policySource.lastFaults().map(formatFault),
    },
    store: { kind: store.kind, reachable },
    stripe,
    reconcile,
    decisions: sources.decisions(),
    startedAt,
    outbox,
  };
};

const isReachable = (store: OverviewSources['store']): Promise<boolean> =>
  store.ping().then(
    () => true,
    () => false,
  );

const lastReconcile = async ({ customers, report }: OverviewSources): Promise<LastReconcile> => {
  try {
    const progress = await customers.progress();
    return progress ? { kind: 'known', progress } : { kind: 'never' };
  } catch (error) {
    report(error);
    return { kind: 'unknown' };
  }
};
