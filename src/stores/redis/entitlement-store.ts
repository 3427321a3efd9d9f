/** The live view of entitlements in Redis; every change is published in the same step that makes it. */
import type { Entitlement } from '../../entitlements/entitlement.ts';
import type { EntitlementStore } from '../../entitlements/entitlement-store.ts';
import type { ReaderId } from '../../readers/reader.ts';
import { createListeners } from '../listeners.ts';
import { causePrefix, requireCause } from '../of-cause.ts';
import { type RedisConnection, script } from './connect.ts';
import { causesKey, entitlementsKey } from './keys.ts';
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
    replaceCause: async (reader, cause, ticket, entitlements) => {
      requireCause(cause, entitlements);
      const fields = entitlements.flatMap((entitlement) => [entitlement.id, entitlementJson(entitlement)]);
      const answer = await redis.run(
        replaceCauseScript,
        [entitlementsKey(reader), causesKey(reader)],
        [reader, cause, causePrefix(cause), ticket, ...fields],
      );
      const [outcome = 0, usedBefore = 0] = answer as readonly number[];
      const kind = replaceOutcomes[outcome] ?? 'stale';
      if (kind === 'replaced') changed.tell(reader);
      return { kind, usedBefore };
    },
    forgetReader: async (reader) => {
      const keys = [entitlementsKey(reader), causesKey(reader)];
      if ((await redis.run(forgetScript, keys, [reader])) === 1) changed.tell(reader);
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

/** What the script below answers first, by index. */
const replaceOutcomes = ['stale', 'unchanged', 'replaced'] as const;

/**
 * KEYS: the reader's entitlements, the tickets of their causes. ARGV: reader, cause, what its ids begin with, ticket, then
 * pairs of id and JSON. Answers the outcome and the highest ticket used before.
 */
const replaceCauseScript = script(`
local cause, prefix, ticket = ARGV[2], ARGV[3], ARGV[4]
local used = tonumber(redis.call('HGET', KEYS[2], cause) or '0')
if used >= tonumber(ticket) then
  return { 0, used }
end
redis.call('HSET', KEYS[2], cause, ticket)
local wanted = {}
for i = 5, #ARGV, 2 do
  wanted[ARGV[i]] = ARGV[i + 1]
end
local outcome = 1
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
  local id, there = fields[i], fields[i + 1]
  if string.sub(id, 1, #prefix) == prefix then
    if wanted[id] == there then
      wanted[id] = nil
    elseif not wanted[id] then
      redis.call('HDEL', KEYS[1], id)
      outcome = 2
    end
  end
end
for i = 5, #ARGV, 2 do
  if wanted[ARGV[i]] then
    redis.call('HSET', KEYS[1], ARGV[i], wanted[ARGV[i]])
    outcome = 2
  end
end
if outcome == 2 then
  redis.call('PUBLISH', 'gf:changed', ARGV[1])
end
return { outcome, used }
`);

/** KEYS: the reader's entitlements, the tickets of their causes. ARGV: reader. Answers whether there were entitlements. */
const forgetScript = script(`
local existed = redis.call('DEL', KEYS[1])
redis.call('DEL', KEYS[2])
if existed == 1 then
  redis.call('PUBLISH', 'gf:changed', ARGV[1])
end
return existed
`);
