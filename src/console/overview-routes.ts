/** `/-/console`: what is in force, and whether what it stands on is well. */
import { Router } from 'express';
import type { CustomerStore } from '../billing/customer-store.ts';
import type { CountedDecisions } from '../ops/metrics.ts';
import { formatFault } from '../policy/policy-fault.ts';
import type { PolicySource } from '../policy/versions/policy-source.ts';
import {
  type LastReconcile,
  type OverviewFacts,
  renderOverviewPage,
  type StoreKind,
  type StripeMode,
} from './pages/overview-page.tsx';
import type { RequireOperator } from './require-operator.ts';
import type { ShowPage } from './show-page.ts';

export interface OverviewRoutesOptions {
  readonly need: RequireOperator['need'];
  readonly showPage: ShowPage;
  readonly publicUrl: string;
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

export const overviewRoutes = (options: OverviewRoutesOptions): Router =>
  Router().get('/-/console', options.need('read'), async (request, response) => {
    const facts = await gather(options);
    options.showPage(request, response, 200, (frame) => renderOverviewPage(frame, facts));
  });

const gather = async (options: OverviewRoutesOptions): Promise<OverviewFacts> => {
  const { publicUrl, policySource, store, stripe, startedAt, outbox } = options;
  const [reachable, reconcile] = await Promise.all([isReachable(store), lastReconcile(options)]);
  return {
    address: publicUrl,
    policy: {
      version: policySource.current().version,
      warnings: policySource.lastWarnings().map(formatFault),
      faults: policySource.lastFaults().map(formatFault),
    },
    store: { kind: store.kind, reachable },
    stripe,
    reconcile,
    decisions: options.decisions(),
    startedAt,
    outbox,
  };
};

const isReachable = (store: OverviewRoutesOptions['store']): Promise<boolean> =>
  store.ping().then(
    () => true,
    () => false,
  );

const lastReconcile = async ({ customers, report }: OverviewRoutesOptions): Promise<LastReconcile> => {
  try {
    const progress = await customers.progress();
    return progress ? { kind: 'known', progress } : { kind: 'never' };
  } catch (error) {
    report(error);
    return { kind: 'unknown' };
  }
};
