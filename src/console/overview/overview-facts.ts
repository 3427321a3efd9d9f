/** What the console's first page tells, gathered from what it stands on: also while the store is down. */
import type { CustomerStore } from '../../billing/customer-store.ts';
import type { CountedDecisions } from '../../ops/metrics.ts';
import { firstNamed, formatFault } from '../../policy/policy-fault.ts';
import type { PolicySource } from '../../policy/versions/policy-source.ts';
import type { LearnStore } from '../../sentry/learn/learn-store.ts';
import type {
  LastReconcile,
  LearningStanding,
  OverviewFacts,
  StoreKind,
  StripeMode,
} from './overview-page.tsx';

export interface OverviewSources {
  readonly publicUrl: string;
  readonly consoleUrl: string;
  readonly policySource: Pick<PolicySource, 'version' | 'current' | 'lastWarnings' | 'lastFaults'>;
  readonly store: { readonly kind: StoreKind; ping(): Promise<void> };
  readonly customers: Pick<CustomerStore, 'progress'>;
  /** Undefined: the site can't be learnt, since it can't be asked. */
  readonly learning: Pick<LearnStore, 'round'> | undefined;
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
  const [reachable, reconcile, learning] = await Promise.all([
    isReachable(store),
    lastReconcile(sources),
    lastRound(sources),
  ]);
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
    learning,
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

const lastRound = async ({ learning, policySource, report }: OverviewSources): Promise<LearningStanding> => {
  const { sentry } = policySource.current();
  if (learning === undefined || !sentry.on || !sentry.learn.on) return { kind: 'off' };
  try {
    const round = await learning.round();
    if (!round) return { kind: 'never' };
    const { startedAt, finishedAt, counts } = round;
    return {
      ...{ kind: 'known', startedAt, known: counts.known, of: counts.of, failed: counts.failed },
      ...(finishedAt === undefined ? {} : { finishedAt }),
    };
  } catch (error) {
    report(error);
    return { kind: 'unknown' };
  }
};
