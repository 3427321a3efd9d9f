/** One Redis server keeps every promise of a store, and its failures stay its own. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { until } from '../support/until.ts';
import { allContracts } from './contract/all-contracts.ts';
import { entitlement, newReaderId } from './contract/entitlement-contract.ts';
import { article, askOf, dayMs, freshSubject, noon } from './contract/meter-asks.ts';
import { instancesOf } from './contract/store-under-test.ts';
import { scriptCalls } from './support/script-calls.ts';

let redis: RedisServer;
const warnings: string[] = [];
const openAt = (redisUrl: string): Promise<Stores> =>
  openStores({ redisUrl, dataDir: '', warn: (message) => warnings.push(message) });
beforeAll(async () => {
  redis = await startRedis({ durable: true });
});
afterAll(() => redis.stop());

allContracts('Redis', () => ({ open: () => openAt(redis.url) }));

describe('with one Redis', () => {
  const { open, closeAll } = instancesOf(() => ({ open: () => openAt(redis.url) }));
  afterEach(async () => {
    await closeAll();
    warnings.length = 0;
  });

  test('all asks of one turn of the event loop go in one call, 200 at most', async () => {
    const { meters } = await open();
    await meters.admit(askOf({}));
    const askMany = async (count: number): Promise<number> => {
      const before = await scriptCalls([redis]);
      await Promise.all(Array.from({ length: count }, () => meters.admit(askOf({}))));
      return (await scriptCalls([redis])) - before;
    };
    expect([await askMany(1), await askMany(200), await askMany(201)]).toEqual([1, 1, 2]);
  });

  test('scripts that the server forgot are sent again, unnoticed', async () => {
    const { meters } = await open();
    const who = freshSubject();
    await meters.admit(askOf(who));
    await redis.call('SCRIPT', 'FLUSH');
    expect(await meters.admit(askOf({ ...who, article: article(2) }))).toMatchObject({
      outcome: 'charged',
      used: 2,
    });
  });

  test('a change is heard on another instance within a second', async () => {
    const [here, there] = [await open(), await open()];
    const heard: string[] = [];
    there.entitlements.onChange((reader) => heard.push(reader));
    const readers = [newReaderId(), newReaderId(), newReaderId()] as const;
    await here.entitlements.put(readers[0], entitlement('a'));
    await here.entitlements.replaceSource(readers[1], 'comp', []);
    await there.entitlements.put(readers[2], entitlement('a'));
    await until(() => readers.every((reader) => heard.includes(reader)), 'the changes', 1000);
  });

  test('a revoked device is heard of on another instance within a second', async () => {
    const [here, there] = [await open(), await open()];
    const heard: string[] = [];
    there.readers.onRevoked((device) => heard.push(device));
    const device = {
      id: newReaderId() as never,
      reader: newReaderId(),
      createdAt: noon,
      lastSeenAt: noon,
      label: '',
    };
    await here.readers.putDevice(device);
    await here.readers.revokeDevice(device.id);
    await until(() => heard.includes(device.id), 'the revocation', 1000);
  });

  test('after a lost subscription the generation differs, and changes are heard again', async () => {
    const [here, there] = [await open(), await open()];
    const before = there.entitlements.generation();
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await until(() => there.entitlements.generation() !== before, 'a new subscription', 3000);
    const heard: string[] = [];
    there.entitlements.onChange((reader) => heard.push(reader));
    const reader = newReaderId();
    await here.entitlements.put(reader, entitlement('a'));
    await until(() => heard.includes(reader), 'the change', 1000);
  });

  test('a record that isn’t an entitlement entitles nobody and is told of', async () => {
    const { entitlements } = await open();
    const reader = newReaderId();
    await entitlements.put(reader, entitlement('a'));
    const key = `gf:{${reader}}:entitlements`;
    const { endsAt: _, ...endless } = entitlement('c');
    await redis.call(
      'HSET',
      key,
      'b',
      '{"id":',
      'c',
      JSON.stringify(endless),
      'd',
      JSON.stringify(entitlement('x')),
    );
    expect(await entitlements.of(reader)).toEqual([entitlement('a')]);
    expect(warnings).toHaveLength(3);
    await entitlements.replaceSource(reader, 'comp', [entitlement('e')]);
    expect(await entitlements.of(reader)).toEqual([entitlement('e')]);
  });

  test('every count has an end, counted from the asker’s clock and not the server’s', async () => {
    const { meters } = await open();
    const longAgo = Date.parse('2001-02-03T12:00:00Z');
    const who = freshSubject();
    await meters.admit(askOf({ ...who, now: longAgo, networkAllowance: 5 }));
    expect(await meters.admit(askOf({ ...who, now: longAgo + dayMs }))).toMatchObject({ outcome: 'known' });
    const keys = (await redis.call('KEYS', `gf:{${who.slot}}*`)) as string[];
    const lives = await Promise.all(keys.map((key) => redis.call('PTTL', key)));
    expect(keys).toHaveLength(2);
    for (const life of lives) expect(Math.round(Number(life) / dayMs)).toBe(26);
  });

  test('an eviction policy that would reset free reads is warned of at the start', async () => {
    await redis.call('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    await open();
    await until(() => warnings.some((warning) => warning.includes('noeviction')), 'the warning', 1000);
    await redis.call('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
  });

  test('a Redis out of memory refuses new reads and still knows the old ones', async () => {
    const { meters } = await open();
    const who = freshSubject();
    await meters.admit(askOf(who));
    await redis.call('CONFIG', 'SET', 'maxmemory', '1');
    const [known, fresh] = await Promise.allSettled([
      meters.admit(askOf(who)),
      meters.admit(askOf({ ...who, article: article(2) })),
    ]);
    await redis.call('CONFIG', 'SET', 'maxmemory', '0');
    expect(known).toMatchObject({ status: 'fulfilled', value: { outcome: 'known', used: 1 } });
    expect(fresh).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('maxmemory') },
    });
    expect(await meters.admit(askOf({ ...who, article: article(2) }))).toMatchObject({
      outcome: 'charged',
      used: 2,
    });
  });

  test('a URL that can’t be used says which can', async () => {
    await expect(openAt('http://127.0.0.1')).rejects.toThrow(/REDIS_URL.*redis:\/\//);
  });
});

describe('when Redis goes away', () => {
  let mortal: RedisServer;
  beforeAll(async () => {
    mortal = await startRedis({ durable: true });
  });
  afterAll(() => mortal.stop());
  const { open, closeAll } = instancesOf(() => ({ open: () => openAt(mortal.url) }));
  afterEach(async () => {
    await closeAll();
    warnings.length = 0;
  });

  test('a Redis that isn’t there at the start is warned of, asked in vain quickly, and used once it is there', async () => {
    await mortal.kill();
    const stores = await open();
    expect(warnings.join()).toContain('whenDown');
    await expectQuickRejection(() => stores.meters.admit(askOf({})));
    await mortal.restart();
    await until(() => answers(stores), 'Redis to be used', 5000);
  });

  test('questions fail within a second, and after its return nothing is counted twice', async () => {
    const stores = await open();
    const who = freshSubject();
    await stores.meters.admit(askOf(who));
    const generation = stores.entitlements.generation();
    await mortal.kill();
    await expectQuickRejection(() => stores.meters.admit(askOf({ ...who, article: article(2) })));
    await expectQuickRejection(() => stores.entitlements.of(newReaderId()));
    await expectQuickRejection(() => stores.ping());
    await mortal.restart();
    await until(() => answers(stores), 'the connection to come back', 5000);
    expect(await stores.meters.admit(askOf(who))).toMatchObject({ outcome: 'known', used: 1 });
    await until(() => stores.entitlements.generation() !== generation, 'the generation to differ', 5000);
  });

  test('a Redis that hangs is given up as quickly, and a read it did late is not charged again', async () => {
    const stores = await open();
    const who = freshSubject();
    await stores.meters.admit(askOf(who));
    mortal.pause();
    await expectQuickRejection(() => stores.meters.admit(askOf({ ...who, article: article(2) })));
    await expectQuickRejection(() => stores.meters.admit(askOf({ ...who, article: article(2) })));
    mortal.resume();
    await until(() => answers(stores), 'the connection to come back', 5000);
    expect(await stores.meters.admit(askOf({ ...who, article: article(2) }))).toMatchObject({ used: 2 });
  });
});

const answers = (stores: Stores): Promise<boolean> =>
  stores.ping().then(
    () => true,
    () => false,
  );

async function expectQuickRejection(question: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await expect(question()).rejects.toThrow();
  expect(performance.now() - began).toBeLessThan(1000);
}
