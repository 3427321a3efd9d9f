/** Puts the addresses of before there was a list of readers into it: once, in the background, by whoever asks for the list first. */
import { setTimeout } from 'node:timers/promises';
import type { RedisConnection } from './connect.ts';
import { emailKeysPattern, emailOfKey, readersByEmailKey, readersGatheredKey } from './keys.ts';

/** How long whoever asks waits for it; a small publication's list is whole by then. */
const waitMs = 300;

const keysPerStep = 1000;

/** Answers whether the list is whole. Several at once, also on several instances, do the same work and no harm. */
export const gatherReaders = (redis: RedisConnection): (() => Promise<boolean>) => {
  let gathering: Promise<boolean> | undefined;
  const gatherOnce = (): Promise<boolean> => {
    gathering ??= gather(redis)
      .catch(() => false)
      .finally(() => {
        gathering = undefined;
      });
    return gathering;
  };
  return async () => {
    // Asked each time: a Redis that lost the list has lost this too.
    if ((await redis.ask((client) => client.exists(readersGatheredKey))) === 1) return true;
    return Promise.race([gatherOnce(), setTimeout(waitMs, false, { ref: false })]);
  };
};

async function gather(redis: RedisConnection): Promise<boolean> {
  for (const master of redis.masters()) {
    let cursor = '0';
    do {
      const [next, keys] = await redis.ask(() =>
        master.scan(cursor, 'MATCH', emailKeysPattern, 'COUNT', keysPerStep),
      );
      const members = keys.flatMap((key) => emailOfKey(key) ?? []).flatMap((email) => [0, email]);
      if (members.length > 0) await redis.ask((client) => client.zadd(readersByEmailKey, ...members));
      cursor = next;
    } while (cursor !== '0');
  }
  await redis.ask((client) => client.set(readersGatheredKey, '1'));
  return true;
}
