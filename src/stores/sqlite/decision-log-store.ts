/** The decision log in SQLite: a put and what gives way to it are one transaction. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DecisionLogStore, LogChunk } from '../../insight/decision-log-store.ts';
import type { Database } from './database.ts';

const chunksTogether = 10;

export function sqliteDecisionLogStore(database: Database): DecisionLogStore {
  const put = database.prepare(`
    INSERT INTO decision_chunks (id, began_at, views, data) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET began_at = excluded.began_at, views = excluded.views, data = excluded.data`);
  const sum = database.prepare<{ views: number | null }>('SELECT sum(views) AS views FROM decision_chunks');
  const oldest = database.prepare<Omit<ChunkRow, 'data'>>(
    'SELECT id, began_at, views FROM decision_chunks WHERE id <> ? ORDER BY began_at, id LIMIT 1',
  );
  const remove = database.prepare('DELETE FROM decision_chunks WHERE id = ?');
  const page = database.prepare<ChunkRow>(
    `SELECT * FROM decision_chunks WHERE (began_at, id) > (?, ?) ORDER BY began_at, id LIMIT ${chunksTogether}`,
  );
  const size = (): number => sum.get()?.views ?? 0;

  return {
    put: async ({ id, from, count, data }, limits) => {
      database.transaction('write', () => {
        put.run(id, from, count, data);
        for (let kept = size(); ; ) {
          const first = oldest.get(id);
          if (!first || (kept <= limits.views && first.began_at >= limits.since)) return;
          remove.run(first.id);
          kept -= first.views;
        }
      });
    },
    chunks: async function* () {
      for (let after: readonly [number, string] = [Number.MIN_SAFE_INTEGER, '']; ; ) {
        const rows = page.all(...after);
        const last = rows.at(-1);
        if (last === undefined) return;
        yield* rows.map(chunkFrom);
        after = [last.began_at, last.id];
        // Unpacking takes turns with readers' requests.
        await nextTurn();
      }
    },
    size: async () => size(),
  };
}

interface ChunkRow {
  readonly id: string;
  readonly began_at: number;
  readonly views: number;
  readonly data: string;
}

const chunkFrom = ({ id, began_at, views, data }: ChunkRow): LogChunk => ({
  id,
  from: began_at,
  count: views,
  data,
});
