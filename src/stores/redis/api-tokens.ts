/** API tokens in Redis, known by the hash of what was shown once. */
import type { ApiToken, ApiTokenId } from '../../console/operators/operator.ts';
import type { ApiTokens } from '../../console/operators/operator-store.ts';
import { parseApiToken } from '../operator-schema.ts';
import { type RedisConnection, script } from './connect.ts';
import { apiTokenNamesKey, apiTokensKey } from './keys.ts';
import type { LastSeen } from './operators-seen.ts';

export function redisApiTokens(
  redis: RedisConnection,
  seen: LastSeen,
  onMalformed: (where: string) => void,
): ApiTokens {
  const read = (json: string | null): ApiToken | undefined => {
    const token = json === null ? undefined : parseApiToken(json);
    if (json !== null && token === undefined) onMalformed(apiTokensKey);
    return token;
  };

  const withUsed = (token: ApiToken, at: number | undefined): ApiToken =>
    at === undefined ? token : { ...token, lastUsedAt: at };

  const apiToken: ApiTokens['apiToken'] = async (id) => {
    const [json, at] = await Promise.all([
      redis.ask((client) => client.hget(apiTokensKey, id)),
      seen.of(seenAs(id)),
    ]);
    const token = read(json);
    return token && withUsed(token, at);
  };

  return {
    putApiToken: async ({ lastUsedAt, ...token }) => {
      const { id, name } = token;
      const values = [id, name, JSON.stringify(token)];
      if ((await redis.run(putScript, [apiTokensKey, apiTokenNamesKey], values)) === 0) return false;
      if (lastUsedAt !== undefined) await seen.note(apiTokensKey, id, seenAs(id), lastUsedAt);
      return true;
    },
    apiToken,
    apiTokens: async () => {
      const [all, times] = await Promise.all([redis.ask((client) => client.hvals(apiTokensKey)), seen.all()]);
      return all
        .flatMap((json) => read(json) ?? [])
        .map((token) => withUsed(token, times.get(seenAs(token.id))))
        .sort((one, other) => other.createdAt - one.createdAt || (one.id < other.id ? -1 : 1));
    },
    noteApiTokenUsed: (id, at) => seen.note(apiTokensKey, id, seenAs(id), at),
    removeApiToken: async (id) => {
      const token = await apiToken(id);
      const values = [id, token?.name ?? ''];
      const removed = await redis.run(removeScript, [apiTokensKey, apiTokenNamesKey], values);
      await seen.forget(seenAs(id));
      return removed === 1 ? token : undefined;
    },
  };
}

const seenAs = (id: ApiTokenId): string => `token:${id}`;

/** KEYS: the tokens, their names. ARGV: id, name, JSON. Answers whether it was put; a name that is taken stays so. */
const putScript = script(`
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then
  return 0
end
if redis.call('HSETNX', KEYS[2], ARGV[2], ARGV[1]) == 0 then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
`);

/** KEYS: the tokens, their names. ARGV: id, name. Answers whether there was one. */
const removeScript = script(`
if redis.call('HGET', KEYS[2], ARGV[2]) == ARGV[1] then
  redis.call('HDEL', KEYS[2], ARGV[2])
end
return redis.call('HDEL', KEYS[1], ARGV[1])
`);
