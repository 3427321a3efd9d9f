/** When operators, their devices and tokens were last seen, in Redis: apart from the records, which it must not rewrite. */
import { type RedisConnection, script } from './connect.ts';
import { operatorsSeenKey } from './keys.ts';

export interface LastSeen {
  of(name: string): Promise<number | undefined>;
  all(): Promise<ReadonlyMap<string, number>>;
  /** Never goes back. Does nothing when there is no such field in that hash, which lies in the same slot. */
  note(hashKey: string, field: string, name: string, at: number): Promise<void>;
  forget(name: string): Promise<void>;
}

export const lastSeenIn = (redis: RedisConnection): LastSeen => ({
  of: async (name) => momentIn(await redis.ask((client) => client.hget(operatorsSeenKey, name))),
  all: async () => {
    const all = await redis.ask((client) => client.hgetall(operatorsSeenKey));
    return new Map(
      Object.entries(all).flatMap(([name, text]) => {
        const at = momentIn(text);
        return at === undefined ? [] : [[name, at] as const];
      }),
    );
  },
  note: async (hashKey, field, name, at) => {
    await redis.run(noteScript, [hashKey, operatorsSeenKey], [field, name, at]);
  },
  forget: async (name) => {
    await redis.ask((client) => client.hdel(operatorsSeenKey, name));
  },
});

/** What somebody else wrote there counts as never seen. */
const momentIn = (text: string | null): number | undefined =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

/** KEYS: the records, when they were seen. ARGV: the record's field, its name there, when. */
const noteScript = script(`
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then
  return 0
end
if (tonumber(redis.call('HGET', KEYS[2], ARGV[2]) or '0') or 0) < tonumber(ARGV[3]) then
  redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
end
return 1
`);
