/** Hears of each decision and, a little later, hands it to the decision log and to the counters. */
import type { DecisionMade, OnDecision } from '../gate/on-decision.ts';
import type { IsCrawler } from './crawler.ts';
import type { DecisionLog } from './decision-log.ts';
import type { InsightCounter } from './insight-counter.ts';
import { later } from './later.ts';
import { type LogViewOptions, loggedViewOf } from './log-view.ts';
import type { Sampling } from './sampling.ts';

export interface ViewRecorder {
  /** All that a view waits for: it is put at the end of a list. */
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
}

/** Handed over at once where so many are waiting. */
const manyWaiting = 500;
const drainMs = 1000;

export const createViewRecorder = (options: Options): ViewRecorder => {
  const { log, counter, sampling, isCrawler, onTrouble } = options;
  let waiting: DecisionMade[] = [];

  const drain = async (): Promise<void> => {
    const made = waiting;
    waiting = [];
    for (const each of made) {
      try {
        take(each);
      } catch (error) {
        onTrouble(error);
      }
    }
    await log.flush();
  };

  const take = (made: DecisionMade): void => {
    const crawler = isCrawler(made.userAgent);
    if (made.purpose === 'read' && !crawler) counter.view(made);
    const weight = sampling.weightOf(made.asker.meterSubject, made.now);
    const view = weight === undefined ? undefined : loggedViewOf(made, crawler, weight, options);
    if (view) log.record(view);
  };

  const timer = later(drainMs, () => void drain());

  return {
    onDecision: (made) => {
      // Nothing is counted or recorded by looking.
      if (made.purpose === 'look') return;
      const count = waiting.push(made);
      if (count === 1) timer.want();
      else if (count === manyWaiting) setImmediate(() => void drain());
    },
    drain,
    close: async () => {
      timer.stop();
      await drain();
    },
  };
};
