/** The steps of one reconcile, from the one that is next to the last, with what was done kept after each. */
import { BillingFault } from './billing.ts';
import type { ReconcileProgress } from './customer-store.ts';
import { createLookAgain } from './look-again.ts';
import { lookUpEvents } from './look-up-events.ts';
import { createPace } from './pace.ts';
import type { ReconcileAsked, ReconcileDeps, ReconcileSettings } from './reconcile-deps.ts';
import type { RunStart } from './reconcile-progress.ts';
import type { ReconcileReport } from './reconcile-report.ts';
import { createTally, reportOf } from './reconcile-tally.ts';
import { createRefetch } from './refetch.ts';
import { createStorePatience } from './store-patience.ts';
import type { SubscriptionId } from './subscription.ts';
import { sweepKept } from './sweep-kept.ts';
import { sweepPasses } from './sweep-passes.ts';
import { sweepSubscriptions } from './sweep-subscriptions.ts';
import { createSweptMarks } from './swept-marks.ts';

export interface ReconcileSteps {
  /** Rejects with what broke it off. */
  takeAll(): Promise<void>;
  /** The progress as it is, with what was counted since it was kept last. */
  keep(): Promise<void>;
  report(): ReconcileReport;
}

type Terms = ReconcileSettings &
  Pick<ReconcileAsked, 'onProgress'> & { readonly dryRun: boolean; readonly signal: AbortSignal };

export const prepareSteps = (deps: ReconcileDeps, terms: Terms, start: RunStart): ReconcileSteps => {
  const { customers, callsMade, realNow } = deps;
  const { dryRun, signal } = terms;
  const { run, counts, failed = [], found = [] } = start.progress;
  const pace = createPace({ ...terms, callsMade, realNow });
  const patiently = createStorePatience({ signal, pauseMs: terms.retryMs / 5 });
  const tally = createTally({ ...deps, kept: counts, foundBefore: found, dryRun });
  const lookAgain = createLookAgain({
    refetch: createRefetch({ ...deps, pace, patiently, dryRun }),
    tally,
    atOnce: terms.atOnce,
    failedBefore: failed,
    dryRun,
    signal,
    onLooked: () => record.tell(),
  });
  const record = recordOf(terms, start, {
    putProgress: (progress) => patiently(() => customers.putProgress(progress)),
    toKeep: () => ({
      counts: tally.toKeep(),
      failed: lookAgain.failed().map(({ customer }) => customer),
      found: tally.foundToKeep(),
    }),
    toTell: () => ({ ...tally.counts(), failed: lookAgain.failed().length }),
  });
  const marks = createSweptMarks({ customers, run, dryRun });
  const shared = { ...deps, look: lookAgain.look, patiently, pace, tally, marks, dryRun, signal };
  return {
    keep: record.keep,
    report: () => reportOf(tally, { run, dryRun, resumed: start.resumed, failed: lookAgain.failed() }),
    takeAll: async () => {
      record.tell();
      if (record.current().phase === 'events') await takeEvents(shared, record);
      if (record.current().phase === 'sweep') await takeSweep(shared, record);
      await sweepPasses(shared);
      // Begun anew after a failure it is short: whoever was looked at is marked.
      await patiently(() => sweepKept(shared, record.current().eventsUntil));
      await lookAgain.lookAtFailed();
      await record.keep({ phase: 'done', finishedAt: realNow() });
    },
  };
};

interface ProgressRecord {
  current(): ReconcileProgress;
  keep(change?: Partial<ReconcileProgress>): Promise<void>;
  tell(): void;
}

interface Facts {
  readonly putProgress: (progress: ReconcileProgress) => Promise<void>;
  readonly toKeep: () => Pick<ReconcileProgress, 'counts' | 'failed' | 'found'>;
  readonly toTell: () => Omit<Parameters<NonNullable<ReconcileAsked['onProgress']>>[0], 'phase' | 'expected'>;
}

const recordOf = (
  { dryRun, onProgress }: Terms,
  { progress: begun, expected }: RunStart,
  { putProgress, toKeep, toTell }: Facts,
): ProgressRecord => {
  const known = expected === undefined ? {} : { expected };
  let progress = begun;
  const tell = (): void => {
    if (progress.phase !== 'done') onProgress?.({ phase: progress.phase, ...toTell(), ...known });
  };
  return {
    current: () => progress,
    tell,
    keep: async (change = {}) => {
      const { counts, ...others } = toKeep();
      progress = { ...progress, ...change, ...others, counts: { ...counts, ...known } };
      tell();
      if (!dryRun) await putProgress(progress);
    },
  };
};

/** Events are listed by the second, and Stripe's clock isn't ours. */
const overlapMs = 600_000;

const takeEvents = async (
  shared: Parameters<typeof lookUpEvents>[0],
  record: ProgressRecord,
): Promise<void> => {
  const askedAt = shared.clock();
  // A sandbox that was begun anew has a clock that is behind the last one's.
  const until = Math.min(record.current().eventsUntil, askedAt);
  await lookUpEvents(shared, Math.max(0, until - overlapMs));
  await record.keep({ phase: 'sweep', eventsUntil: askedAt });
};

const takeSweep = async (
  shared: Omit<Parameters<typeof sweepSubscriptions>[0], 'onPage'>,
  record: ProgressRecord,
): Promise<void> => {
  const sweep = (after?: SubscriptionId): Promise<void> =>
    sweepSubscriptions({ ...shared, onPage: (last) => record.keep({ after: last }) }, after);
  const after = record.current().after as SubscriptionId | undefined;
  await sweep(after).catch((error: unknown) => {
    const isStuck = after !== undefined && after === record.current().after;
    // Test data can be deleted at Stripe, and the cursor with it.
    if (!isStuck || !(error instanceof BillingFault) || error.kind !== 'refused') throw error;
    return sweep();
  });
  await record.keep({ phase: 'kept' });
};
