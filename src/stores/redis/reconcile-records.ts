/** What a reconcile keeps in Redis: how far it is, and who may run it. */
import type { CustomerStore } from '../../billing/customer-store.ts';
import { parseProgress, progressJson } from '../customer-schema.ts';
import { type RedisConnection, script } from './connect.ts';
import { leaseKey, reconcileProgressKey } from './keys.ts';

type ReconcileRecords = Pick<CustomerStore, 'progress' | 'putProgress' | 'lease' | 'release'>;

/** Only tidies up after a holder that died: whether a lease has ended is decided by the caller's `now`. */
const forgetAfterMs = 2 * 86_400_000;

export function redisReconcileRecords(
  redis: RedisConnection,
  onMalformed: (where: string) => void,
): ReconcileRecords {
  return {
    progress: async () => {
      const json = await redis.ask((client) => client.get(reconcileProgressKey));
      if (json === null) return undefined;
      const read = parseProgress(json);
      if (read === undefined) onMalformed(reconcileProgressKey);
      return read;
    },
    putProgress: async (value) => {
      await redis.ask((client) => client.set(reconcileProgressKey, progressJson(value)));
    },
    lease: async (name, holder, now, untilMs) => {
      const keepMs = Math.max(0, untilMs - now) + forgetAfterMs;
      return (await redis.run(leaseScript, [leaseKey(name)], [holder, now, untilMs, keepMs])) === 1;
    },
    release: async (name, holder) => {
      await redis.run(releaseScript, [leaseKey(name)], [holder]);
    },
  };
}

/** KEYS[1]: the lease. ARGV: holder, now, until, how long to keep it. Answers whether the holder has it. */
const leaseScript = script(`
local there = redis.call('HMGET', KEYS[1], 'holder', 'until')
if there[1] and there[1] ~= ARGV[1] and tonumber(there[2]) > tonumber(ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'until', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
`);

/** KEYS[1]: the lease. ARGV: holder. */
const releaseScript = script(`
if redis.call('HGET', KEYS[1], 'holder') == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
return 1
`);
