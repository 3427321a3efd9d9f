/** The SQL behind free reads, prepared once. */
import type { Database } from './database.ts';

interface CountRow {
  readonly used: number;
  readonly oldest: number | null;
  /** 1, 0, or null when nothing was counted. */
  readonly known: number | null;
}

export function prepareMeterStatements(database: Database) {
  const count = database.prepare<CountRow>(`
    SELECT count(*) AS used, min(read_at) AS oldest, max(article = ?) AS known FROM reads
    WHERE subject = ? AND meter = ? AND window = ? AND read_at > ?`);
  const list = database.prepare<{ article: string; read_at: number }>(`
    SELECT article, read_at FROM reads
    WHERE subject = ? AND meter = ? AND window = ? AND read_at > ? ORDER BY read_at, article`);
  // The conflict is with a read that expired but was not pruned yet: one that counts is never charged again.
  const add = database.prepare(`
    INSERT INTO reads (subject, meter, window, article, read_at, prune_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET read_at = excluded.read_at, prune_at = excluded.prune_at`);
  const merge = database.prepare(`
    INSERT INTO reads (subject, meter, window, article, read_at, prune_at)
    SELECT ?1, meter, window, article, read_at, ?6 FROM reads
    WHERE subject = ?2 AND meter = ?3 AND window = ?4 AND read_at > ?5
    ON CONFLICT DO UPDATE SET
      read_at = iif(reads.read_at > ?5, min(reads.read_at, excluded.read_at), excluded.read_at),
      prune_at = max(reads.prune_at, excluded.prune_at)`);
  const forget = database.prepare('DELETE FROM reads WHERE subject = ?');
  const firsts = database.prepare<{ subjects: number }>(
    'SELECT subjects FROM network_firsts WHERE slot = ? AND meter = ? AND window = ?',
  );
  const addFirst = database.prepare(`
    INSERT INTO network_firsts (slot, meter, window, subjects, prune_at) VALUES (?, ?, ?, 1, ?)
    ON CONFLICT DO UPDATE SET subjects = subjects + 1, prune_at = excluded.prune_at`);

  return {
    count: (article: string, subject: string, meter: string, window: string, since: number): CountRow =>
      count.get(article, subject, meter, window, since) ?? { used: 0, oldest: null, known: null },
    listReads: (subject: string, meter: string, window: string, since: number) =>
      list.all(subject, meter, window, since),
    addRead: (
      subject: string,
      meter: string,
      window: string,
      article: string,
      readAt: number,
      pruneAt: number,
    ) => add.run(subject, meter, window, article, readAt, pruneAt),
    mergeReads: (into: string, from: string, meter: string, window: string, since: number, pruneAt: number) =>
      merge.run(into, from, meter, window, since, pruneAt),
    forgetReads: (subject: string) => forget.run(subject),
    networkFirsts: (slot: string, meter: string, window: string): number =>
      firsts.get(slot, meter, window)?.subjects ?? 0,
    addNetworkFirst: (slot: string, meter: string, window: string, pruneAt: number) =>
      addFirst.run(slot, meter, window, pruneAt),
  };
}
