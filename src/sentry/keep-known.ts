/** What this instance learns: in its own memory at once, and in the store soon, many together. */
import type { ArticleId } from '../article/article.ts';
import type { Clock } from '../ops/clock.ts';
import { faultOf, type Log } from '../ops/log.ts';
import { isSameKnown, type KnownArticle } from './known-article.ts';
import type { KnownArticleStore } from './known-article-store.ts';
import type { KnownTexts } from './known-texts.ts';

export interface KeepKnown {
  /** False: nothing of it is new. */
  keep(known: KnownArticle): boolean;
  /** With all copies of what stands there. */
  forget(address: ArticleId): void;
  /** Resolves when all that was kept is in the store; rejects when the store can't be asked, and it goes on waiting. */
  flush(): Promise<void>;
  /** Tries once more to bring everything into the store; never rejects. */
  close(): Promise<void>;
}

interface Options {
  readonly store: Pick<KnownArticleStore, 'put' | 'forget'>;
  readonly known: KnownTexts;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
}

const soonMs = 1_000;
/** While the store is away; learnt again when their articles are looked at again. */
const mostWaiting = 2_000;

export const createKeepKnown = ({ store, known, clock, log }: Options): KeepKnown => {
  /** Undefined: it is to be forgotten. */
  let waiting = new Map<ArticleId, KnownArticle | undefined>();
  let flushing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let reported = false;

  const write = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    if (batch.size === 0) return;
    waiting = new Map();
    try {
      const known = [...batch.values()].filter((each) => each !== undefined);
      const forgotten = [...batch].flatMap(([id, each]) => (each === undefined ? [id] : []));
      if (known.length > 0) await store.put(known, clock());
      if (forgotten.length > 0) await store.forget(forgotten, clock());
      reported = false;
    } catch (error) {
      // What was learnt since is newer.
      for (const [id, each] of batch) {
        if (!waiting.has(id) && waiting.size < mostWaiting) waiting.set(id, each);
      }
      throw error;
    }
  };

  const flush = (): Promise<void> => {
    // One write after the other: the later of two of one article has to come last.
    const next = flushing.then(write);
    flushing = next.catch(() => undefined);
    return next;
  };

  const flushSoon = (): void => {
    if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      flush().catch((error: unknown) => {
        if (!reported)
          log.warn(
            { fault: faultOf(error) },
            'what was learnt could not be kept in the store yet; it is tried again',
          );
        reported = true;
        flushSoon();
      });
    }, soonMs);
    timer.unref();
  };

  const wait = (id: ArticleId, each: KnownArticle | undefined): void => {
    if (waiting.size >= mostWaiting && !waiting.has(id)) return;
    waiting.set(id, each);
    flushSoon();
  };

  return {
    keep: (each) => {
      const before = known.factsOf(each.address);
      if (before && isSameKnown(before, each)) return false;
      known.put(each);
      wait(each.address, each);
      return true;
    },
    forget: (address) => {
      for (const each of [address, ...known.variantsOf(address)]) {
        known.forget(each);
        wait(each, undefined);
      }
    },
    flush,
    close: async () => {
      await flush().catch(() => undefined);
      clearTimeout(timer);
    },
  };
};
