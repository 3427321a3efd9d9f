/** The live view of entitlements in SQLite. */
import type { Entitlement, EntitlementId, Source } from '../../entitlements/entitlement.ts';
import type { EntitlementStore } from '../../entitlements/entitlement-store.ts';
import type { ProductId } from '../../policy/policy.ts';
import type { ReaderId } from '../../readers/reader.ts';
import { createListeners } from '../listeners.ts';
import type { Database } from './database.ts';
import type { Revision } from './revision.ts';

/** Listeners hear this process's changes; another's show in `generation()`, at the next request. */
export function sqliteEntitlementStore(database: Database, revision: Revision): EntitlementStore {
  const list = database.prepare<EntitlementRow>('SELECT * FROM entitlements WHERE reader = ?');
  const upsert = database.prepare(`
    INSERT INTO entitlements (reader, id, product, source, starts_at, ends_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET product = excluded.product, source = excluded.source,
      starts_at = excluded.starts_at, ends_at = excluded.ends_at`);
  const remove = database.prepare('DELETE FROM entitlements WHERE reader = ? AND id = ?');
  const removeSource = database.prepare('DELETE FROM entitlements WHERE reader = ? AND source = ?');
  const changed = createListeners<ReaderId>();

  const write = (reader: ReaderId, { id, product, source, startsAt, endsAt }: Entitlement): void => {
    upsert.run(reader, id, product, source, startsAt, endsAt);
  };

  return {
    of: async (reader) => list.all(reader).map(entitlementFrom),
    put: async (reader, entitlement) => {
      revision.change(() => write(reader, entitlement));
      changed.tell(reader);
    },
    remove: async (reader, id) => {
      const existed = revision.change(() => remove.run(reader, id).changes > 0);
      if (existed) changed.tell(reader);
      return existed;
    },
    replaceSource: async (reader, source, entitlements) => {
      revision.change(() => {
        removeSource.run(reader, source);
        for (const entitlement of entitlements) write(reader, entitlement);
      });
      changed.tell(reader);
    },
    onChange: changed.add,
    generation: revision.ofOthers,
  };
}

interface EntitlementRow {
  readonly id: string;
  readonly product: string;
  readonly source: string;
  readonly starts_at: number;
  readonly ends_at: number;
}

const entitlementFrom = (row: EntitlementRow): Entitlement => ({
  id: row.id as EntitlementId,
  product: row.product as ProductId,
  source: row.source as Source,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
});
