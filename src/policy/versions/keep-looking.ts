/** Looks at the store whenever something may have changed there: when told, when telling may have failed, when something is due. */
import type { Clock } from '../../ops/clock.ts';
import type { PolicyLog } from '../policy-in-use.ts';
import { inTurn } from './in-turn.ts';
import type { VersionStore } from './version-store.ts';

interface Options {
  readonly store: Pick<VersionStore, 'onChange' | 'generation'>;
  readonly clock: Clock;
  readonly log: PolicyLog;
  readonly lookMs: number;
  /** Whether the store could be asked the last time. */
  readonly reached: boolean;
  readonly nextDueAt: () => number | undefined;
  /** Rejects when the store can't be asked. */
  readonly look: () => Promise<void>;
}

export interface Looking {
  /** Resolves after a look that began now; a store that can't be asked is said, and asked again later. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** An announcement that was lost without a trace is made up for after this many ticks. */
const ticksBetweenLooks = 40;
/** A store that couldn't be asked is asked again after this many. */
const ticksWhileDown = 4;

export const keepLooking = (options: Options): Looking => {
  const { store, clock, log, lookMs, nextDueAt } = options;
  let { reached } = options;
  let generation = store.generation();
  let ticks = 0;
  let closed = false;

  const look = inTurn(async () => {
    if (closed) return;
    generation = store.generation();
    ticks = 0;
    try {
      await options.look();
      if (!reached) log.info({}, 'The policy’s versions can be asked for again.');
      reached = true;
    } catch (error) {
      if (reached)
        log.warn(
          { err: error },
          'The policy’s versions can’t be asked for; the last good policy stays in force.',
        );
      reached = false;
    }
  });

  const tick = (): void => {
    ticks += 1;
    const isTime = ticks >= (reached ? ticksBetweenLooks : ticksWhileDown);
    const isNews = store.generation() !== generation;
    // While the store is down, what is due would otherwise be tried at every tick.
    const isDue = reached && (nextDueAt() ?? Number.POSITIVE_INFINITY) <= clock();
    if (isTime || isNews || isDue) void look();
  };

  store.onChange(() => void look());
  const timer = setInterval(tick, lookMs);
  timer.unref();
  return {
    look,
    close: async () => {
      clearInterval(timer);
      closed = true;
      await look();
    },
  };
};
