/** Purges in SQLite: the newest few in a table whose numbers are never given twice. */
import type { PurgeStore } from '../../gate/purge-store.ts';
import { createListeners } from '../listeners.ts';
import { parsePurge, purgesKept } from '../purge-schema.ts';
import { purgesIn } from '../read-purges.ts';
import type { Database } from './database.ts';

export function sqlitePurgeStore(database: Database): PurgeStore {
  const changed = createListeners<void>();
  const newest = database.prepare<{ number: number | null }>('SELECT max(number) AS number FROM purges');
  const add = database.prepare('INSERT INTO purges (purge) VALUES (?)');
  const drop = database.prepare(
    `DELETE FROM purges WHERE number <= (SELECT max(number) FROM purges) - ${purgesKept}`,
  );
  const since = database.prepare<{ number: number; purge: string }>(
    'SELECT number, purge FROM purges WHERE number > ? ORDER BY number',
  );
  const newestNow = (): number => newest.get()?.number ?? 0;
  return {
    announce: async (purge) => {
      database.transaction('write', () => {
        add.run(JSON.stringify(purge));
        drop.run();
      });
      changed.tell();
    },
    newest: async () => newestNow(),
    since: async (number) => {
      const rows = since.all(number);
      return purgesIn(
        number,
        rows.at(-1)?.number ?? newestNow(),
        rows.map(({ purge }) => parsePurge(purge)),
      );
    },
    onChange: changed.add,
    generation: newestNow,
  };
}
