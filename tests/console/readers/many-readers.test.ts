/** Forty thousand readers: listing, searching, filtering and paging deep look at few of them, in both stores. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { createFindReader } from '../../../src/console/readers/find-reader.ts';
import {
  createReaderList,
  mostLookedAt,
  type ReaderFilter,
} from '../../../src/console/readers/reader-list.ts';
import type { ProductId } from '../../../src/policy/policy.ts';
import type { Email } from '../../../src/readers/reader.ts';
import { openStores, type Stores } from '../../../src/stores/open-stores.ts';
import { connectSqlite } from '../../../src/stores/sqlite/database.ts';
import { workOfAsync } from '../../support/counted-work.ts';
import { type RedisServer, startRedis } from '../../support/redis-server.ts';
import { comp, dayMs, noon } from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';

const many = 40_000;
/** Every thousandth has a comp; the last one owes money. */
const held = (n: number) => {
  if (n === many - 1)
    return {
      ...comp('all', noon - dayMs, noon + dayMs),
      source: 'subscription' as const,
      paymentDue: true as const,
    };
  return n % 1000 === 0 ? comp('all', noon - dayMs, noon + dayMs) : undefined;
};
const emailOf = (n: number): Email => `reader-${String(n).padStart(6, '0')}@example.org` as Email;

const fillSqlite = (dataDir: string): void => {
  const database = connectSqlite(join(dataDir, 'gatefold.db'), 5000);
  const reader = database.prepare('INSERT INTO readers (id, email, created_at) VALUES (?, ?, ?)');
  const right = database.prepare(
    'INSERT INTO entitlements (reader, id, product, source, starts_at, ends_at, payment_due) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  database.transaction('write', () => {
    for (let n = 0; n < many; n += 1) {
      reader.run(`id-${n}`, emailOf(n), noon);
      const each = held(n);
      if (each)
        right.run(
          `id-${n}`,
          each.id,
          each.product,
          each.source,
          each.startsAt,
          each.endsAt,
          each.paymentDue ? 1 : 0,
        );
    }
  });
  database.close();
};

/** As a Gatefold left it that knew of no list. */
const fillRedis = async (url: string): Promise<void> => {
  const client = new Redis(url);
  for (let from = 0; from < many; from += 5000) {
    const pipeline = client.pipeline();
    for (let n = from; n < from + 5000; n += 1) {
      const [id, email, each] = [`id-${n}`, emailOf(n), held(n)];
      pipeline.set(`gf:{${id}}:reader`, JSON.stringify({ id, email, createdAt: noon }));
      pipeline.set(`gf:email:{${email}}`, id);
      if (each) pipeline.hset(`gf:{${id}}:entitlements`, each.id, JSON.stringify(each));
    }
    await pipeline.exec();
  }
  client.disconnect();
};

/** Less than what is done once for every reader; a filter reads so many readers whole, at some hundred steps each. */
const most = {
  listing: { passes: many, commands: 5_000 },
  filtering: { passes: mostLookedAt * 600, commands: mostLookedAt * 4 },
};

describe.each(['SQLite', 'Redis'])('in %s', (kind) => {
  let [stores, directory] = [] as unknown as [Stores, string];
  let redis: RedisServer | undefined;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'gatefold-many-'));
    redis = kind === 'Redis' ? await startRedis() : undefined;
    if (redis) await fillRedis(redis.url);
    stores = await openStores({
      dataDir: directory,
      warn: () => {},
      ...(redis ? { redisUrl: redis.url } : {}),
    });
    if (!redis) fillSqlite(directory);
    const isWhole = async () => !(await stores.readers.readersPage({ limit: 1 })).gathering;
    await until(isWhole, 'the list to be whole');
  });
  afterAll(async () => {
    await stores?.close();
    await redis?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  /** That Redis carried out, a script's own among them; 0 where there is none. */
  const commandsMade = async (): Promise<number> => {
    if (!redis) return 0;
    const client = new Redis(redis.url);
    const stats = await client.info('commandstats');
    client.disconnect();
    return [...stats.matchAll(/:calls=(\d+)/g)].reduce((sum, [, calls]) => sum + Number(calls), 0);
  };

  const inFewSteps = async <Answer>(
    work: () => Promise<Answer>,
    { passes, commands } = most.listing,
  ): Promise<Answer> => {
    const before = await commandsMade();
    let answer: { readonly value: Answer } | undefined;
    const made = await workOfAsync(async () => {
      answer = { value: await work() };
    });
    expect(made).toBeLessThan(passes);
    expect((await commandsMade()) - before).toBeLessThan(commands);
    if (!answer) throw new Error('There is no answer.');
    return answer.value;
  };
  const pageOf = (
    asked: Omit<Parameters<ReturnType<typeof createReaderList>['page']>[0], 'filter'>,
    filter?: ReaderFilter,
  ) =>
    inFewSteps(
      () => createReaderList(stores).page({ ...asked, filter: filter ?? {} }, 50, noon),
      filter ? most.filtering : most.listing,
    );

  test('the first page, one deep in the list and the last cost few steps each', async () => {
    expect((await pageOf({})).readers.map(({ email }) => email)).toEqual(
      Array.from({ length: 50 }, (_, n) => emailOf(n)),
    );
    expect((await pageOf({ after: emailOf(26_543) })).readers[0]?.email).toBe(emailOf(26_544));
    const last = await pageOf({ after: emailOf(many - 11) });
    expect([last.readers.length, last.next]).toEqual([10, undefined]);
  });

  test('a search finds one among all, and a beginning those who begin so', async () => {
    const find = createFindReader(stores);
    expect(await inFewSteps(() => find(emailOf(14_321)))).toEqual({ kind: 'reader', id: 'id-14321' });
    expect(await inFewSteps(() => find('reader.id-7'))).toEqual({ kind: 'reader', id: 'id-7' });
    expect(await inFewSteps(() => find('reader-0387'))).toMatchObject({
      kind: 'beginning',
      first: { id: 'id-38700' },
    });
    expect(await inFewSteps(() => find('zzz'))).toMatchObject({ kind: 'nobody' });
    const page = await pageOf({ startsWith: 'reader-03876' });
    expect([page.readers.length, page.next]).toEqual([10, undefined]);
  });

  test('a filter looks at so many and no more in one request, and finds the last of all by going on', async () => {
    const filter = { holds: 'all' as ProductId, only: 'owed' as const };
    let requests = 0;
    for (let after: Email | undefined; ; ) {
      const page = await pageOf(after ? { after } : {}, filter);
      requests += 1;
      expect(page.lookedAt).toBeLessThanOrEqual(mostLookedAt);
      if (page.readers.length > 0) {
        expect(page.readers.map(({ email }) => email)).toEqual([emailOf(many - 1)]);
        break;
      }
      after = page.next?.email;
      if (!after) throw new Error('Nobody was found.');
    }
    expect(requests).toBe(many / mostLookedAt);
  });

  test('all of them are told of, once each', async () => {
    const seen = new Set<string>();
    for await (const readers of createReaderList(stores).all({ filter: { only: 'comp' } }, noon))
      for (const { id } of readers) seen.add(id);
    expect(seen.size).toBe(many / 1000);
  });
});
