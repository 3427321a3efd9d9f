/** A meter store that remembers answers which can't change within their window, so that a hot reader costs no question. */
import { LRUCache } from 'lru-cache';
import type { ArticleId } from '../article/article.ts';
import type { MeterAsk, MeterReading, MeterStore } from './meter-store.ts';

/**
 * Only calendar windows are remembered, and only facts about one article that hold until the window ends however many
 * instances count: counted stays counted, and refused at the allowance stays refused. A merge on another instance or
 * an erasure can change that, so a memory lasts a minute; a larger allowance is looked at each time.
 */
export const rememberReadings = (store: MeterStore, maxSubjects = 100_000): MeterStore => {
  const memory = new LRUCache<string, SubjectMemory>({ max: maxSubjects });

  const remember = (ask: MeterAsk, reading: MeterReading): MeterReading => {
    // Most visitors read one article and are never seen again: what is kept of each costs more than asking once more.
    if (reading.outcome === 'charged' && reading.used === 1) return reading;
    const key = memoryKey(ask);
    const known = freshAt(memory.get(key), ask.now);
    const { counted, refused } = known ?? { counted: none, refused: none };
    memory.set(key, {
      since: known?.since ?? ask.now,
      used: Math.max(known?.used ?? 0, reading.used),
      resetsAt: reading.resetsAt,
      counted: isCounted(reading) ? withNoted(counted, ask.article) : counted,
      refused: reading.outcome === 'exhausted' ? withNoted(refused, ask.article) : refused,
    });
    return reading;
  };

  const peek = (ask: MeterAsk): MeterReading | undefined =>
    ask.window.kind === 'calendar'
      ? fromMemory(freshAt(memory.get(memoryKey(ask)), ask.now), ask)
      : undefined;

  return {
    peek,
    // Whoever asks has peeked: looking again would cost each first read twice.
    admit: (ask) => {
      const answer = store.admit(ask);
      return ask.window.kind === 'calendar' ? answer.then((reading) => remember(ask, reading)) : answer;
    },
    reads: (of) => store.reads(of),
    merge: async (from, into, meter, window, now) => {
      await store.merge(from, into, meter, window, now);
      dropSubject(memory, into.subject);
    },
    forget: async (of) => {
      await store.forget(of);
      dropSubject(memory, of.subject);
    },
  };
};

/** Lists, since nearly every subject has a handful of articles and a set for each would cost more than it finds. */
interface SubjectMemory {
  readonly since: number;
  readonly used: number;
  readonly resetsAt: number;
  readonly counted: readonly ArticleId[];
  readonly refused: readonly ArticleId[];
}

const memoryMs = 60_000;
const maxNoted = 200;
const none: readonly ArticleId[] = [];

/** By the asker's own clock, which is at hand, while a cache's own would be read again for each view. */
const freshAt = (known: SubjectMemory | undefined, now: number): SubjectMemory | undefined =>
  known && now - known.since < memoryMs ? known : undefined;

const isCounted = ({ outcome }: MeterReading): boolean => outcome === 'charged' || outcome === 'known';

const withNoted = (articles: readonly ArticleId[], article: ArticleId): readonly ArticleId[] =>
  articles.length >= maxNoted || articles.includes(article) ? articles : [...articles, article];

const memoryKey = (ask: MeterAsk): string => `${ask.subject}\n${ask.meter}\n${ask.window.key}`;

const fromMemory = (known: SubjectMemory | undefined, ask: MeterAsk): MeterReading | undefined => {
  if (!known) return undefined;
  const facts = { used: known.used, resetsAt: known.resetsAt };
  if (known.counted.includes(ask.article)) return { outcome: 'known', ...facts };
  return known.refused.includes(ask.article) && known.used >= ask.allowance
    ? { outcome: 'exhausted', ...facts }
    : undefined;
};

const dropSubject = (memory: LRUCache<string, SubjectMemory>, subject: string): void => {
  for (const key of memory.keys()) if (key.startsWith(`${subject}\n`)) memory.delete(key);
};
