/** What the codes on prompts stand for, in Redis: all in one slot, so that a put and what gives way to it are one step. */
import type { DecisionCodeStore } from '../../gate/decision-code-store.ts';
import { codeKeptMs, maxCodes, parseCodedDecision } from '../decision-code-schema.ts';
import { type RedisConnection, script } from './connect.ts';
import { codesUntilKey, decisionCodesKey } from './keys.ts';

/** Readers' questions wait while Redis puts them: well under a millisecond. */
const codesTogether = 200;

/** @param onMalformed told of a record that can't be read; it is as if it weren't there. */
export const redisDecisionCodeStore = (
  redis: RedisConnection,
  onMalformed: (where: string) => void,
): DecisionCodeStore => ({
  putCodes: async (codes, now) => {
    for (let from = 0; from < codes.length; from += codesTogether) {
      const some = codes.slice(from, from + codesTogether);
      await redis.run(
        putScript,
        [decisionCodesKey, codesUntilKey],
        [
          now,
          now + codeKeptMs,
          maxCodes,
          2 * codesTogether,
          ...some.flatMap(({ code, facts }) => [code, JSON.stringify(facts)]),
        ],
      );
    }
  },
  codeFacts: async (code, now) => {
    const [json, until] = await Promise.all([
      redis.ask((client) => client.hget(decisionCodesKey, code)),
      redis.ask((client) => client.zscore(codesUntilKey, code)),
    ]);
    if (json === null || until === null || Number(until) <= now) return undefined;
    const facts = parseCodedDecision(json);
    if (facts === undefined) onMalformed(`${decisionCodesKey} ${code}`);
    return facts;
  },
});

/**
 * KEYS: what codes stand for, until when. ARGV: now, until when these are kept, how many are kept, how many may go at
 * once (more than are put), then code and JSON of each. What is too old or too many goes some at a time.
 */
const putScript = script(`
for at = 5, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1])
  redis.call('ZADD', KEYS[2], ARGV[2], ARGV[at])
end
local many = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[3])
local gone = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, ARGV[4])
if #gone < many then
  gone = redis.call('ZRANGE', KEYS[2], 0, math.min(many, tonumber(ARGV[4])) - 1)
end
for _, code in ipairs(gone) do
  redis.call('HDEL', KEYS[1], code)
  redis.call('ZREM', KEYS[2], code)
end
return 1
`);
