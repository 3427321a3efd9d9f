/** Free reads counted in SQLite: all asks of one turn of the event loop share one transaction, and so one disk flush. */
import type { ArticleId } from '../../article/article.ts';
import type { CountedRead, MeterAsk, MeterReading, MeterStore } from '../../meter/meter-store.ts';
import { countsAfter, keepForMs, readsWindow, resetsAt } from '../counting-window.ts';
import { gather } from '../gather.ts';
import type { Database } from './database.ts';
import { prepareMeterStatements } from './meter-statements.ts';
import { createPruning } from './prune.ts';

export interface SqliteMeterStore extends MeterStore {
  /** Answers what is waiting, before the file is closed. */
  flush(): void;
}

/** Holds up the event loop for about 10 ms at most. */
const maxTogether = 500;

/** Before every read there is: what "counts since" means in a window where all reads count. */
const always = Number.MIN_SAFE_INTEGER;

export function sqliteMeterStore(database: Database): SqliteMeterStore {
  const statements = prepareMeterStatements(database);
  const pruning = createPruning(database);

  const answerAll = async (asks: readonly MeterAsk[]): Promise<readonly MeterReading[]> => {
    const charging = asks.some((ask) => ask.charge);
    return database.transaction(charging ? 'write' : 'read', () => {
      const readings = asks.map(admit);
      if (charging) pruning.step(Math.min(...asks.map((ask) => ask.now)));
      return readings;
    });
  };

  const admit = (ask: MeterAsk): MeterReading => {
    const { subject, meter, article, window, now } = ask;
    const since = countsAfter(window, now) ?? always;
    const { used, oldest, known } = statements.count(article, subject, meter, readsWindow(window), since);
    const reading = (outcome: MeterReading['outcome']): MeterReading => ({
      outcome,
      used,
      resetsAt: resetsAt(window, oldest ?? undefined, now),
    });
    if (known) return reading('known');
    if (used >= ask.allowance) return reading('exhausted');
    const counted = used === 0 && ask.networkAllowance !== undefined;
    if (counted && networkIsFull(ask)) return reading('network-exhausted');
    if (!ask.charge) return reading('available');
    charge(ask, counted);
    const earliest = oldest === null ? now : Math.min(oldest, now);
    return { outcome: 'charged', used: used + 1, resetsAt: resetsAt(window, earliest, now) };
  };

  const networkIsFull = ({ slot, meter, window, networkAllowance = 0 }: MeterAsk): boolean =>
    statements.networkFirsts(slot, meter, window.key) >= networkAllowance;

  const charge = (
    { subject, slot, meter, article, window, now }: MeterAsk,
    countInNetwork: boolean,
  ): void => {
    const pruneAt = now + keepForMs(window, now);
    if (countInNetwork) statements.addNetworkFirst(slot, meter, window.key, pruneAt);
    statements.addRead(subject, meter, readsWindow(window), article, now, pruneAt);
  };

  const gathering = gather<MeterAsk, MeterReading>({ groupOf: () => '', maxTogether, answerAll });

  return {
    admit: gathering.ask,
    flush: gathering.flush,
    reads: async ({ meter, subject, window, now }) =>
      statements
        .listReads(subject, meter, readsWindow(window), countsAfter(window, now) ?? always)
        .map(({ article, read_at }): CountedRead => ({ article: article as ArticleId, readAt: read_at })),
    merge: async (from, into, meter, window, now) => {
      const since = countsAfter(window, now) ?? always;
      const pruneAt = now + keepForMs(window, now);
      database.transaction('write', () =>
        statements.mergeReads(into.subject, from.subject, meter, readsWindow(window), since, pruneAt),
      );
    },
    forget: async ({ subject }) => {
      database.transaction('write', () => statements.forgetReads(subject));
    },
  };
}
