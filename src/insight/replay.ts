/** What another policy would have decided of the views in the log, beside what the present one does. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Policy } from '../policy/policy.ts';
import { createEarlierReads } from './earlier-reads.ts';
import type { LoggedView } from './logged-view.ts';
import type { ReplayReport } from './replay-report.ts';
import { createReplayTally } from './replay-tally.ts';
import { simulatePolicy } from './simulate-policy.ts';

export interface Replay {
  /** Oldest first, from one call to the next as well. */
  add(views: readonly LoggedView[]): void;
  /** Of what has been added so far. */
  report(): ReplayReport;
}

export interface Policies {
  /** In force, or any other to compare with; it is replayed as well, since the log may tell of several. */
  readonly before: Policy;
  readonly after: Policy;
}

/**
 * Both policies decide each view by the functions that decide for the gate, with free reads counted as they would have
 * been: a view that one of them stops costs no free read there. What the log doesn't hold is the same for both: reads
 * from before it, as far as its standings tell of them; a meter that is new in one of them begins empty. What a
 * reader would have done otherwise after being stopped, nobody knows.
 *
 * Crawlers' reads are counted, since they use up their network's allowance, and not reported; looks ahead are left out.
 */
export const createReplay = ({ before, after }: Policies): Replay => {
  const earlierReads = createEarlierReads(before);
  const [now, then] = [simulatePolicy(before), simulatePolicy(after)];
  const tally = createReplayTally();

  const add = (view: LoggedView): void => {
    if (view.purpose !== 'read') {
      tally.leaveOut();
      return;
    }
    const earlier = earlierReads(view);
    if (earlier) {
      now.learn(view, earlier);
      then.learn(view, earlier);
    }
    const { decision, matched } = now.decide(view);
    const changed = then.decide(view, matched);
    if (view.crawler) tally.leaveOut();
    else tally.count(view, decision, changed.decision);
  };

  return {
    add: (views) => {
      for (const view of views) add(view);
    },
    report: tally.report,
  };
};

export const replay = (views: readonly LoggedView[], policies: Policies): ReplayReport => {
  const running = createReplay(policies);
  running.add(views);
  return running.report();
};

interface Progress {
  /** Told after each batch how many views of the log are done. */
  readonly onProgress?: (done: number) => void;
  /** Nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

/** A whole log, taking turns with whatever else the process does. @throws the signal's reason once it is aborted. */
export const replayLog = async (
  log: AsyncIterable<readonly LoggedView[]>,
  policies: Policies,
  { onProgress, signal }: Progress = {},
): Promise<ReplayReport> => {
  const running = createReplay(policies);
  let done = 0;
  for await (const views of log) {
    signal?.throwIfAborted();
    running.add(views);
    done += views.length;
    onProgress?.(done);
    await nextTurn();
  }
  return running.report();
};
