/** What is counted in Redis: a hash for each table and day, all in one slot, so that a batch is one step. */
import type { Increment, InsightStore } from '../../insight/insight-store.ts';
import { dayMs, daysKept, idKeptMs, rowsPerDay } from '../insight-limits.ts';
import { type RedisConnection, script } from './connect.ts';
import { countedBatchKey, countedDayKey } from './keys.ts';

export function redisInsightStore(redis: RedisConnection): InsightStore {
  return {
    add: async (id, increments) => {
      const tables = [...new Set(increments.map(tableOf))];
      const limits = tables.map(
        (table) => rowsPerDay[increments.find((each) => tableOf(each) === table)?.chart ?? 'funnel'],
      );
      await redis.run(
        addScript,
        [countedBatchKey(id), ...tables],
        [
          idKeptMs,
          daysKept * dayMs,
          ...limits,
          ...increments.flatMap((each) => [
            tables.indexOf(tableOf(each)) + 1,
            each.row,
            each.otherwise,
            each.by,
          ]),
        ],
      );
    },
    day: async (chart, day) => {
      const rows = await redis.ask((client) => client.hgetall(countedDayKey(chart, day)));
      return Object.entries(rows).map(([row, count]) => ({ row, count: Number(count) }));
    },
  };
}

const tableOf = ({ chart, day }: Increment): string => countedDayKey(chart, day);

/**
 * KEYS: the batch, then the tables. ARGV: how long to remember the batch and to keep a table, milliseconds; for each
 * table how many rows it has room for; then for each increment its table's place, row, row otherwise, and by how many.
 */
const addScript = script(`
local tables = #KEYS - 1
if not redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) then
  return 0
end
for at = 3 + tables, #ARGV, 4 do
  local place = tonumber(ARGV[at])
  local key, row = KEYS[1 + place], ARGV[at + 1]
  if redis.call('HEXISTS', key, row) == 0 and redis.call('HLEN', key) >= tonumber(ARGV[2 + place]) then
    row = ARGV[at + 2]
  end
  redis.call('HINCRBY', key, row, ARGV[at + 3])
end
for place = 1, tables do
  redis.call('PEXPIRE', KEYS[1 + place], ARGV[2])
end
return 1
`);
