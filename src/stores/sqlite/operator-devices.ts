/** The browsers that operators are signed in with, in SQLite. */
import type { Appointment, OperatorDevice, OperatorDeviceId } from '../../console/operators/operator.ts';
import type { OperatorDevices } from '../../console/operators/operator-store.ts';
import type { Email } from '../../readers/reader.ts';
import type { Database } from './database.ts';

export function sqliteOperatorDevices(database: Database): OperatorDevices {
  const dropExpired = database.prepare('DELETE FROM operator_devices WHERE expires_at <= ?');
  const put = database.prepare(`
    INSERT INTO operator_devices (id, hash, email, appointment, label, created_at, expires_at, last_seen_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const one = database.prepare<DeviceRow>('SELECT * FROM operator_devices WHERE id = ?');
  const ofOperator = database.prepare<DeviceRow>(
    'SELECT * FROM operator_devices WHERE email = ? ORDER BY created_at DESC, id',
  );
  const noteSeen = database.prepare(
    'UPDATE operator_devices SET last_seen_at = max(last_seen_at, ?) WHERE id = ?',
  );
  const remove = database.prepare('DELETE FROM operator_devices WHERE id = ?');

  return {
    putOperatorDevice: async (device) =>
      database.transaction('write', () => {
        const { id, hash, email, appointment, label, createdAt, expiresAt, lastSeenAt } = device;
        dropExpired.run(createdAt);
        put.run(id, hash, email, appointment, label, createdAt, expiresAt, lastSeenAt);
      }),
    operatorDevice: async (id) => {
      const row = one.get(id);
      return row && deviceFrom(row);
    },
    devicesOfOperator: async (email) => ofOperator.all(email).map(deviceFrom),
    noteOperatorDeviceSeen: async (id, at) => void noteSeen.run(at, id),
    removeOperatorDevice: async (id) => remove.run(id).changes > 0,
  };
}

interface DeviceRow {
  readonly id: string;
  readonly hash: string;
  readonly email: string;
  readonly appointment: string;
  readonly label: string;
  readonly created_at: number;
  readonly expires_at: number;
  readonly last_seen_at: number;
}

const deviceFrom = (row: DeviceRow): OperatorDevice => ({
  id: row.id as OperatorDeviceId,
  hash: row.hash,
  email: row.email as Email,
  appointment: row.appointment as Appointment,
  label: row.label,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  lastSeenAt: row.last_seen_at,
});
