/** Purges in Redis: a counter and the newest few, in one slot, and announced by the script that adds one. */
import type { PurgeStore } from '../../gate/purge-store.ts';
import { createListeners } from '../listeners.ts';
import { parsePurge, purgesKept } from '../purge-schema.ts';
import { purgesIn } from '../read-purges.ts';
import { type RedisConnection, script } from './connect.ts';
import { purgeNumberKey, purgeOrderKey } from './keys.ts';

export function redisPurgeStore(redis: RedisConnection): PurgeStore {
  const changed = createListeners<void>();
  redis.onMessage('gf:purge', () => changed.tell());

  const newest = async (): Promise<number> =>
    Number((await redis.ask((client) => client.get(purgeNumberKey))) ?? 0);

  return {
    announce: async (purge) => {
      await redis.run(announceScript, [purgeNumberKey, purgeOrderKey], [JSON.stringify(purge), purgesKept]);
      changed.tell();
    },
    newest,
    since: async (number) => {
      const rows = (await redis.run(sinceScript, [purgeNumberKey, purgeOrderKey], [number])) as string[];
      const [last = '0', ...found] = rows;
      // A store that was emptied counts from the start again.
      return purgesIn(number, Number(last), found.map(textOf));
    },
    onChange: changed.add,
    generation: redis.generation,
  };
}

/** The number stands before it, so that two alike are two. */
const textOf = (member: string): ReturnType<typeof parsePurge> =>
  parsePurge(member.slice(member.indexOf(' ') + 1));

const announceScript = script(`
  local number = redis.call('INCR', KEYS[1])
  redis.call('ZADD', KEYS[2], number, number .. ' ' .. ARGV[1])
  redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -1 - ARGV[2])
  redis.call('PUBLISH', 'gf:purge', number)
  return number
`);

const sinceScript = script(`
  local rows = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. ARGV[1], '+inf')
  table.insert(rows, 1, redis.call('GET', KEYS[1]) or '0')
  return rows
`);
