/** Brings what instances have learnt into this one's memory: all of it at the start, and each change since. */
import { setTimeout as pause } from 'node:timers/promises';
import { faultOf, type Log } from '../ops/log.ts';
import { isSameKnown } from './known-article.ts';
import { fromTheStart, type KnownArticleStore, type KnownCursor } from './known-article-store.ts';
import type { KnownTexts } from './known-texts.ts';

export interface Following {
  /** Resolves once everything that the store held is in memory. While the store is away it waits, and never rejects. */
  readonly loaded: Promise<void>;
  close(): Promise<void>;
}

interface Options {
  readonly store: Pick<KnownArticleStore, 'changesSince' | 'onChange' | 'generation'>;
  readonly known: KnownTexts;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** Milliseconds from one look for what nobody announced to the next. */
  readonly lookMs?: number;
}

const articlesTogether = 200;
const gatherMs = 200;
/** Should an announcement be lost without anybody noticing. */
const ticksBetweenLooks = 60;

/** While the store is away, what is in memory stays. */
export const followKnown = ({ store, known, log, lookMs = 1_000 }: Options): Following => {
  let cursor: KnownCursor = fromTheStart;
  let generation: number | undefined;
  let closed = false;
  let reached = true;
  let announceLoaded: () => void = () => undefined;
  const loaded = new Promise<void>((resolve) => {
    announceLoaded = resolve;
  });

  const takeChanges = async (): Promise<void> => {
    // Read before the changes are: what comes between the two is looked for once more.
    const now = store.generation();
    for (let more = true; more && !closed; ) {
      const changes = await store.changesSince(cursor, articlesTogether);
      // Putting a text again makes whatever was read before it be read again.
      for (const each of changes.known) {
        const before = known.factsOf(each.address);
        if (!before || !isSameKnown(before, each)) known.put(each);
      }
      for (const address of changes.forgotten) known.forget(address);
      ({ cursor, more } = changes);
    }
    generation = now;
    announceLoaded();
  };

  const take = async (): Promise<void> => {
    try {
      await takeChanges();
      if (!reached) log.info({}, 'what other instances have learnt can be asked for again');
      reached = true;
    } catch (error) {
      generation = undefined;
      if (reached && !closed)
        log.warn(
          { fault: faultOf(error) },
          'what other instances have learnt could not be asked for; what is known here stays',
        );
      reached = false;
    }
  };

  let taking: Promise<void> | undefined;
  let again = false;
  /** One at a time; whatever was announced meanwhile is one more. */
  const look = (): void => {
    again = true;
    taking ??= (async () => {
      while (again && !closed) {
        again = false;
        await take();
        // While a site is learnt, many changes are announced in a second.
        if (again && !closed) await pause(gatherMs, undefined, { ref: false });
      }
    })().finally(() => {
      taking = undefined;
    });
  };

  let ticks = 0;
  const tick = (): void => {
    ticks += 1;
    if (ticks % ticksBetweenLooks === 0 || isNews()) look();
  };
  const isNews = (): boolean => {
    try {
      return store.generation() !== generation;
    } catch {
      return true;
    }
  };
  const timer = setInterval(tick, lookMs);
  timer.unref();
  store.onChange(look);
  look();
  return {
    loaded,
    close: async () => {
      closed = true;
      clearInterval(timer);
      await taking;
    },
  };
};
