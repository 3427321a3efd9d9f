/** Articles kept in memory as the origin sent them: bounded by bytes, one question to the origin however many ask. */
import { LRUCache } from 'lru-cache';
import type { OriginHead } from '../origin/origin.ts';
import type { ArticlePage, Feed } from './found.ts';
import { targetOf } from './shelf-keys.ts';

export interface Kept {
  readonly found: ArticlePage | Feed;
  /** What came with it; the coding of its body is undone. */
  readonly head: OriginHead;
  /** Milliseconds; served without asking until then. */
  readonly freshUntil: number;
  /** Served until then while a new copy is fetched, or while the origin is down. */
  readonly staleUntil: number;
}

export interface Shelf {
  get(key: string, now: number): Kept | undefined;
  /** An address has a share of the shelf for its copies: what would be more isn't kept. */
  put(key: string, kept: Kept, now: number): void;
  /** So many copies of an address are kept that few more will be. */
  isCrowded(target: string): boolean;
  /** Takes that copy away, unless another has taken its place. */
  drop(key: string, copy: Kept): void;
  /** What stands at an address has changed: nothing of it that was asked for before is given or kept any more. */
  forget(target: string): void;
  /** The same of every copy that is such, and of what is asked for just now where it might be; how many were kept. */
  forgetWhere(isSuch: (target: string, kept?: Kept) => boolean): number;
  /** Lets one caller ask while the others wait for the same answer. */
  share<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer>;
  clear(): void;
}

/** Of one address: so many are kept as readers ask for them, and so many in all. */
const crowd = 16;
const mostCopies = 48;
/** Of all bytes. */
const shareOfOne = 1 / 8;

export const createShelf = (maxBytes: number): Shelf => {
  const copies = new Map<string, Copies>();
  const kept = new LRUCache<string, Kept>({
    maxSize: maxBytes,
    sizeCalculation: (entry, key) => sizeOf(entry, key),
    dispose: (entry, key) => withdraw(copies, key, sizeOf(entry, key)),
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

  /** Makes room by what is of no more use. */
  const hasRoom = (target: string, key: string, size: number, now: number): boolean => {
    const others = copies.get(target);
    if (!others || others.keys.has(key)) return true;
    for (const other of [...others.keys]) if ((kept.peek(other)?.staleUntil ?? 0) <= now) kept.delete(other);
    return others.keys.size < mostCopies && others.bytes + size <= maxBytes * shareOfOne;
  };

  const outdate = (isSuch: (target: string) => boolean): void => {
    for (const [key, answer] of asking) {
      if (!isSuch(targetOf(key))) continue;
      asking.delete(key);
      outlive(targetOf(key), answer);
    }
  };

  const forget = (target: string): void => {
    for (const key of [...(copies.get(target)?.keys ?? [])]) kept.delete(key);
    outdate((asked) => asked === target);
  };

  return {
    get: (key, now) => {
      const entry = kept.get(key);
      return entry && entry.staleUntil > now ? entry : undefined;
    },
    put: (key, entry, now) => {
      const target = targetOf(key);
      const size = sizeOf(entry, key);
      if (outdated.has(target) || !hasRoom(target, key, size, now)) return;
      kept.set(key, entry);
      if (kept.peek(key) === entry) note(copies, key, size);
    },
    isCrowded: (target) => (copies.get(target)?.keys.size ?? 0) >= crowd,
    drop: (key, copy) => {
      if (kept.peek(key) === copy) kept.delete(key);
    },
    forget,
    forgetWhere: (isSuch) => {
      const such = [...kept.entries()].filter(([key, entry]) => isSuch(targetOf(key), entry));
      for (const [key] of such) kept.delete(key);
      outdate((target) => isSuch(target));
      return such.length;
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

const sizeOf = ({ found }: Kept, key: string): number => found.raw.length * 2 + key.length + 2_000;

/** What is kept of one address. */
interface Copies {
  readonly keys: Set<string>;
  bytes: number;
}

const note = (copies: Map<string, Copies>, key: string, size: number): void => {
  const target = targetOf(key);
  const those = copies.get(target) ?? { keys: new Set(), bytes: 0 };
  those.keys.add(key);
  those.bytes += size;
  copies.set(target, those);
};

const withdraw = (copies: Map<string, Copies>, key: string, size: number): void => {
  const target = targetOf(key);
  const those = copies.get(target);
  if (!those?.keys.delete(key)) return;
  those.bytes -= size;
  if (those.keys.size === 0) copies.delete(target);
};
