/** What a reader is entitled to right now: the store's answer, kept in process until something says that it changed. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../ops/clock.ts';
import type { ReaderId } from '../readers/reader.ts';
import type { Entitlement } from './entitlement.ts';
import type { EntitlementStore } from './entitlement-store.ts';

export interface LiveView {
  /** The kept answer, or undefined when the store must be asked. */
  peek(reader: ReaderId): readonly Entitlement[] | undefined;
  /** Rejects when the store can't be asked. */
  of(reader: ReaderId): Promise<readonly Entitlement[]>;
  /** What the store said last, however long ago, unless it has told of a change since: for when it can't be asked. */
  lastHeard(reader: ReaderId): Heard | undefined;
}

export interface Heard {
  readonly list: readonly Entitlement[];
  /** Epoch milliseconds. */
  readonly at: number;
}

interface Options {
  readonly store: EntitlementStore;
  readonly clock: Clock;
  readonly maxReaders?: number;
  /** A change whose announcement was lost is seen after this long at most. */
  readonly ttlSeconds?: number;
}

export const createLiveView = ({ store, clock, maxReaders = 50_000, ttlSeconds = 60 }: Options): LiveView => {
  const kept = new LRUCache<ReaderId, readonly Entitlement[]>({
    max: maxReaders,
    ttl: ttlSeconds * 1000,
    perf: { now: clock },
  });
  /** Outlives the connection, which `kept` doesn't. */
  const heard = new LRUCache<ReaderId, Heard>({ max: maxReaders });
  const asking = new Map<ReaderId, Promise<readonly Entitlement[]>>();
  let generation = store.generation();

  const dropIfStale = (): void => {
    const current = store.generation();
    if (current === generation) return;
    generation = current;
    kept.clear();
    asking.clear();
  };

  store.onChange((reader) => {
    kept.delete(reader);
    heard.delete(reader);
    // An answer under way may have been read before the change: nobody may keep it.
    asking.delete(reader);
  });

  const ask = (reader: ReaderId): Promise<readonly Entitlement[]> => {
    const askedAt = clock();
    const answer = store.of(reader).then(
      (list) => {
        if (asking.get(reader) === answer) {
          asking.delete(reader);
          kept.set(reader, list);
          heard.set(reader, { list, at: askedAt });
        }
        return list;
      },
      (error: unknown) => {
        if (asking.get(reader) === answer) asking.delete(reader);
        throw error;
      },
    );
    asking.set(reader, answer);
    return answer;
  };

  const peek = (reader: ReaderId): readonly Entitlement[] | undefined => {
    dropIfStale();
    return kept.get(reader);
  };

  return {
    peek,
    lastHeard: (reader) => heard.get(reader),
    of: async (reader) => peek(reader) ?? (await (asking.get(reader) ?? ask(reader))),
  };
};
