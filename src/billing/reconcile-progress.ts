/** Where a run begins: at the beginning, or where the last one was broken off. */
import type { CustomerStore, ReconcileProgress } from './customer-store.ts';

export interface RunStart {
  readonly progress: ReconcileProgress;
  readonly resumed: boolean;
  /** Subscriptions that the last complete run saw. */
  readonly expected?: number;
}

interface Options {
  readonly customers: Pick<CustomerStore, 'progress' | 'putProgress'>;
  readonly dryRun: boolean;
  /** Names a new run. */
  readonly run: string;
  /** Milliseconds that pass in reality. */
  readonly now: number;
}

/** What was compared longer ago than this must be compared again. */
const resumeWithinMs = 6 * 3_600_000;

export const beginRun = async ({ customers, dryRun, run, now }: Options): Promise<RunStart> => {
  const last = await customers.progress();
  const expected = last && (last.phase === 'done' ? last.counts.checked : last.counts.expected);
  const known = expected === undefined ? {} : { expected };
  if (last && last.phase !== 'done' && !dryRun && now - last.startedAt < resumeWithinMs)
    return { progress: last, resumed: true, ...known };
  const progress: ReconcileProgress = {
    run,
    startedAt: now,
    phase: 'events',
    eventsUntil: last?.eventsUntil ?? 0,
    counts: known,
    ...(last?.failed ? { failed: last.failed } : {}),
    ...(last?.found ? { found: last.found } : {}),
  };
  if (!dryRun) await customers.putProgress(progress);
  return { progress, resumed: false, ...known };
};
