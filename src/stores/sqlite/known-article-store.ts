/** Known articles in SQLite: one table in the order of its changes, where what was forgotten stands on for a while. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ArticleId } from '../../article/article.ts';
import type { KnownArticle } from '../../sentry/known-article.ts';
import {
  forgottenToldMs,
  type KnownArticleStore,
  type KnownChanges,
  type KnownCursor,
} from '../../sentry/known-article-store.ts';
import { knownFactsJson, parseKnownFacts } from '../known-article-schema.ts';
import { createListeners } from '../listeners.ts';
import type { Database } from './database.ts';

/** Writing and reading block the event loop. */
const articlesTogether = 50;
const bytesTogether = 4 * 1_048_576;
const endedTogether = 200;

/** @param onMalformed told the address of an article that can't be read; it is as if it weren't there. */
export function sqliteKnownArticleStore(
  database: Database,
  onMalformed: (where: string) => void,
): KnownArticleStore {
  const changed = createListeners<void>();
  const newest = database.prepare<{ revision: number | null }>(
    'SELECT max(revision) AS revision FROM known_articles',
  );
  const put = database.prepare(`
    INSERT INTO known_articles (address, revision, facts, fingerprints, public_runs) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET revision = excluded.revision, facts = excluded.facts,
      fingerprints = excluded.fingerprints, public_runs = excluded.public_runs, told_until = NULL`);
  const forget = database.prepare(`
    UPDATE known_articles SET revision = ?, facts = NULL, fingerprints = NULL, public_runs = NULL, told_until = ?
    WHERE address = ? AND facts IS NOT NULL`);
  const dropEnded = database.prepare(`
    DELETE FROM known_articles WHERE address IN (
      SELECT address FROM known_articles WHERE told_until <= ? LIMIT ${endedTogether})`);
  const page = database.prepare<Row>(
    'SELECT * FROM known_articles WHERE revision > ? ORDER BY revision LIMIT ?',
  );

  const change = (now: number, work: (next: () => number) => void): void => {
    database.transaction('write', () => {
      // No less than the time: the newest may have been dropped, and its revision must not be given once more.
      let revision = Math.max(newest.get()?.revision ?? 0, Math.floor(now) - 1);
      work(() => {
        revision += 1;
        return revision;
      });
      dropEnded.run(now);
    });
  };

  return {
    put: async (known, now) => {
      for (let from = 0; from < known.length; from += articlesTogether) {
        if (from > 0) await nextTurn();
        change(now, (next) => {
          for (const one of known.slice(from, from + articlesTogether))
            put.run(one.address, next(), knownFactsJson(one), one.fingerprints, one.publicRuns);
        });
      }
      if (known.length > 0) changed.tell();
    },
    forget: async (addresses, now) => {
      change(now, (next) => {
        for (const address of addresses) forget.run(next(), now + forgottenToldMs, address);
      });
      if (addresses.length > 0) changed.tell();
    },
    changesSince: async (cursor, limit): Promise<KnownChanges> => {
      const known: KnownArticle[] = [];
      const forgotten: ArticleId[] = [];
      let [after, left, size, more] = [Number(cursor), limit, 0, true];
      while (more && left > 0 && size < bytesTogether) {
        const rows = page.all(after, Math.min(left, articlesTogether));
        more = rows.length > 0;
        left -= rows.length;
        for (const { address, revision, facts: json, fingerprints, public_runs: publicRuns } of rows) {
          after = revision;
          const facts = json === null ? undefined : parseKnownFacts(json);
          size += fingerprints?.byteLength ?? 0;
          if (json === null) forgotten.push(address as ArticleId);
          else if (!facts) onMalformed(`known_articles ${address}`);
          else known.push({ ...facts, fingerprints: bytes(fingerprints), publicRuns: bytes(publicRuns) });
        }
        if (more) await nextTurn();
      }
      return { known, forgotten, cursor: String(after) as KnownCursor, more };
    },
    onChange: changed.add,
    generation: () => newest.get()?.revision ?? 0,
  };
}

interface Row {
  readonly address: string;
  readonly revision: number;
  readonly facts: string | null;
  readonly fingerprints: ArrayBuffer | null;
  readonly public_runs: ArrayBuffer | null;
}

const bytes = (value: ArrayBuffer | null): Buffer => Buffer.from(value ?? new ArrayBuffer(0));
