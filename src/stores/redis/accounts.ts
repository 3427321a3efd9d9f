/**
 * Readers' accounts in Redis. A reader and an address lie in different slots and can't change in one step, so that a
 * reader has an address only when both say so: the address's key names the reader, and the reader's record the address.
 */
import { randomText } from '../../ops/random.ts';
import type { Email, ProvedReader, ReaderId, ReaderRecord } from '../../readers/reader.ts';
import type { ReaderStore } from '../../readers/reader-store.ts';
import { type RedisConnection, script } from './connect.ts';
import { emailKey, readerKey } from './keys.ts';
import { redisReaderIndex } from './reader-index.ts';
import { parseReader } from './record-schema.ts';

type Accounts = Pick<
  ReaderStore,
  'byId' | 'byEmail' | 'findOrCreate' | 'putUnproved' | 'readersPage' | 'removeReader'
>;

/** @param onMalformed told the key of a record that can't be read; it counts as absent. */
export function redisAccounts(redis: RedisConnection, onMalformed: (where: string) => void): Accounts {
  const get = (key: string): Promise<string | null> => redis.ask((client) => client.get(key));
  const swap = async (key: string, from: string | null, to: string | null): Promise<boolean> =>
    (await redis.run(swapScript, [key], [from ?? '', to ?? ''])) === 1;

  const read = (id: ReaderId, json: string | null): ReaderRecord | undefined => {
    const record = json === null ? undefined : parseReader(json);
    if (json !== null && record === undefined) onMalformed(readerKey(id));
    return record;
  };

  const byId: ReaderStore['byId'] = async (id) => read(id, await get(readerKey(id)));

  /** Writes the address into a record that has none. Undefined: the record has another one, or is none. */
  const giveEmail = async (id: ReaderId, email: Email): Promise<ProvedReader | undefined> => {
    const json = await get(readerKey(id));
    const record = read(id, json);
    if (record === undefined || (record.email ?? email) !== email) return undefined;
    const proved: ProvedReader = { id, email, createdAt: record.createdAt };
    if (record.email || (await swap(readerKey(id), json, JSON.stringify(proved)))) return proved;
    return giveEmail(id, email);
  };

  /** Whom the address points to, and the reader where both agree. What was cut short between the two is finished. */
  const holderOf = async (email: Email): Promise<{ id: string | null; reader?: ProvedReader }> => {
    const id = await get(emailKey(email));
    const reader = id === null ? undefined : await giveEmail(id as ReaderId, email);
    return reader ? { id, reader } : { id };
  };

  const index = redisReaderIndex(redis, async (email) => (await holderOf(email)).reader);

  const findOrCreate: ReaderStore['findOrCreate'] = async (candidate) => {
    const found = await claim(candidate);
    await index.enter(found.email);
    return found;
  };

  const claim = async (candidate: ProvedReader): Promise<ProvedReader> => {
    const { id, email, createdAt } = candidate;
    const known = await holderOf(email);
    if (known.reader) return known.reader;
    // Before the claim too: were this cut short behind it, nobody would find the reader in the list.
    await index.enter(email);
    // The record before the address that points to it, so that whoever finds the address finds a record.
    const unproved = JSON.stringify({ id, createdAt });
    const isNew = await swap(readerKey(id), null, unproved);
    if (!(await swap(emailKey(email), known.id, id))) {
      if (isNew) await swap(readerKey(id), unproved, null);
      return claim(candidate);
    }
    const reader = await giveEmail(id, email);
    if (reader) return reader;
    // The browser proved another address in the meantime: a reader has one, so this one is a reader of its own.
    return claim({ ...candidate, id: randomText(12) as ReaderId });
  };

  return {
    byId,
    byEmail: async (email) => (await holderOf(email)).reader,
    findOrCreate,
    putUnproved: async ({ id, createdAt }) =>
      void (await swap(readerKey(id), null, JSON.stringify({ id, createdAt }))),
    readersPage: index.page,
    removeReader: async (id) => {
      const email = (await byId(id))?.email;
      const forget = (): Promise<unknown> => redis.ask((client) => client.del(readerKey(id)));
      if (email === undefined) return (await forget()) === 1;
      // The list and the address first: were the record gone and this cut short, nobody could find them to remove them.
      await index.take(email);
      await swap(emailKey(email), id, null);
      const existed = (await forget()) === 1;
      // Somebody may have met the reader in between, and entered the address once more.
      await index.drop(email);
      return existed;
    },
  };
}

/** KEYS[1]: any text. ARGV: what it must be now, and what it becomes; '' for none. Answers whether it was. */
const swapScript = script(`
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then
  return 0
end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[2])
end
return 1
`);
