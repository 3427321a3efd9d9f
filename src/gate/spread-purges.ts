/** Purges here and at every other instance: what is announced by one is carried out by all, within a second. */
import { setTimeout as pause } from 'node:timers/promises';
import { followChanges } from '../ops/follow-changes.ts';
import type { Log } from '../ops/log.ts';
import { type Purge, purgeOf } from './purge.ts';
import type { PurgeStore } from './purge-store.ts';

export interface SpreadPurges {
  /** Carried out here by now, and announced when it resolves; rejects when the store can't be asked. */
  purge(purge: Purge): Promise<void>;
  /** The same for what readers changed at the origin, some together, and nobody waits for it. */
  changed(targets: readonly string[]): void;
  close(): Promise<void>;
}

interface Options {
  readonly store: PurgeStore;
  readonly carryOut: (purge: Purge) => void;
  /** This instance's name, like no other's. */
  readonly name: string;
  /** Whatever can't be known to have been purged. */
  readonly forgetAll: () => void;
  readonly log: Pick<Log, 'warn' | 'info'>;
  /** Milliseconds from one look for what nobody announced to the next. */
  readonly lookMs?: number;
}

/** Of a moment; more is a flood that would push out what was meant. */
const mostChanged = 200;
const gatherMs = 100;
const looksBetweenAsking = 40;

export const spreadPurges = (options: Options): SpreadPurges => {
  const { store, carryOut, name, log, lookMs = 250 } = options;
  const following = followChanges({
    ...createTaker(options),
    onChange: (look) => store.onChange(look),
    log,
    words: {
      lost: 'purges can’t be told to other instances, nor heard from them, just now',
      back: 'purges can be told to other instances again',
    },
    ...{ lookMs, looksBetweenAsking },
  });

  const waiting = new Set<string>();
  let telling: Promise<void> | undefined;
  const tell = async (): Promise<void> => {
    await pause(gatherMs, undefined, { ref: false });
    const targets = [...waiting];
    waiting.clear();
    telling = undefined;
    await following.attempt(() => store.announce({ ...purgeOf(targets), by: name }));
  };

  return {
    purge: async (purge) => {
      carryOut(purge);
      await store.announce({ ...purge, by: name });
    },
    changed: (targets) => {
      for (const target of targets) if (waiting.size < mostChanged) waiting.add(target);
      if (waiting.size > 0 && !following.isClosed()) telling ??= tell();
    },
    close: async () => {
      await Promise.all([following.close(), telling]);
    },
  };
};

/** What this instance has heard of. */
const createTaker = ({ store, carryOut, name, forgetAll }: Options) => {
  let number: number | undefined;
  let generation: number | undefined;
  return {
    take: async (): Promise<void> => {
      // Read before what was announced is: what comes between the two is looked for once more.
      const now = store.generation();
      if (number === undefined) {
        // What was kept before this could be asked may be older than some purge.
        number = await store.newest();
        forgetAll();
      } else {
        const since = await store.since(number);
        if (since.lost) forgetAll();
        else since.purges.filter(({ by }) => by !== name).forEach(carryOut);
        number = since.newest;
      }
      generation = now;
    },
    isNews: (): boolean => number === undefined || store.generation() !== generation,
  };
};
