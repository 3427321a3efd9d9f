/** Articles kept in memory as the origin sent them: bounded by bytes, one question to the origin however many ask. */
import { LRUCache } from 'lru-cache';
import type { ArticlePage, Feed } from './found.ts';
import { targetOf } from './shelf-keys.ts';

export interface Kept {
  readonly found: ArticlePage | Feed;
  /** Milliseconds; served without asking until then. */
  readonly freshUntil: number;
  /** Served until then while a new copy is fetched, or while the origin is down. */
  readonly staleUntil: number;
}

export interface Shelf {
  get(key: string, now: number): Kept | undefined;
  put(key: string, kept: Kept): void;
  /** Takes that copy away, unless another has taken its place. */
  drop(key: string, copy: Kept): void;
  /** What stands at an address has changed: nothing of it that was asked for before is given or kept any more. */
  forget(target: string): void;
  /** Lets one caller ask while the others wait for the same answer. */
  share<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer>;
  clear(): void;
}

export const createShelf = (maxBytes: number): Shelf => {
  const kept = new LRUCache<string, Kept>({
    maxSize: maxBytes,
    sizeCalculation: ({ found }, key) => found.raw.length * 2 + key.length + 2_000,
  });
  const asking = new Map<string, Promise<unknown>>();
  /** Asked about before they changed, and answered yet to be: how many questions still run. */
  const outdated = new Map<string, number>();

  const outlive = (target: string, answer: Promise<unknown>): void => {
    outdated.set(target, (outdated.get(target) ?? 0) + 1);
    const over = (): void => {
      const left = (outdated.get(target) ?? 1) - 1;
      if (left > 0) outdated.set(target, left);
      else outdated.delete(target);
    };
    answer.then(over, over);
  };

  return {
    get: (key, now) => {
      const entry = kept.get(key);
      return entry && entry.staleUntil > now ? entry : undefined;
    },
    put: (key, entry) => {
      if (!outdated.has(targetOf(key))) kept.set(key, entry);
    },
    drop: (key, copy) => {
      if (kept.peek(key) === copy) kept.delete(key);
    },
    forget: (target) => {
      for (const key of kept.keys()) if (targetOf(key) === target) kept.delete(key);
      for (const [key, answer] of asking) {
        if (targetOf(key) !== target) continue;
        asking.delete(key);
        outlive(target, answer);
      }
    },
    share: <Answer>(key: string, ask: () => Promise<Answer>) => {
      // Every caller of one shelf asks for the same kind of answer.
      const waiting = asking.get(key) as Promise<Answer> | undefined;
      if (waiting) return waiting;
      const answer = ask().finally(() => {
        if (asking.get(key) === answer) asking.delete(key);
      });
      asking.set(key, answer);
      return answer;
    },
    clear: () => kept.clear(),
  };
};
