/** Tells of each answer that held withheld text: counted every time, logged once an hour for each address. */
import { LRUCache } from 'lru-cache';
import type { Discovery } from '../gate/guard.ts';
import type { Clock } from '../ops/clock.ts';
import type { Log } from '../ops/log.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { InsightCounter } from './insight-counter.ts';

interface Options {
  readonly counter: Pick<InsightCounter, 'door'>;
  readonly metrics: Pick<Metrics, 'countDoor'>;
  readonly clock: Clock;
  readonly log: Log;
}

const hourMs = 3_600_000;

export const createTellDoors = ({ counter, metrics, clock, log }: Options) => {
  const told = new LRUCache<string, number>({ max: 2_000 });
  return ({ path, outcome, held }: Discovery): void => {
    const now = clock();
    const [most] = held;
    if (most === undefined) return;
    metrics.countDoor(outcome);
    counter.door({ path, article: most.article, outcome }, now);
    if (now < (told.get(path) ?? Number.NEGATIVE_INFINITY) + hourMs) return;
    told.set(path, now);
    const { article, letters } = most;
    log.info(
      { path, outcome, article, letters, articles: held.length },
      'an answer at an address that no rule speaks of held withheld text',
    );
  };
};
