/** Replays under way and lately done, kept in this process: one for each pair of policies, and few at once. */
import { setTimeout as pause } from 'node:timers/promises';
import type { DecisionLogStore } from '../../insight/decision-log-store.ts';
import { readDecisionLog } from '../../insight/read-decision-log.ts';
import { type Policies, replayLog } from '../../insight/replay.ts';
import type { ReplayReport } from '../../insight/replay-report.ts';
import type { Clock } from '../../ops/clock.ts';

export type ReplayState =
  | { readonly kind: 'running'; readonly done: number; readonly total: number }
  | DoneReplay
  /** It has been reported; asking once more begins anew. */
  | { readonly kind: 'failed' }
  /** Others are being run. */
  | { readonly kind: 'busy' };

export interface DoneReplay {
  readonly kind: 'done';
  readonly report: ReplayReport;
  /** Milliseconds: what came into the log afterwards isn't in it. */
  readonly startedAt: number;
  /** Pieces of the log that couldn't be read. */
  readonly unreadable: number;
}

export interface ReplayAsked {
  /** Equal for equal policies. */
  readonly name: string;
  readonly policies: Policies;
  /**
   * Milliseconds: one that was begun earlier won't do, unless it was begun for this same moment, as another instance's
   * clock has it. Absent: any that is kept will.
   */
  readonly since?: number;
}

export interface ReplayJobs {
  /** Begins it where it isn't kept. Whoever waits asks again and again: one that nobody asks for is given up. */
  run(asked: ReplayAsked): Promise<ReplayState>;
  /** What is kept, done or under way; nothing is begun. */
  kept(asked: Omit<ReplayAsked, 'policies'>): ReplayState | undefined;
}

interface Options {
  readonly log: Pick<DecisionLogStore, 'chunks' | 'size'>;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
  /** Once it is aborted, nothing is run any more, and the log can't be asked. */
  readonly closing?: AbortSignal;
}

interface Job {
  readonly startedAt: number;
  /** The moment that was asked for. */
  readonly since: number;
  readonly stop: AbortController;
  askedAt: number;
  state: ReplayState;
}

const mostRunning = 2;
/** Reports kept, those of the last few drafts. */
const mostKept = 8;
/** Nobody's page or program asks as seldom as this. */
const forgottenAfterMs = 60_000;
/** Whoever looks at a page asks more often: one who went on to another draft makes room for its replay. */
const leftAfterMs = 10_000;

export const createReplayJobs = (options: Options): ReplayJobs => {
  const { clock } = options;
  const jobs = new Map<string, Job>();

  const find = ({ name, since }: Omit<ReplayAsked, 'policies'>): Job | undefined => {
    const job = jobs.get(name);
    if (job === undefined || job.stop.signal.aborted || newestOf(job) < sensible(since, clock()))
      return undefined;
    job.askedAt = clock();
    return job;
  };

  const begin = async ({ name, policies, since }: ReplayAsked): Promise<ReplayState> => {
    const now = clock();
    if (!makeRoom(jobs, now)) return { kind: 'busy' };
    jobs.get(name)?.stop.abort(superseded);
    jobs.delete(name);
    const job = newJob(now, sensible(since, now));
    jobs.set(name, job);
    dropOldest(jobs);
    const running = carryOut(job, policies, options);
    // A log of a few views is done before anybody would see a bar.
    await Promise.race([running, pause(quickMs)]);
    return told(name, job);
  };

  const told = (name: string, job: Job): ReplayState => {
    if (job.state.kind === 'failed' && jobs.get(name) === job) jobs.delete(name);
    return job.state;
  };

  return {
    run: async (asked) => {
      const job = find(asked);
      return job === undefined ? begin(asked) : told(asked.name, job);
    },
    kept: (asked) => find(asked)?.state,
  };
};

const newJob = (now: number, since: number): Job => ({
  startedAt: now,
  since,
  askedAt: now,
  stop: new AbortController(),
  state: { kind: 'running', done: 0, total: 0 },
});

const newestOf = ({ startedAt, since }: Job): number => Math.max(startedAt, since);

/** A moment far ahead would keep a report from ever being too old. */
const sensible = (since: number | undefined, now: number): number =>
  since === undefined || since > now + 300_000 ? Number.NEGATIVE_INFINITY : since;

const quickMs = 150;

const superseded = new Error('Another replay took the place of this one.');

const carryOut = async (job: Job, policies: Policies, options: Options): Promise<void> => {
  const { log, clock, report, closing } = options;
  const { stop, startedAt } = job;
  const signal = closing ? AbortSignal.any([stop.signal, closing]) : stop.signal;
  let unreadable = 0;
  try {
    const total = await log.size();
    const onProgress = (done: number): void => {
      job.state = { kind: 'running', done, total: Math.max(total, done) };
      if (clock() - job.askedAt > forgottenAfterMs) stop.abort(superseded);
    };
    onProgress(0);
    const onMalformed = (): void => {
      unreadable += 1;
    };
    const views = readDecisionLog({ store: log, onMalformed });
    const found = await replayLog(views, policies, { onProgress, signal });
    job.state = { kind: 'done', report: found, startedAt, unreadable };
  } catch (error) {
    if (!signal.aborted) report(error);
    job.state = { kind: 'failed' };
  }
};

/** False: as many are running as may, and somebody waits for each. */
const makeRoom = (jobs: Map<string, Job>, now: number): boolean => {
  const running = [...jobs.values()].filter(
    ({ state, stop }) => state.kind === 'running' && !stop.signal.aborted,
  );
  if (running.length < mostRunning) return true;
  const left = running.find(({ askedAt }) => now - askedAt > leftAfterMs);
  left?.stop.abort(superseded);
  return left !== undefined;
};

const dropOldest = (jobs: Map<string, Job>): void => {
  for (const [name, { state }] of jobs) {
    if (jobs.size <= mostKept) return;
    if (state.kind !== 'running') jobs.delete(name);
  }
};
