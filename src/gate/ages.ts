/** How old the kept copies of articles are, as HTTP counts it (RFC 9111, 4.2.3): since the origin's own answer, wherever it was kept before. */
import { ageSeconds } from '../origin/freshness.ts';
import type { OriginHead } from '../origin/origin.ts';
import type { ArticlePage, Feed } from './found.ts';

export interface Ages {
  /** A copy that is kept from now on. */
  note(copy: ArticlePage | Feed, head: OriginHead, now: number): void;
  /** In seconds; undefined for what isn't kept. */
  of(copy: ArticlePage, now: number): number | undefined;
}

export const createAges = (): Ages => {
  /** Epoch milliseconds at which each would have been new. */
  const newAt = new WeakMap<ArticlePage | Feed, number>();
  return {
    note: (copy, head, now) => {
      newAt.set(copy, now - ageSeconds(head) * 1000);
    },
    of: (copy, now) => {
      const since = newAt.get(copy);
      return since === undefined ? undefined : Math.max(0, Math.floor((now - since) / 1000));
    },
  };
};
