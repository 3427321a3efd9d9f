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
  const memory = new LRUCache<string, SubjectMemory>({ max: maxSubjects, ttl: 60_000 });

  const remember = (key: string, ask: MeterAsk, reading: MeterReading): MeterReading => {
    const known = memory.get(key) ?? { counted: new Set(), refused: new Set(), used: 0, resetsAt: 0 };
    known.used = Math.max(known.used, reading.used);
    known.resetsAt = reading.resetsAt;
    if (reading.outcome === 'charged' || reading.outcome === 'known') known.counted.add(ask.article);
    if (reading.outcome === 'exhausted') known.refused.add(ask.article);
    memory.set(key, known);
    return reading;
  };

  return {
    admit: (ask) => {
      if (ask.window.kind !== 'calendar') return store.admit(ask);
      const key = memoryKey(ask);
      const remembered = fromMemory(memory.get(key), ask);
      return remembered
        ? Promise.resolve(remembered)
        : store.admit(ask).then((reading) => remember(key, ask, reading));
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

interface SubjectMemory {
  readonly counted: Set<ArticleId>;
  readonly refused: Set<ArticleId>;
  used: number;
  resetsAt: number;
}

const memoryKey = (ask: MeterAsk): string => `${ask.subject}\n${ask.meter}\n${ask.window.key}`;

const fromMemory = (known: SubjectMemory | undefined, ask: MeterAsk): MeterReading | undefined => {
  if (!known) return undefined;
  const facts = { used: known.used, resetsAt: known.resetsAt };
  if (known.counted.has(ask.article)) return { outcome: 'known', ...facts };
  return known.refused.has(ask.article) && known.used >= ask.allowance
    ? { outcome: 'exhausted', ...facts }
    : undefined;
};

const dropSubject = (memory: LRUCache<string, SubjectMemory>, subject: string): void => {
  for (const key of memory.keys()) if (key.startsWith(`${subject}\n`)) memory.delete(key);
};
