/** The decision log in Redis: its chunks, their order and their number share one slot, so that a put is one step. */
import type { DecisionLogStore, LogChunk } from '../../insight/decision-log-store.ts';
import { type RedisConnection, script } from './connect.ts';
import { logChunksKey, logCountsKey, logOrderKey } from './keys.ts';

/** A few hundred kilobytes. */
const chunksTogether = 10;

export function redisDecisionLogStore(redis: RedisConnection): DecisionLogStore {
  const chunksAt = async (ids: readonly (readonly [string, number])[]): Promise<LogChunk[]> => {
    const names = ids.map(([id]) => id);
    const [data, counts] = await Promise.all([
      redis.ask((client) => client.hmget(logChunksKey, ...names)),
      redis.ask((client) => client.hmget(logCountsKey, ...names)),
    ]);
    return ids.flatMap(([id, from], place) => {
      const found = data[place];
      return typeof found === 'string' ? [{ id, from, count: Number(counts[place] ?? 0), data: found }] : [];
    });
  };

  return {
    put: async ({ id, from, count, data }, { views, since }) => {
      await redis.run(
        putScript,
        [logOrderKey, logChunksKey, logCountsKey],
        [id, from, count, data, views, since],
      );
    },
    chunks: async function* () {
      // All their names at once (a chunk has up to 500 views), since places in the order change as old chunks give way.
      const flat = await redis.ask((client) =>
        client.zrangebyscore(logOrderKey, '-inf', '+inf', 'WITHSCORES'),
      );
      const ids = Array.from(
        { length: flat.length / 2 },
        (_, place) => [flat[2 * place] ?? '', Number(flat[2 * place + 1])] as const,
      );
      for (let at = 0; at < ids.length; at += chunksTogether)
        yield* await chunksAt(ids.slice(at, at + chunksTogether));
    },
    size: async () => Number((await redis.ask((client) => client.hget(logCountsKey, ''))) ?? 0),
  };
}

/**
 * KEYS: the order, the chunks, the counts (the sum of all under ''). ARGV: id, from, count, data, how many views are
 * kept, since when. The chunk that was put stays whatever the limits are.
 */
const putScript = script(`
local order, chunks, counts = KEYS[1], KEYS[2], KEYS[3]
local id, keep, since = ARGV[1], tonumber(ARGV[5]), tonumber(ARGV[6])
local before = tonumber(redis.call('HGET', counts, id) or '0')
redis.call('HSET', chunks, id, ARGV[4])
redis.call('HSET', counts, id, ARGV[3])
redis.call('ZADD', order, ARGV[2], id)
local sum = redis.call('HINCRBY', counts, '', tonumber(ARGV[3]) - before)
local oldest = redis.call('ZRANGE', order, 0, 1, 'WITHSCORES')
while oldest[1] do
  local at = oldest[1] == id and 3 or 1
  local name = oldest[at]
  if not name or (sum <= keep and tonumber(oldest[at + 1]) >= since) then
    break
  end
  sum = redis.call('HINCRBY', counts, '', -tonumber(redis.call('HGET', counts, name) or '0'))
  redis.call('HDEL', chunks, name)
  redis.call('HDEL', counts, name)
  redis.call('ZREM', order, name)
  oldest = redis.call('ZRANGE', order, 0, 1, 'WITHSCORES')
end
return 1
`);
