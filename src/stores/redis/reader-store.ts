/** Readers and their devices in Redis, each step on keys of one slot, so that a Cluster takes them too. */
import type { DeviceId, ReaderId, ReaderRecord } from '../../readers/reader.ts';
import type { ReaderStore } from '../../readers/reader-store.ts';
import { createListeners } from '../listeners.ts';
import { type RedisConnection, script } from './connect.ts';
import { deviceKey, emailKey, readerDevicesKey, readerKey } from './keys.ts';
import { parseDevice, parseReader } from './record-schema.ts';
import { redisSignIns } from './sign-ins.ts';

/** Longer than a browser keeps any cookie: by then no token of the device is left that could bring it back. */
const rememberRevokedMs = 400 * 86_400_000;

/** @param onMalformed told the key of a record that can't be read; it counts as absent. */
export function redisReaderStore(redis: RedisConnection, onMalformed: (where: string) => void): ReaderStore {
  const revoked = createListeners<DeviceId>();
  redis.onMessage('gf:revoked', (device) => revoked.tell(device as DeviceId));

  const read = async <Kept>(
    key: string,
    parse: (json: string) => Kept | undefined,
  ): Promise<Kept | undefined> => {
    const json = await redis.ask((client) => client.get(key));
    if (json === null || json === 'revoked') return undefined;
    const kept = parse(json);
    if (kept === undefined) onMalformed(key);
    return kept;
  };

  const byId: ReaderStore['byId'] = (id) => read(readerKey(id), parseReader);
  const device: ReaderStore['device'] = (id) => read(deviceKey(id), parseDevice);

  return {
    byId,
    byEmail: async (email) => {
      const id = await redis.ask((client) => client.get(emailKey(email)));
      return id === null ? undefined : byId(id as ReaderId);
    },
    findOrCreate: (candidate) => findOrCreate(redis, candidate, byId),
    putDevice: async (record) => {
      // The reader's list first: a device that is listed and missing is harmless, one that can't be found to revoke isn't.
      await redis.ask((client) => client.sadd(readerDevicesKey(record.reader), record.id));
      await redis.run(putDeviceScript, [deviceKey(record.id)], [JSON.stringify(record)]);
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

/**
 * The record is written before the address points to it, so that whoever finds the address finds a record. Whoever
 * loses the race takes their own away again.
 */
async function findOrCreate(
  redis: RedisConnection,
  candidate: ReaderRecord,
  byId: ReaderStore['byId'],
): Promise<ReaderRecord> {
  const email = emailKey(candidate.email);
  const known = await redis.ask((client) => client.get(email));
  const existing = known === null ? undefined : await byId(known as ReaderId);
  if (existing) return existing;
  await redis.ask((client) => client.set(readerKey(candidate.id), JSON.stringify(candidate)));
  const winner = await redis.run(claimEmailScript, [email], [candidate.id, known ?? '']);
  if (winner === candidate.id) return candidate;
  await redis.ask((client) => client.unlink(readerKey(candidate.id)));
  return (await byId(winner as ReaderId)) ?? candidate;
}

/** KEYS[1]: the address. ARGV: the candidate, and the id that was found to have no record ('' for none). Answers who has it. */
const claimEmailScript = script(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[2] then
  return holder
end
redis.call('SET', KEYS[1], ARGV[1])
return ARGV[1]
`);

/** KEYS[1]: the device. ARGV: JSON. A late write doesn't bring a revoked device back. */
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
