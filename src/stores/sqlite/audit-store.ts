/** The audit log in SQLite: numbered lines, of which the file itself refuses to change one. */
import type { AuditStore } from '../../console/operators/audit-store.ts';
import { pageOf } from '../audit-page.ts';
import type { Database } from './database.ts';

/** @param onMalformed told of a line that can't be read; it is passed over. */
export function sqliteAuditStore(database: Database, onMalformed: (where: string) => void): AuditStore {
  const append = database.prepare('INSERT INTO audit_log (at, line) VALUES (?, ?)');
  const dropTooMany = database.prepare(
    'DELETE FROM audit_log WHERE number <= (SELECT max(number) FROM audit_log) - ?',
  );
  // Only from the old end, up to the first that is to stay: no line goes while an older one stays.
  const dropTooOld = database.prepare(`
    DELETE FROM audit_log WHERE number < coalesce(
      (SELECT number FROM audit_log WHERE at >= ? ORDER BY number LIMIT 1), (SELECT max(number) FROM audit_log))`);
  const page = database.prepare<{ number: number; line: string }>(
    'SELECT number, line FROM audit_log WHERE number < ? ORDER BY number DESC LIMIT ?',
  );

  return {
    appendAudit: async (line, { lines, since }) =>
      database.transaction('write', () => {
        append.run(line.at, JSON.stringify(line));
        dropTooMany.run(lines);
        dropTooOld.run(since);
      }),
    auditPage: async ({ limit, before = Number.MAX_SAFE_INTEGER }) =>
      pageOf(page.all(before, limit + 1), limit, (number) => onMalformed(`audit_log ${number}`)),
  };
}
