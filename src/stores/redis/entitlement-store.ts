/** The live view of entitlements in Redis; every change is published in the same step that makes it. */
import type { Entitlement } from '../../entitlements/entitlement.ts';
import type { EntitlementStore } from '../../entitlements/entitlement-store.ts';
import type { ReaderId } from '../../readers/reader.ts';
import { createListeners } from '../listeners.ts';
import { type RedisConnection, script } from './connect.ts';
import { entitlementsKey } from './keys.ts';
import { entitlementJson, parseEntitlement } from './record-schema.ts';

/** @param onMalformed told of a record that isn't an entitlement; it entitles nobody. Gets the key and the field. */
export function redisEntitlementStore(
  redis: RedisConnection,
  onMalformed: (where: string) => void,
): EntitlementStore {
  const changed = createListeners<ReaderId>();
  redis.onMessage('gf:changed', (reader) => changed.tell(reader as ReaderId));

  return {
    of: async (reader) => {
      const key = entitlementsKey(reader);
      const fields = await redis.ask((client) => client.hgetall(key));
      return Object.entries(fields).flatMap(([field, json]): Entitlement[] => {
        const entitlement = parseEntitlement(json);
        if (entitlement?.id === field) return [entitlement];
        onMalformed(`${key} ${field}`);
        return [];
      });
    },
    put: async (reader, entitlement) => {
      const values = [reader, entitlement.id, entitlementJson(entitlement)];
      await redis.run(putScript, [entitlementsKey(reader)], values);
      // This instance would hear of its own change only after the answer to whoever made it.
      changed.tell(reader);
    },
    remove: async (reader, id) => {
      const existed = (await redis.run(removeScript, [entitlementsKey(reader)], [reader, id])) === 1;
      if (existed) changed.tell(reader);
      return existed;
    },
    replaceSource: async (reader, source, entitlements) => {
      const fields = entitlements.flatMap((entitlement) => [entitlement.id, entitlementJson(entitlement)]);
      await redis.run(replaceSourceScript, [entitlementsKey(reader)], [reader, source, ...fields]);
      changed.tell(reader);
    },
    onChange: changed.add,
    generation: redis.generation,
  };
}

/** KEYS[1]: the reader's entitlements. ARGV: reader, id, JSON. */
const putScript = script(`
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
redis.call('PUBLISH', 'gf:changed', ARGV[1])
return 1
`);

/** KEYS[1]: the reader's entitlements. ARGV: reader, id. Answers whether it existed. */
const removeScript = script(`
local existed = redis.call('HDEL', KEYS[1], ARGV[2])
if existed == 1 then
  redis.call('PUBLISH', 'gf:changed', ARGV[1])
end
return existed
`);

/** KEYS[1]: the reader's entitlements. ARGV: reader, source, then pairs of id and JSON. */
const replaceSourceScript = script(`
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
  local readable, entitlement = pcall(cjson.decode, fields[i + 1])
  if readable and type(entitlement) == 'table' and entitlement.source == ARGV[2] then
    redis.call('HDEL', KEYS[1], fields[i])
  end
end
for i = 3, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
redis.call('PUBLISH', 'gf:changed', ARGV[1])
return 1
`);
