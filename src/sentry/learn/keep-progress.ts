/** How far a round is, brought into the store now and then: whoever goes on from there visits a handful of addresses once more. */
import type { Clock } from '../../ops/clock.ts';
import type { LearnCounts, LearnRound, LearnStore, LearntAddress } from './learn-store.ts';

export interface KeepProgress {
  changed(address: LearntAddress): void;
  dropped(target: string): void;
  /** Keeps what has changed, once it is worth it. Rejects when the store can't be asked. */
  keepSome(): Promise<void>;
  /** `finishedAt`: the round is over. */
  keepAll(finishedAt?: number): Promise<void>;
}

interface Options {
  readonly store: Pick<LearnStore, 'putAddresses' | 'dropAddresses' | 'putRound'>;
  readonly keep: { flush(): Promise<void> };
  readonly clock: Clock;
  readonly roundNow: () => LearnRound;
  readonly onProgress?: (counts: LearnCounts) => void;
}

const addressesTogether = 500;
const everyMs = 2_000;

export const createKeepProgress = ({ store, keep, clock, roundNow, onProgress }: Options): KeepProgress => {
  const changes = new Map<string, LearntAddress | undefined>();
  let keptAt = clock();
  let keeping: Promise<void> = Promise.resolve();

  const write = async (finishedAt?: number): Promise<void> => {
    keptAt = clock();
    const batch = new Map(changes);
    // The texts first: an address that counts as visited must not be without them.
    await keep.flush();
    const put = [...batch.values()].filter((address) => address !== undefined);
    const dropped = [...batch].flatMap(([target, address]) => (address === undefined ? [target] : []));
    if (put.length > 0) await store.putAddresses(put);
    if (dropped.length > 0) await store.dropAddresses(dropped);
    const round = roundNow();
    await store.putRound(finishedAt === undefined ? round : { ...round, finishedAt });
    for (const [target, address] of batch) if (changes.get(target) === address) changes.delete(target);
    onProgress?.(round.counts);
  };

  const keepAll = (finishedAt?: number): Promise<void> => {
    const next = keeping.then(() => write(finishedAt));
    keeping = next.catch(() => undefined);
    return next;
  };

  return {
    changed: (address) => {
      // At the end, so that no page is kept as visited before what it links to is kept.
      changes.delete(address.target);
      changes.set(address.target, address);
    },
    dropped: (target) => {
      changes.set(target, undefined);
    },
    keepSome: async () => {
      if (changes.size >= addressesTogether || clock() - keptAt >= everyMs) await keepAll();
    },
    keepAll,
  };
};
