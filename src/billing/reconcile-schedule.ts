/** Reconciles again and again, as often as the policy says, whichever instance is the first to find that it is time. */

import type { BillingMetrics } from '../ops/billing-metrics.ts';
import { faultOf, type Log } from '../ops/log.ts';
import { repeatedly } from '../ops/repeatedly.ts';
import type { CustomerStore, ReconcileProgress } from './customer-store.ts';
import type { Reconcile } from './reconcile.ts';
import { driftKinds, hasDrift, type ReconcileOutcome, type ReconcileReport } from './reconcile-report.ts';

export interface ReconcileSchedule {
  /** Ends the run that is under way at its next customer; resolves when it has. */
  close(): Promise<void>;
}

interface Options {
  readonly reconcile: Reconcile;
  readonly customers: Pick<CustomerStore, 'progress'>;
  /** Asked anew each time: the policy changes while Gatefold runs. */
  readonly everyMinutes: () => number;
  readonly metrics: Pick<BillingMetrics, 'countReconcile' | 'showReconciled'>;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** Milliseconds that pass in reality. */
  readonly realNow: () => number;
  readonly random: (bytes: number) => string;
  readonly pauses?: Partial<Pauses>;
}

interface Pauses {
  /** From the start to the first look. Milliseconds, as all of these. */
  readonly firstMs: number;
  /** From one look to the next. */
  readonly lookMs: number;
  /** An instance that has just started was perhaps away: what was compared longer ago than this is compared now. */
  readonly freshMs: number;
  /** After a failure; doubles with each further one, up to the policy's own time. */
  readonly retryMs: number;
}

const usual: Pauses = { firstMs: 5_000, lookMs: 30_000, freshMs: 300_000, retryMs: 60_000 };

/** All instances look, at their own moments; what the last run left in the store says whether anything is to be done. */
export const startReconciling = (options: Options): ReconcileSchedule => {
  const { realNow, random } = options;
  const pauses = { ...usual, ...options.pauses };
  const look = createLook(options, pauses);
  let first = true;
  const looks = repeatedly({
    run: (signal) => {
      const isFirst = first;
      first = false;
      return look(isFirst, realNow(), signal);
    },
    pauseMs: () => pauses.lookMs,
    random,
  });
  looks.startIn(pauses.firstMs);
  return looks;
};

/** Never rejects. */
const createLook = (options: Options, pauses: Pauses) => {
  const { reconcile, customers, everyMinutes, metrics, log } = options;
  let failures = 0;
  let notBefore = Number.NEGATIVE_INFINITY;

  const isDue = (last: ReconcileProgress | undefined, first: boolean, now: number): boolean => {
    const everyMs = everyMinutes() * 60_000;
    if (last?.finishedAt === undefined) return true;
    return now - last.finishedAt >= (first ? Math.min(pauses.freshMs, everyMs) : everyMs);
  };

  const failed = (now: number): void => {
    notBefore = now + Math.min(everyMinutes() * 60_000, pauses.retryMs * 2 ** failures);
    failures += 1;
  };

  return async (first: boolean, now: number, signal: AbortSignal): Promise<void> => {
    if (now < notBefore) return;
    try {
      const last = await customers.progress();
      if (last?.phase === 'done') metrics.showReconciled(finishedRun(last));
      if (!isDue(last, first, now)) return;
      const outcome = await reconcile({ signal });
      tell(outcome, options);
      if (outcome.kind === 'broken-off') failed(now);
      else failures = 0;
      const done = outcome.kind === 'done' ? await customers.progress() : undefined;
      if (done?.phase === 'done') metrics.showReconciled(finishedRun(done));
    } catch (error) {
      failed(now);
      metrics.countReconcile('broken-off');
      log.warn({ fault: faultOf(error) }, 'the reconcile could not ask the store; it is tried again');
    }
  };
};

/** What every instance shows of the last complete run, whoever made it: another one, or the command line. */
const finishedRun = ({ startedAt, finishedAt = startedAt, counts }: ReconcileProgress) => ({
  finishedAt,
  seconds: counts.seconds ?? 0,
  checked: counts.checked ?? 0,
  drift: driftKinds.map((kind) => [kind, counts[kind] ?? 0] as const),
});

const tell = (outcome: ReconcileOutcome, { metrics, log }: Options): void => {
  switch (outcome.kind) {
    case 'running-already':
      return;
    case 'stopped':
      metrics.countReconcile('stopped');
      return;
    case 'broken-off':
      metrics.countReconcile('broken-off');
      log.warn(
        { fault: faultOf(outcome.error), ...countsOf(outcome.report) },
        'the reconcile was broken off; it goes on from there',
      );
      return;
    case 'done':
      metrics.countReconcile('done');
      if (outcome.report.failed.length > 0)
        log.warn(countsOf(outcome.report), 'some customers could not be read by the reconcile');
      else if (hasDrift(outcome.report))
        log.warn(countsOf(outcome.report), 'the reconcile mended what differed from Stripe');
      else log.info(countsOf(outcome.report), 'the reconcile found nothing that differs from Stripe');
      return;
    default:
      outcome satisfies never;
  }
};

const countsOf = ({ checked, refetched, drift, healed, failed, calls, seconds }: ReconcileReport) => ({
  checked,
  refetched,
  drift,
  healed,
  failed: failed.length,
  calls,
  seconds: Math.round(seconds),
});
