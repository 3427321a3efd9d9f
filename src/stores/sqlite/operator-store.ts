/** Who may use the console, in SQLite. Every request asks the file itself: nothing is kept in memory. */
import type { Role } from '../../console/operators/may.ts';
import type { Appointment, OperatorRecord } from '../../console/operators/operator.ts';
import type { InvitedOperators, OperatorStore } from '../../console/operators/operator-store.ts';
import type { Email } from '../../readers/reader.ts';
import { sqliteApiTokens } from './api-tokens.ts';
import type { Database } from './database.ts';
import { sqliteOperatorDevices } from './operator-devices.ts';

export const sqliteOperatorStore = (database: Database): OperatorStore => ({
  ...invitedOperators(database),
  ...sqliteOperatorDevices(database),
  ...sqliteApiTokens(database),
});

function invitedOperators(database: Database): InvitedOperators {
  const one = database.prepare<OperatorRow>('SELECT * FROM operators WHERE email = ?');
  const all = database.prepare<OperatorRow>('SELECT * FROM operators ORDER BY email');
  const add = database.prepare(`
    INSERT INTO operators (email, role, appointment, invited_by, invited_at, last_seen_at)
    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
  const changeRole = database.prepare(
    'UPDATE operators SET role = ? WHERE email = ? AND appointment = ? AND role = ?',
  );
  const remove = database.prepare('DELETE FROM operators WHERE email = ? AND appointment = ?');
  const removeDevices = database.prepare('DELETE FROM operator_devices WHERE email = ? AND appointment = ?');
  const removeTokens = database.prepare('DELETE FROM api_tokens WHERE created_by = ? AND appointment = ?');
  const noteSeen = database.prepare(`
    UPDATE operators SET last_seen_at = max(coalesce(last_seen_at, 0), ?) WHERE email = ? AND appointment = ?`);

  return {
    operator: async (email) => {
      const row = one.get(email);
      return row && operatorFrom(row);
    },
    operators: async () => all.all().map(operatorFrom),
    addOperator: async ({ email, role, appointment, invitedBy, invitedAt, lastSeenAt }) =>
      add.run(email, role, appointment, invitedBy, invitedAt, lastSeenAt ?? null).changes > 0,
    changeRole: async (email, { appointment, from, to }) =>
      changeRole.run(to, email, appointment, from).changes > 0,
    removeOperator: async (email, appointment) =>
      database.transaction('write', () => {
        if (remove.run(email, appointment).changes === 0) return false;
        removeDevices.run(email, appointment);
        removeTokens.run(email, appointment);
        return true;
      }),
    noteOperatorSeen: async (email, appointment, at) => void noteSeen.run(at, email, appointment),
  };
}

interface OperatorRow {
  readonly email: string;
  readonly role: string;
  readonly appointment: string;
  readonly invited_by: string;
  readonly invited_at: number;
  readonly last_seen_at: number | null;
}

const operatorFrom = (row: OperatorRow): OperatorRecord => ({
  email: row.email as Email,
  role: row.role as Role,
  appointment: row.appointment as Appointment,
  invitedBy: row.invited_by as Email,
  invitedAt: row.invited_at,
  ...(row.last_seen_at === null ? {} : { lastSeenAt: row.last_seen_at }),
});
