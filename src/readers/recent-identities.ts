/** Who came with exactly these cookies a moment ago: a browser sends the same ones with every request. */
import { LRUCache } from 'lru-cache';
import type { Asking, Identity } from './identity.ts';
import { createSecondSight } from './second-sight.ts';

export interface RecentIdentities {
  find(asking: Asking, now: number): Identity | undefined;
  /** @param until milliseconds; what was found holds before it, as long as its device stays signed in. */
  keep(asking: Asking, identity: Identity, until: number): void;
}

interface Kept {
  readonly identity: Identity;
  readonly until: number;
}

/**
 * One look here replaces the reading of the header, its parts and their signatures. A browser is kept when it comes for
 * the second time: most come once, and remembering each of those would cost more than asking who the others are.
 *
 * @param stillHolds asked at every find: whether the reader's device is still known to be signed in.
 */
export function createRecentIdentities(
  stillHolds: (identity: Identity) => boolean,
  maxCharacters = 8_000_000,
): RecentIdentities {
  const create = () =>
    new LRUCache<string, Kept>({
      maxSize: maxCharacters,
      sizeCalculation: (_, header) => header.length + 200,
    });
  // Apart, since the same header names nobody on https by the cookies of http.
  const [overHttps, overHttp] = [create(), create()];
  const cameBefore = createSecondSight();
  const keptFor = ({ secure }: Asking): LRUCache<string, Kept> => (secure ? overHttps : overHttp);

  return {
    find: (asking, now) => {
      if (asking.cookieHeader === undefined) return undefined;
      const kept = keptFor(asking).get(asking.cookieHeader);
      return kept && now < kept.until && stillHolds(kept.identity) ? kept.identity : undefined;
    },
    keep: (asking, identity, until) => {
      const { cookieHeader } = asking;
      if (cookieHeader !== undefined && cameBefore(cookieHeader))
        keptFor(asking).set(cookieHeader, { identity, until });
    },
  };
}
