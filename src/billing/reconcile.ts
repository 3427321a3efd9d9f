/** Compares everything that is kept of Stripe's customers with Stripe, and mends what differs. */
import type { CustomerStore } from './customer-store.ts';
import type { ReconcileAsked, ReconcileDeps, ReconcileSettings } from './reconcile-deps.ts';
import { beginRun } from './reconcile-progress.ts';
import type { ReconcileOutcome } from './reconcile-report.ts';
import { prepareSteps } from './reconcile-steps.ts';
import { LeaseLost, underLease } from './under-lease.ts';

/** Rejects only where the store can't be asked before anything was begun. */
export type Reconcile = (asked?: ReconcileAsked) => Promise<ReconcileOutcome>;

const usual: ReconcileSettings = { callsPerSecond: 20, atOnce: 8, leaseMs: 30_000, retryMs: 1000 };

/**
 * Undelivered events first, since they are known to be missing; then all subscriptions and passes; then customers that
 * let somebody in and that Stripe didn't list. One run at a time, whoever starts it; one that was killed is gone on with
 * at its last page by the next.
 */
export const createReconcile = (deps: ReconcileDeps): Reconcile => {
  const settings = { ...usual, ...deps.settings };
  const { customers, random, realNow } = deps;
  return async (asked = {}) => {
    const outcome = await underLease(
      {
        customers,
        name: 'reconcile',
        holder: random(12),
        realNow,
        leaseMs: settings.leaseMs,
        signal: asked.signal ?? new AbortController().signal,
      },
      (signal) => run(deps, settings, asked, signal),
    );
    return outcome ?? runningAlready(customers);
  };
};

const run = async (
  deps: ReconcileDeps,
  settings: ReconcileSettings,
  { dryRun = false, onProgress, signal: asked }: ReconcileAsked,
  signal: AbortSignal,
): Promise<ReconcileOutcome> => {
  const { customers, random, realNow } = deps;
  const start = await beginRun({ customers, dryRun, run: random(9), now: realNow() });
  const terms = { ...settings, dryRun, signal, ...(onProgress ? { onProgress } : {}) };
  const steps = prepareSteps(deps, terms, start);
  try {
    await steps.takeAll();
    return { kind: 'done', report: steps.report() };
  } catch (error) {
    // What was counted since the last page. Of whoever took the lease over, the progress is theirs.
    if (!(signal.reason instanceof LeaseLost)) await steps.keep().catch(() => undefined);
    const report = steps.report();
    if (asked?.aborted) return { kind: 'stopped', report };
    return { kind: 'broken-off', report, error: signal.aborted ? signal.reason : error };
  }
};

const runningAlready = async (customers: Pick<CustomerStore, 'progress'>): Promise<ReconcileOutcome> => {
  const progress = await customers.progress();
  return progress === undefined || progress.phase === 'done'
    ? { kind: 'running-already' }
    : { kind: 'running-already', since: progress.startedAt };
};
