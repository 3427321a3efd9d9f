/** Articles kept in memory as the origin sent them: bounded by bytes, one question to the origin however many ask. */
import { LRUCache } from 'lru-cache';
import type { ArticlePage, Feed } from './found.ts';

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
  return {
    get: (key, now) => {
      const entry = kept.get(key);
      return entry && entry.staleUntil > now ? entry : undefined;
    },
    put: (key, entry) => {
      kept.set(key, entry);
    },
    drop: (key, copy) => {
      if (kept.peek(key) === copy) kept.delete(key);
    },
    share: <Answer>(key: string, ask: () => Promise<Answer>) => {
      // Every caller of one shelf asks for the same kind of answer.
      const waiting = asking.get(key) as Promise<Answer> | undefined;
      if (waiting) return waiting;
      const answer = ask().finally(() => asking.delete(key));
      asking.set(key, answer);
      return answer;
    },
    clear: () => kept.clear(),
  };
};
