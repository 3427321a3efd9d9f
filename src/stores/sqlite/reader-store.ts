/** Readers, devices and pending sign-ins in SQLite. */
import type { DeviceId, DeviceRecord, ReaderId } from '../../readers/reader.ts';
import type { ReaderStore } from '../../readers/reader-store.ts';
import { createListeners } from '../listeners.ts';
import { sqliteAccounts } from './accounts.ts';
import type { Database } from './database.ts';
import type { Revision } from './revision.ts';
import { sqliteSignIns } from './sign-ins.ts';

export function sqliteReaderStore(database: Database, revision: Revision): ReaderStore {
  // A request that began before the revocation may still note when the device was last seen: that must not undo it.
  const putDevice = database.prepare(`
    INSERT INTO devices (id, reader, created_at, last_seen_at, label) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET last_seen_at = excluded.last_seen_at, label = excluded.label WHERE revoked = 0`);
  const device = database.prepare<DeviceRow>('SELECT * FROM devices WHERE id = ? AND revoked = 0');
  const devices = database.prepare<DeviceRow>('SELECT * FROM devices WHERE reader = ? AND revoked = 0');
  const revoke = database.prepare("UPDATE devices SET revoked = 1, label = '' WHERE id = ? AND revoked = 0");
  const revoked = createListeners<DeviceId>();

  return {
    ...sqliteAccounts(database),
    putDevice: async ({ id, reader, createdAt, lastSeenAt, label }) => {
      putDevice.run(id, reader, createdAt, lastSeenAt, label);
    },
    device: async (id) => deviceFrom(device.get(id)),
    devices: async (reader) => devices.all(reader).flatMap((row) => deviceFrom(row) ?? []),
    revokeDevice: async (id) => {
      const existed = revision.change(
        () => revoke.run(id).changes > 0,
        (taken) => taken,
      );
      if (existed) revoked.tell(id);
      return existed;
    },
    onRevoked: revoked.add,
    ...sqliteSignIns(database),
  };
}

interface DeviceRow {
  readonly id: string;
  readonly reader: string;
  readonly created_at: number;
  readonly last_seen_at: number;
  readonly label: string;
}

const deviceFrom = (row: DeviceRow | undefined): DeviceRecord | undefined =>
  row && {
    id: row.id as DeviceId,
    reader: row.reader as ReaderId,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    label: row.label,
  };
