/** The policy's versions in Redis: every change is one script on keys of one slot, which publishes it too. */
import { headOf } from '../../policy/versions/desk.ts';
import { summaryOf, type VersionSummary } from '../../policy/versions/version.ts';
import type { VersionStore } from '../../policy/versions/version-store.ts';
import { createListeners } from '../listeners.ts';
import { deskFrom, headFrom, versionFrom } from '../read-version.ts';
import { deskJson, headJson, parseSummary, summaryJson } from '../version-schema.ts';
import { type RedisConnection, script } from './connect.ts';
import { policyDeskKey, policyTextsKey, policyVersionsKey } from './keys.ts';

/** @param onMalformed told where a version lies that can't be read; it counts as absent. */
export function redisVersionStore(
  redis: RedisConnection,
  onMalformed: (where: string) => void,
): VersionStore {
  const changed = createListeners<void>();
  redis.onMessage('gf:policy', () => changed.tell());

  const deskField = async (field: 'head' | 'desk'): Promise<string | undefined> =>
    (await redis.ask((client) => client.hget(policyDeskKey, field))) ?? undefined;

  return {
    head: async () => headFrom(await deskField('head'), policyDeskKey),
    desk: async () => deskFrom(await deskField('desk'), policyDeskKey),
    change: async ({ desk, published, dropped }) => {
      const version = published
        ? [published.number, summaryJson(summaryOf(published)), JSON.stringify(published.text)]
        : ['', '', ''];
      const answer = await redis.run(
        changeScript,
        [policyDeskKey, policyVersionsKey, policyTextsKey],
        [desk.revision - 1, desk.revision, deskJson(desk), headJson(headOf(desk)), ...version, dropped ?? ''],
      );
      const outcome = outcomes[answer as number] ?? 'refused';
      // This instance would hear of its own change only after the answer to whoever made it.
      if (outcome === 'told') changed.tell();
      return outcome !== 'refused';
    },
    version: async (number) => {
      const field = String(number);
      const [summary, text] = await Promise.all([
        redis.ask((client) => client.hget(policyVersionsKey, field)),
        redis.ask((client) => client.hget(policyTextsKey, field)),
      ]);
      if (summary === null || text === null) return undefined;
      const version = versionFrom(summary, text);
      if (version === undefined) onMalformed(`${policyVersionsKey} ${field}`);
      return version;
    },
    summaries: async (from, limit) => {
      const numbers = Array.from({ length: limit }, (_, index) => String(from - index));
      const found = await redis.ask((client) => client.hmget(policyVersionsKey, ...numbers));
      return found.flatMap((json, index): VersionSummary[] => {
        if (json === null) return [];
        const summary = parseSummary(json);
        if (summary) return [summary];
        onMalformed(`${policyVersionsKey} ${numbers[index]}`);
        return [];
      });
    },
    onChange: changed.add,
    generation: redis.generation,
  };
}

/** What the script below answers, by index. */
const outcomes = ['refused', 'made', 'told'] as const;

/**
 * KEYS: the desk, the versions, their texts. ARGV: the revision it was, the revision it will be, desk and head as JSON;
 * number, summary and text of a version to add ('' for none), the number of one to drop ('' for none).
 */
const changeScript = script(`
local there = redis.call('HMGET', KEYS[1], 'revision', 'head')
if (there[1] or '0') ~= ARGV[1] then
  return 0
end
if ARGV[5] ~= '' then
  if redis.call('HSETNX', KEYS[2], ARGV[5], ARGV[6]) == 0 then
    return 0
  end
  redis.call('HSET', KEYS[3], ARGV[5], ARGV[7])
end
if ARGV[8] ~= '' then
  redis.call('HDEL', KEYS[2], ARGV[8])
  redis.call('HDEL', KEYS[3], ARGV[8])
end
redis.call('HSET', KEYS[1], 'revision', ARGV[2], 'desk', ARGV[3], 'head', ARGV[4])
if there[2] == ARGV[4] then
  return 1
end
redis.call('PUBLISH', 'gf:policy', ARGV[2])
return 2
`);
