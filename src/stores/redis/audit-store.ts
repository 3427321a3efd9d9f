/** The audit log in Redis: numbered lines in one sorted set, numbered and bounded by one script. */
import type { AuditStore } from '../../console/operators/audit-store.ts';
import { pageOf } from '../audit-page.ts';
import { type RedisConnection, script } from './connect.ts';
import { auditKey } from './keys.ts';

/** @param onMalformed told of a line that can't be read; it is passed over. */
export const redisAuditStore = (
  redis: RedisConnection,
  onMalformed: (where: string) => void,
): AuditStore => ({
  appendAudit: async (line, { lines, since }) => {
    await redis.run(appendScript, [auditKey], [JSON.stringify(line), line.at, lines, since]);
  },
  auditPage: async ({ limit, before }) => {
    const below = before === undefined ? '+inf' : `(${before}`;
    const found = await redis.ask((client) =>
      client.zrevrangebyscore(auditKey, below, '-inf', 'LIMIT', 0, limit + 1),
    );
    const numbered = found.flatMap((member) => {
      const [, number, line] = /^(\d+):\d+:(.*)$/s.exec(member) ?? [];
      if (line === undefined) onMalformed(auditKey);
      return line === undefined ? [] : [{ number: Number(number), line }];
    });
    return pageOf(numbered, limit, (number) => onMalformed(`${auditKey} ${number}`));
  },
});

/**
 * KEYS[1]: the log. ARGV: JSON, when, how many lines are kept, and since when. The number goes on from the newest line,
 * which is never removed. Of those too old, some at a time: nobody waits for a year's worth.
 */
const appendScript = script(`
local newest = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
local number = string.format('%.0f', (tonumber(newest[2]) or 0) + 1)
redis.call('ZADD', KEYS[1], number, number .. ':' .. ARGV[2] .. ':' .. ARGV[1])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - tonumber(ARGV[3]))
for _ = 1, 200 do
  local oldest = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
  local place, at = string.match(oldest, '^(%d+):(%d+):')
  if place == number or (at and tonumber(at) >= tonumber(ARGV[4])) then
    break
  end
  redis.call('ZREM', KEYS[1], oldest)
end
return 1
`);
