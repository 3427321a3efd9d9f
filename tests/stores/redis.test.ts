/** One Redis server keeps every promise of a store, and its failures stay its own. */
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { DeviceId, Email } from '../../src/readers/reader.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { until } from '../support/until.ts';
import { allContracts } from './contract/all-contracts.ts';
import { newCustomerId, stateOf } from './contract/customers.ts';
import { entitlement, newReaderId } from './contract/entitlements.ts';
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
    await here.entitlements.replaceCause(readers[1], 'cus_1', 1, [entitlement('cus_1/a')]);
    await there.entitlements.put(readers[2], entitlement('a'));
    await until(() => readers.every((reader) => heard.includes(reader)), 'the changes');
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
    await until(() => heard.includes(device.id), 'the revocation');
  });

  test('after a lost subscription the generation differs, and changes are heard again', async () => {
    const [here, there] = [await open(), await open()];
    const before = there.entitlements.generation();
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await until(() => there.entitlements.generation() !== before, 'a new subscription');
    const heard: string[] = [];
    there.entitlements.onChange((reader) => heard.push(reader));
    const reader = newReaderId();
    await here.entitlements.put(reader, entitlement('a'));
    await until(() => heard.includes(reader), 'the change');
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
  });

  test('a customer whose state can’t be read counts as never read, until it is read again', async () => {
    const { customers } = await open();
    const [id, owner] = [newCustomerId(), newReaderId()];
    await customers.assign(id, { owner });
    await customers.putState(id, 1, stateOf(id), noon);
    const [key = ''] = (await redis.call('KEYS', `*:customer:${id}`)) as string[];
    const cut = JSON.stringify(stateOf(id)).slice(0, -1);
    for (const [field, wrong] of [
      ['state', cut],
      ['state', JSON.stringify({ ...stateOf(id), subscriptions: [{}] })],
      ['readAt', 'yesterday'],
    ] as const) {
      warnings.length = 0;
      await redis.call('HSET', key, field, wrong);
      expect(await customers.customer(id)).toEqual({ id, owner, readAt: 0 });
      expect(await customers.customersOf(owner)).toEqual([{ id, owner, readAt: 0 }]);
      expect(warnings).toHaveLength(2);
      expect(warnings.join()).not.toContain('price');
    }
    expect(await customers.putState(id, 2, stateOf(id), noon)).toBe(true);
    expect(await customers.customer(id)).toEqual({ id, owner, state: stateOf(id), readAt: noon });
  });

  test('progress that can’t be read is as if there were none', async () => {
    const { customers } = await open();
    await redis.call('SET', 'gf:reconcile', '{"run":1}');
    expect(await customers.progress()).toBeUndefined();
    expect(warnings).toHaveLength(1);
  });

  test('moving, forgetting and removing leave no key behind but the last ticket', async () => {
    const { customers, entitlements, readers } = await open();
    const [id, visitor, reader] = [newCustomerId(), newReaderId(), newReaderId()];
    const email = `${reader}@example.org` as Email;
    await readers.putUnproved({ id: visitor, createdAt: noon });
    await customers.assign(id, { owner: visitor });
    await customers.putState(id, await customers.drawTicket(id), stateOf(id), noon);
    await entitlements.replaceCause(visitor, id, 1, [entitlement(`${id}/a`)]);
    await readers.findOrCreate({ id: reader, email, createdAt: noon });
    const device = { id: 'first' as DeviceId, reader, createdAt: noon, lastSeenAt: noon, label: '' };
    await readers.putDevice(device);
    await readers.revokeDevice(device.id);
    await readers.putDevice(device);
    await customers.assign(id, { owner: reader, payer: visitor });
    const keysOf = async (what: string) => (await redis.call('KEYS', `*${what}*`)) as string[];
    expect(await keysOf(reader)).toHaveLength(3);
    await customers.forget(id);
    for (const one of [visitor, reader]) {
      await entitlements.forgetReader(one);
      await readers.removeReader(one);
      expect(await keysOf(one)).toEqual([]);
    }
    expect(await keysOf(id)).toEqual([]);
    const listed = await Promise.all(
      ((await redis.call('KEYS', 'gf:{customers-*}:all')) as string[]).map((key) =>
        redis.call('ZSCORE', key, id),
      ),
    );
    expect(listed.every((score) => score === null)).toBe(true);
  });

  test('whatever is assigned and forgotten at once, no reader’s list is left with another’s customer', async () => {
    const [here, there] = [await open(), await open()];
    const readers = Array.from({ length: 10 }, newReaderId);
    const id = newCustomerId();
    for (let run = 0; run < 20; run += 1) {
      // Begun a little after one another, so that one is at its last step while another is at its first.
      const changes = readers.map(async (owner, n) => {
        await setTimeout(n % 5);
        const { customers } = n % 2 ? here : there;
        if (n === run % 10) return customers.forget(id);
        return customers.assign(id, { owner, payer: readers[n - 1] ?? owner });
      });
      await Promise.all(changes);
      const record = await here.customers.customer(id);
      const listing = await Promise.all(
        readers.map((reader) => redis.call('EXISTS', `gf:{${reader}}:customers`)),
      );
      const holders = readers.filter((reader) => [record?.owner, record?.payer].includes(reader));
      expect(readers.filter((_, n) => listing[n] === 1)).toEqual(holders);
    }
  });

  test('an entry that a reader’s list lost is back once a reconcile has looked at the customer', async () => {
    const { customers } = await open();
    const [id, owner, payer] = [newCustomerId(), newReaderId(), newReaderId()];
    await customers.assign(id, { owner, payer });
    for (const reader of [owner, payer]) await redis.call('DEL', `gf:{${reader}}:customers`);
    expect(await customers.customersOf(owner)).toEqual([]);
    await customers.markSwept([id], 'run');
    for (const reader of [owner, payer]) expect(await customers.customersOf(reader)).toHaveLength(1);
  });

  test('a proved address whose claim was cut short is the reader’s, and one that fell to another isn’t', async () => {
    const { readers } = await open();
    const [cutShort, other] = [newReaderId(), newReaderId()];
    const [email, theirs] = [`${cutShort}@example.org` as Email, `${other}@example.org` as Email];
    await readers.putUnproved({ id: cutShort, createdAt: noon });
    await redis.call('SET', `gf:email:{${email}}`, cutShort);
    await redis.call('SET', `gf:email:{${theirs}}`, cutShort);
    expect(await readers.byEmail(email)).toEqual({ id: cutShort, email, createdAt: noon });
    expect(await readers.byId(cutShort)).toEqual({ id: cutShort, email, createdAt: noon });
    expect(await readers.byEmail(theirs)).toBeUndefined();
    const found = await readers.findOrCreate({ id: other, email: theirs, createdAt: noon });
    expect(found).toEqual({ id: other, email: theirs, createdAt: noon });
  });

  test('readers of before there was a list are put into it when it is asked for, and an erased one leaves it', async () => {
    const { readers } = await open();
    const names = Array.from({ length: 30 }, (_, n) => `${newReaderId()}-${n}`);
    const emails = [...names.map((name) => `old-${name}@example.org`), 'old-{odd}@example.org'] as Email[];
    const found = await Promise.all(
      emails.map((email) => readers.findOrCreate({ id: newReaderId(), email, createdAt: noon })),
    );
    // As a Gatefold left it that knew of no list.
    await redis.call('DEL', 'gf:{readers}:by-email', 'gf:{readers}:gathered');
    await redis.call('SET', 'gf:email:{old-nobody@example.org}', 'nobody');
    const page = await (await open()).readers.readersPage({ startsWith: 'old-', limit: 100 });
    expect(new Set(page.readers)).toEqual(new Set(found));
    expect(page.gathering).toBeUndefined();
    await readers.removeReader(found[3]?.id as never);
    expect(await redis.call('ZSCORE', 'gf:{readers}:by-email', found[3]?.email ?? '')).toBeNull();
    expect(await redis.call('ZSCORE', 'gf:{readers}:by-email', 'old-nobody@example.org')).toBeNull();
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
    await until(() => warnings.some((warning) => warning.includes('noeviction')), 'the warning');
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
    await expectGivenUp(() => stores.meters.admit(askOf({})));
    await mortal.restart();
    await until(() => answers(stores), 'Redis to be used');
  });

  test('questions fail while it is away, and after its return nothing is counted twice', async () => {
    const stores = await open();
    const who = freshSubject();
    await stores.meters.admit(askOf(who));
    const generation = stores.entitlements.generation();
    await mortal.kill();
    await expectGivenUp(() => stores.meters.admit(askOf({ ...who, article: article(2) })));
    await expectGivenUp(() => stores.entitlements.of(newReaderId()));
    await expectGivenUp(() => stores.ping());
    await mortal.restart();
    await until(() => answers(stores), 'the connection to come back');
    expect(await stores.meters.admit(askOf(who))).toMatchObject({ outcome: 'known', used: 1 });
    await until(() => stores.entitlements.generation() !== generation, 'the generation to differ');
  });

  test('a Redis that hangs is given up, and a read it did late is not charged again', async () => {
    const stores = await open();
    const who = freshSubject();
    await stores.meters.admit(askOf(who));
    mortal.pause();
    await expectGivenUp(() => stores.meters.admit(askOf({ ...who, article: article(2) })));
    await expectGivenUp(() => stores.meters.admit(askOf({ ...who, article: article(2) })));
    mortal.resume();
    await until(() => answers(stores), 'the connection to come back');
    expect(await stores.meters.admit(askOf({ ...who, article: article(2) }))).toMatchObject({ used: 2 });
  });
});

const answers = (stores: Stores): Promise<boolean> =>
  stores.ping().then(
    () => true,
    () => false,
  );

/** While nothing answers, and nothing ever will: whoever is answered all the same wasn't waiting for it. */
async function expectGivenUp(question: () => Promise<unknown>): Promise<void> {
  await expect(question()).rejects.toThrow();
}
