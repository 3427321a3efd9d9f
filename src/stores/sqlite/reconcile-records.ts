/** What a reconcile keeps in SQLite: how far it is, and who may run it. */
import type { CustomerStore } from '../../billing/customer-store.ts';
import { parseProgress, progressJson } from '../customer-schema.ts';
import type { Database } from './database.ts';

type ReconcileRecords = Pick<CustomerStore, 'progress' | 'putProgress' | 'lease' | 'release'>;

export function sqliteReconcileRecords(
  database: Database,
  onMalformed: (where: string) => void,
): ReconcileRecords {
  const progress = database.prepare<{ json: string }>('SELECT json FROM reconcile_progress');
  const putProgress = database.prepare(`
    INSERT INTO reconcile_progress (only, json) VALUES (1, ?) ON CONFLICT DO UPDATE SET json = excluded.json`);
  const lease = database.prepare(`
    INSERT INTO leases (name, holder, until) VALUES (?1, ?2, ?4)
    ON CONFLICT DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE holder = excluded.holder OR until <= ?3`);
  const release = database.prepare('DELETE FROM leases WHERE name = ? AND holder = ?');

  return {
    progress: async () => {
      const row = progress.get();
      if (row === undefined) return undefined;
      const read = parseProgress(row.json);
      if (read === undefined) onMalformed('reconcile_progress');
      return read;
    },
    putProgress: async (value) => void putProgress.run(progressJson(value)),
    lease: async (name, holder, now, untilMs) => lease.run(name, holder, now, untilMs).changes > 0,
    release: async (name, holder) => void release.run(name, holder),
  };
}
