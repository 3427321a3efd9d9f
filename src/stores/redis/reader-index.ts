/**
 * The list of readers by address in Redis. It lies in another slot than the readers, so it may name addresses that are
 * nobody's by now, and never lacks one that somebody has, but for those of before there was a list: these are put into
 * it when it is first asked for, and when they are met.
 */
import type { Email, ProvedReader } from '../../readers/reader.ts';
import type { ReaderStore } from '../../readers/reader-store.ts';
import { isBehind } from '../readers-in-order.ts';
import type { RedisConnection } from './connect.ts';
import { gatherReaders } from './gather-readers.ts';
import { readersByEmailKey } from './keys.ts';

export interface ReaderIndex {
  /** Before an address is claimed, and once it is. */
  enter(email: Email): Promise<void>;
  take(email: Email): Promise<void>;
  /** Takes it out, unless somebody has it. */
  drop(email: Email): Promise<void>;
  readonly page: ReaderStore['readersPage'];
}

/** Readers are looked up this many at once: more would keep readers' own requests waiting. */
const together = 200;

export function redisReaderIndex(
  redis: RedisConnection,
  holderOf: (email: Email) => Promise<ProvedReader | undefined>,
): ReaderIndex {
  const gathered = gatherReaders(redis);
  const enter: ReaderIndex['enter'] = async (email) =>
    void (await redis.ask((client) => client.zadd(readersByEmailKey, 0, email)));
  const take: ReaderIndex['take'] = async (email) =>
    void (await redis.ask((client) => client.zrem(readersByEmailKey, email)));
  const drop: ReaderIndex['drop'] = async (email) => {
    await take(email);
    // Whoever claims it enters it afterwards, or has claimed it by now.
    if (await holderOf(email)) await enter(email);
  };

  const present = async (email: Email): Promise<ProvedReader | undefined> => {
    const reader = await holderOf(email);
    if (!reader) await drop(email);
    return reader;
  };

  const page: ReaderIndex['page'] = async ({ after = '', startsWith = '', limit }) => {
    const isWhole = await gathered();
    const from = isBehind(after, startsWith) ? `(${after}` : `[${startsWith}`;
    const listed = (await redis.ask((client) =>
      client.zrangebylex(readersByEmailKey, from, endOf(startsWith), 'LIMIT', 0, limit + 1),
    )) as Email[];
    const emails = listed.slice(0, limit);
    const readers: ProvedReader[] = [];
    for (let at = 0; at < emails.length; at += together) {
      const found = await Promise.all(emails.slice(at, at + together).map(present));
      readers.push(...found.filter((reader) => reader !== undefined));
    }
    const last = emails.at(-1);
    return {
      readers,
      ...(listed.length > limit && last ? { next: last } : {}),
      ...(isWhole ? {} : { gathering: true }),
    };
  };

  return { enter, take, drop, page };
}

/** No text holds the byte 255. */
const endOf = (startsWith: string): string | Buffer =>
  startsWith === '' ? '+' : Buffer.concat([Buffer.from(`(${startsWith}`), Buffer.from([0xff])]);
