/** Brings what instances have learnt into this one's memory: all of it at the start, and each change since. */
import { followChanges } from '../ops/follow-changes.ts';
import type { Log } from '../ops/log.ts';
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
const looksBetweenAsking = 60;

/** While the store is away, what is in memory stays. */
export const followKnown = ({ store, known, log, lookMs = 1_000 }: Options): Following => {
  let cursor: KnownCursor = fromTheStart;
  let generation: number | undefined;
  let announceLoaded: () => void = () => undefined;
  const loaded = new Promise<void>((resolve) => {
    announceLoaded = resolve;
  });

  const takeChanges = async (isClosed: () => boolean): Promise<void> => {
    // Read before the changes are: what comes between the two is looked for once more.
    const now = store.generation();
    for (let more = true; more && !isClosed(); ) {
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

  const following = followChanges({
    take: async (isClosed) => {
      try {
        await takeChanges(isClosed);
      } catch (error) {
        generation = undefined;
        throw error;
      }
    },
    isNews: () => store.generation() !== generation,
    onChange: (look) => store.onChange(look),
    log,
    words: {
      lost: 'what other instances have learnt could not be asked for; what is known here stays',
      back: 'what other instances have learnt can be asked for again',
    },
    ...{ lookMs, looksBetweenAsking, gatherMs },
  });
  return { loaded, close: following.close };
};
