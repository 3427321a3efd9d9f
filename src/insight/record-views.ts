/** Hears of each decision: counts it, and a little later hands it to the decision log. */
import type { DecisionMade, OnDecision } from '../gate/on-decision.ts';
import type { IsCrawler } from './crawler.ts';
import type { DecisionLog } from './decision-log.ts';
import type { InsightCounter } from './insight-counter.ts';
import { later } from './later.ts';
import { type LogViewOptions, loggedViewOf } from './log-view.ts';
import type { Sampling } from './sampling.ts';

export interface ViewRecorder {
  /** All that a view waits for: a microsecond in which it is counted and, where it is to be logged, put at the end of a list. */
  readonly onDecision: OnDecision;
  /** Hands over what is waiting, and writes the log. */
  drain(): Promise<void>;
  /** Drains for the last time; the counters are the caller's to close. */
  close(): Promise<void>;
}

interface Options extends LogViewOptions {
  readonly log: DecisionLog;
  readonly counter: Pick<InsightCounter, 'view'>;
  readonly sampling: Sampling;
  readonly isCrawler: IsCrawler;
  /** Told of what went wrong with a view; it was answered long ago. */
  readonly onTrouble: (error: unknown) => void;
  /** After a failed write. */
  readonly retryMs?: number;
}

/** Handed over at once where so many are waiting. */
const manyWaiting = 500;
const drainMs = 1000;

export const createViewRecorder = (options: Options): ViewRecorder => {
  const { log, counter, sampling, isCrawler, onTrouble, retryMs = 5000 } = options;
  let waiting: Sampled[] = [];
  let closed = false;

  const drain = async (): Promise<void> => {
    const sampled = waiting;
    waiting = [];
    for (const { made, crawler, weight } of sampled) {
      try {
        const view = loggedViewOf(made, crawler, weight, options);
        if (view) log.record(view);
      } catch (error) {
        onTrouble(error);
      }
    }
    await log.flush();
    // What couldn't be written waits for no other view: on a quiet site it may be the last one for hours.
    if (!closed && log.isBehind()) retry.want();
  };

  const timer = later(drainMs, () => void drain());
  const retry = later(retryMs, () => void drain());

  const hear = (made: DecisionMade): void => {
    const crawler = isCrawler(made.userAgent);
    if (made.purpose === 'read' && !crawler) counter.view(made);
    const weight = sampling.weightOf(made.asker.meterSubject, made.now);
    // What isn't logged is let go of at once: on a busy site, keeping it for a moment costs more than counting it.
    if (weight === undefined) return;
    const count = waiting.push({ made, crawler, weight });
    if (count === 1) timer.want();
    else if (count === manyWaiting) setImmediate(() => void drain());
  };

  return {
    onDecision: (made) => {
      // Nothing is counted or recorded by looking.
      if (made.purpose === 'look') return;
      try {
        hear(made);
      } catch (error) {
        onTrouble(error);
      }
    },
    drain,
    close: async () => {
      closed = true;
      timer.stop();
      retry.stop();
      await drain();
    },
  };
};

interface Sampled {
  readonly made: DecisionMade;
  readonly crawler: boolean;
  readonly weight: number;
}
