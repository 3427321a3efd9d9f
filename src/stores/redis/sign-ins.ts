/** Pending sign-ins in Redis: each is taken once, by one script on one key. */
import type { PendingSignIn, ReaderStore } from '../../readers/reader-store.ts';
import { type RedisConnection, script } from './connect.ts';
import { signInKey, signInLinkKey } from './keys.ts';
import { parseSignIn } from './record-schema.ts';

type SignIns = Pick<ReaderStore, 'putSignIn' | 'takeSignInByLink' | 'takeSignInByCode'>;

/** Only tidies up: whether a sign-in has expired is decided by the caller's `now`. Longer than any sign-in lives. */
const forgetAfterMs = 2 * 86_400_000;

export function redisSignIns(redis: RedisConnection, onMalformed: (where: string) => void): SignIns {
  const taken = (requestId: string, json: unknown): PendingSignIn | undefined => {
    if (typeof json !== 'string') return undefined;
    const pending = parseSignIn(json);
    if (pending === undefined) onMalformed(signInKey(requestId));
    return pending;
  };

  return {
    putSignIn: async (pending) => {
      const { requestId, linkHash, codeHash, expiresAt } = pending;
      const values = [JSON.stringify(pending), linkHash, codeHash, expiresAt, forgetAfterMs];
      await redis.run(putScript, [signInKey(requestId)], values);
      await redis.ask((client) => client.set(signInLinkKey(linkHash), requestId, 'PX', forgetAfterMs));
    },
    takeSignInByLink: async (linkHash, now) => {
      const requestId = await redis.ask((client) => client.get(signInLinkKey(linkHash)));
      if (requestId === null) return undefined;
      return taken(requestId, await redis.run(takeByLinkScript, [signInKey(requestId)], [linkHash, now]));
    },
    takeSignInByCode: async (requestId, codeHash, maxTries, now) =>
      taken(requestId, await redis.run(takeByCodeScript, [signInKey(requestId)], [codeHash, now, maxTries])),
  };
}

/** KEYS[1]: the sign-in. ARGV: JSON, link hash, code hash, expiry, how long to keep it. */
const putScript = script(`
redis.call('HSET', KEYS[1], 'record', ARGV[1], 'link', ARGV[2], 'code', ARGV[3], 'expiresAt', ARGV[4], 'wrong', 0)
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
`);

/** KEYS[1]: the sign-in. ARGV: link hash, now. */
const takeByLinkScript = script(`
local kept = redis.call('HMGET', KEYS[1], 'record', 'link', 'expiresAt')
if not kept[1] or kept[2] ~= ARGV[1] then
  return false
end
redis.call('DEL', KEYS[1])
return tonumber(kept[3]) > tonumber(ARGV[2]) and kept[1]
`);

/** KEYS[1]: the sign-in. ARGV: code hash, now, how many wrong codes end it. */
const takeByCodeScript = script(`
local kept = redis.call('HMGET', KEYS[1], 'record', 'code', 'expiresAt')
if not kept[1] then
  return false
end
if tonumber(kept[3]) <= tonumber(ARGV[2]) then
  redis.call('DEL', KEYS[1])
  return false
end
if kept[2] == ARGV[1] then
  redis.call('DEL', KEYS[1])
  return kept[1]
end
if redis.call('HINCRBY', KEYS[1], 'wrong', 1) >= tonumber(ARGV[3]) then
  redis.call('DEL', KEYS[1])
end
return false
`);
