/** Readers and their devices in Redis, each step on keys of one slot, so that a Cluster takes them too. */
import type { DeviceId } from '../../readers/reader.ts';
import type { ReaderStore } from '../../readers/reader-store.ts';
import { createListeners } from '../listeners.ts';
import { redisAccounts } from './accounts.ts';
import { type RedisConnection, script } from './connect.ts';
import { deviceKey, readerDevicesKey } from './keys.ts';
import { parseDevice } from './record-schema.ts';
import { redisSignIns } from './sign-ins.ts';

/** Longer than a browser keeps any cookie: by then no token of the device is left that could bring it back. */
const rememberRevokedMs = 400 * 86_400_000;

/** @param onMalformed told the key of a record that can't be read; it counts as absent. */
export function redisReaderStore(redis: RedisConnection, onMalformed: (where: string) => void): ReaderStore {
  const revoked = createListeners<DeviceId>();
  redis.onMessage('gf:revoked', (device) => revoked.tell(device as DeviceId));

  const device: ReaderStore['device'] = async (id) => {
    const json = await redis.ask((client) => client.get(deviceKey(id)));
    if (json === null || json === 'revoked') return undefined;
    const record = parseDevice(json);
    if (record === undefined) onMalformed(deviceKey(id));
    return record;
  };

  return {
    ...redisAccounts(redis, onMalformed),
    putDevice: async (record) => {
      // The reader's list first: a device that is listed and missing is harmless, one that can't be found to revoke isn't.
      await redis.ask((client) => client.sadd(readerDevicesKey(record.reader), record.id));
      const kept = await redis.run(putDeviceScript, [deviceKey(record.id)], [JSON.stringify(record)]);
      if (kept === 0) await redis.ask((client) => client.srem(readerDevicesKey(record.reader), record.id));
    },
    device,
    devices: async (reader) => {
      const ids = await redis.ask((client) => client.smembers(readerDevicesKey(reader)));
      const found = await Promise.all(ids.map((id) => device(id as DeviceId)));
      return found.filter((one) => one !== undefined);
    },
    revokeDevice: async (id) => {
      const record = await device(id);
      const existed = (await redis.run(revokeDeviceScript, [deviceKey(id)], [id, rememberRevokedMs])) === 1;
      if (record) await redis.ask((client) => client.srem(readerDevicesKey(record.reader), id));
      if (existed) revoked.tell(id);
      return existed;
    },
    onRevoked: revoked.add,
    ...redisSignIns(redis, onMalformed),
  };
}

/** KEYS[1]: the device. ARGV: JSON. Answers whether it was kept: a late write doesn't bring a revoked device back. */
const putDeviceScript = script(`
if redis.call('GET', KEYS[1]) == 'revoked' then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1])
return 1
`);

/** KEYS[1]: the device. ARGV: its id, how long to remember. Answers whether it existed and wasn't revoked yet. */
const revokeDeviceScript = script(`
local record = redis.call('GET', KEYS[1])
if not record or record == 'revoked' then
  return 0
end
redis.call('SET', KEYS[1], 'revoked', 'PX', ARGV[2])
redis.call('PUBLISH', 'gf:revoked', ARGV[1])
return 1
`);
