/**
 * Which customers a reader may have, in Redis. The list lies in another slot than the customers, so it may name some
 * that are another reader's by now, and never lacks one that is the reader's.
 *
 * Each entry carries a token that differs each time it is entered. Entering before and after the customer's own change,
 * and dropping only the entry that was seen before the customer was looked at, keep it so under any concurrency.
 */

import type { CustomerId } from '../../billing/subscription.ts';
import { randomText } from '../../ops/random.ts';
import type { ReaderId } from '../../readers/reader.ts';
import { type RedisConnection, script } from './connect.ts';
import { readerCustomersKey } from './keys.ts';

export interface CustomerIndex {
  candidates(reader: ReaderId): Promise<readonly CustomerId[]>;
  enter(readers: Iterable<ReaderId>, id: CustomerId): Promise<void>;
  /** Enters it where it is missing. */
  mend(readers: Iterable<ReaderId>, id: CustomerId): Promise<void>;
  /** Takes it out of the lists of those who turn out not to have it. */
  drop(
    readers: Iterable<ReaderId>,
    id: CustomerId,
    holders: () => Promise<ReadonlySet<ReaderId>>,
  ): Promise<void>;
}

export function redisCustomerIndex(redis: RedisConnection): CustomerIndex {
  const drop = async (
    reader: ReaderId,
    id: CustomerId,
    holders: () => Promise<ReadonlySet<ReaderId>>,
  ): Promise<void> => {
    const key = readerCustomersKey(reader);
    const token = await redis.ask((client) => client.hget(key, id));
    if (token === null || (await holders()).has(reader)) return;
    await redis.run(dropScript, [key], [id, token]);
  };

  return {
    candidates: async (reader) =>
      (await redis.ask((client) => client.hkeys(readerCustomersKey(reader)))) as CustomerId[],
    enter: async (readers, id) => {
      const enterOne = (reader: ReaderId) =>
        redis.ask((client) => client.hset(readerCustomersKey(reader), id, randomText(6)));
      await Promise.all(Array.from(readers, enterOne));
    },
    mend: async (readers, id) => {
      const mendOne = (reader: ReaderId) =>
        redis.ask((client) => client.hsetnx(readerCustomersKey(reader), id, randomText(6)));
      await Promise.all(Array.from(readers, mendOne));
    },
    drop: async (readers, id, holders) => {
      await Promise.all(Array.from(readers, (reader) => drop(reader, id, holders)));
    },
  };
}

/** KEYS[1]: the reader's customers. ARGV: customer, and the token that its entry must still have. */
const dropScript = script(`
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then
  redis.call('HDEL', KEYS[1], ARGV[1])
end
return 1
`);
