/** A changed policy reaches every customer from what is kept: once, on whatever instance, and locking nobody out meanwhile. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRederiveAll, type RederiveAll } from '../../src/billing/rederive-all.ts';
import type { CustomerId } from '../../src/billing/subscription.ts';
import type { AccessTerms } from '../../src/entitlements/derive.ts';
import { randomText } from '../../src/ops/random.ts';
import type { ReaderId } from '../../src/readers/reader.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { until } from '../support/until.ts';
import { customer, dayMs, item, noon, pass, subscription, terms } from './customer-facts.ts';
import { listedStripe } from './listed-stripe.ts';
import { newCustomerId, ruleBench } from './rule-bench.ts';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

describe.each(['SQLite', 'Redis'])('with %s', (kind) => {
  let directory: string;
  const opened: Stores[] = [];
  const running: RederiveAll[] = [];
  const stripe = listedStripe();
  beforeEach(async () => {
    await redis.call('FLUSHALL');
    directory = mkdtempSync(join(tmpdir(), 'gatefold-rederive-'));
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((each) => each.close()));
    await Promise.all(opened.splice(0).map((stores) => stores.close()));
    rmSync(directory, { recursive: true, force: true });
  });

  /** A policy file of its own, over the store that all share. */
  const instance = async (stand: (stores: Stores) => Partial<Stores> = () => ({})) => {
    const where = kind === 'SQLite' ? { dataDir: directory } : { redisUrl: redis.url, dataDir: '' };
    const stores = await openStores({ ...where, warn: () => {} });
    opened.push(stores);
    const bench = ruleBench({ ...stores, ...stand(stores) } as Stores, stripe);
    const inForce: { terms: AccessTerms } = { terms: terms() };
    const logged: { facts: object; message: string }[] = [];
    const log = (facts: object, message: string) => void logged.push({ facts, message });
    const rederiving = createRederiveAll({
      ...bench,
      policy: () => inForce.terms,
      log: { info: log, warn: log } as never,
      realNow: Date.now,
      random: randomText,
      pauses: { settleMs: 5, lookMs: 5, retryMs: 1, leaseMs: 2_000 },
    });
    running.push(rederiving);
    const change = (to: AccessTerms): void => {
      inForce.terms = to;
      rederiving.policyChanged();
    };
    return {
      bench,
      inForce,
      logged,
      rederiving,
      change,
      changed: async (to: AccessTerms): Promise<void> => {
        change(to);
        await rederiving.settled();
      },
    };
  };
  type Instance = Awaited<ReturnType<typeof instance>>;

  const buys = async (
    { bench }: Instance,
    facts: object = {},
  ): Promise<{ id: CustomerId; reader: ReaderId }> => {
    const [id, reader] = [newCustomerId(), randomText(12) as ReaderId];
    stripe.customers.set(id, customer({ id, subscriptions: [subscription()], ...facts }));
    await bench.customers.assign(id, { owner: reader });
    await bench.refresh(id);
    return { id, reader };
  };
  const productsOf = async ({ bench }: Instance, reader: ReaderId) =>
    (await bench.readsBy({ id: reader })).map((each) => each.split(' ')[1]);

  const monthlyOpens = (...products: readonly string[]): AccessTerms => ({
    ...terms(),
    plans: terms().plans.map((plan) =>
      plan.id === 'monthly' ? { ...plan, products: products as never } : plan,
    ),
  });

  test('of plans, prices, passes, grace and reversals: everybody has what the policy in force gives', async () => {
    const here = await instance();
    const monthly = await buys(here);
    const other = await buys(here, { subscriptions: [subscription({ items: [item('price_other')] })] });
    const byPass = await buys(here, { subscriptions: [], passes: [pass({ paidAt: noon - 10 * dayMs })] });
    const owing = await buys(here, {
      subscriptions: [subscription({ status: 'past_due', owedSince: noon - 10 * dayMs })],
    });
    const given = await buys(here, { subscriptions: [subscription({ reversal: 'refunded' })] });
    const all = [monthly, other, byPass, owing, given];
    const read = () => Promise.all(all.map(({ reader }) => productsOf(here, reader)));
    expect(await read()).toEqual([['all'], [], [], [], []]);
    const asked = stripe.asked();
    await here.changed({
      ...monthlyOpens('all', 'puzzles'),
      plans: [
        ...monthlyOpens('all', 'puzzles').plans.map((plan) =>
          plan.id === 'week-pass' ? { ...plan, passDays: 14 } : plan,
        ),
        { id: 'other', name: 'other', products: ['archive'], price: 'price_other' } as never,
      ],
      billing: { graceDays: 30, refunded: 'keep', disputed: 'keep', reconcileMinutes: 60 },
    });
    const both = ['all', 'puzzles'];
    expect(await read()).toEqual([both, ['archive'], ['all'], both, both]);
    expect(here.logged.at(-1)?.facts).toMatchObject({ failed: 0 });
    await here.changed(terms());
    expect(await read()).toEqual([['all'], [], [], [], []]);
    expect(stripe.asked()).toBe(asked);
  });

  test('what access doesn’t hang on sets nothing going', async () => {
    const here = await instance();
    await buys(here);
    const renamed = {
      ...terms({ reconcileMinutes: 5 }),
      plans: terms().plans.map((plan) => ({ ...plan, name: 'x' })),
    };
    await here.changed(renamed);
    expect(here.logged).toEqual([]);
  });

  test('nobody who pays is locked out in between, however often the policy changes', async () => {
    const here = await instance();
    const readers = await Promise.all(Array.from({ length: 60 }, () => buys(here)));
    const there = await instance();
    let [looks, going] = [0, true];
    const looking = (async () => {
      while (going) {
        for (const { reader } of readers) {
          expect(await productsOf(there, reader)).toContain('all');
          looks += 1;
          await nextTurn();
        }
      }
    })();
    for (let round = 0; round < 6; round += 1)
      await here.changed(round % 2 ? terms() : monthlyOpens('all', 'archive'));
    going = false;
    await looking;
    expect(looks).toBeGreaterThan(60);
  });

  test('two instances that see the change at different times end with everybody as it says', async () => {
    const [here, there] = [await instance(), await instance()];
    const readers = await Promise.all(Array.from({ length: 40 }, () => buys(here)));
    const next = monthlyOpens('all', 'archive');
    await here.changed(next);
    // By the policy before, which this one still has.
    await Promise.all(readers.map(({ id }) => there.bench.refresh(id)));
    expect(await productsOf(here, readers[0]!.reader)).toEqual(['all']);
    await there.changed(next);
    for (const { reader } of readers) expect(await productsOf(here, reader)).toEqual(['all', 'archive']);
    expect(there.logged.at(-1)?.facts).toMatchObject({ changed: expect.any(Number), failed: 0 });
  });

  test('of two at once one works at a time, and the other finds nothing left to do', async () => {
    let [atIt, most] = [0, 0];
    const counted = ({ entitlements }: Stores): Partial<Stores> => ({
      entitlements: {
        ...entitlements,
        of: async (reader) => {
          atIt += 1;
          most = Math.max(most, atIt);
          const list = await entitlements.of(reader);
          atIt -= 1;
          return list;
        },
      },
    });
    const [here, there] = [await instance(counted), await instance(counted)];
    const readers = await Promise.all(Array.from({ length: 80 }, () => buys(here)));
    await Promise.all([here, there].map((each) => each.changed(monthlyOpens('all', 'archive'))));
    expect(most).toBeLessThanOrEqual(16);
    const changed = [here, there].map(({ logged }) => Number(Object(logged.at(-1)?.facts).changed));
    expect(Math.min(...changed)).toBe(0);
    expect(Math.max(...changed)).toBeGreaterThanOrEqual(readers.length);
  });

  test('a newer change begins anew, and a close ends it at its next customer', async () => {
    const held: (() => void)[] = [];
    let holding = true;
    const slow = ({ entitlements }: Stores): Partial<Stores> => ({
      entitlements: {
        ...entitlements,
        of: async (reader) => {
          if (holding) await new Promise<void>((resolve) => held.push(resolve));
          return entitlements.of(reader);
        },
      },
    });
    const here = await instance(slow);
    const one = await buys(here);
    here.change(monthlyOpens('all', 'archive'));
    await until(() => held.length > 0, 'the first customer');
    here.change(monthlyOpens('all', 'puzzles'));
    holding = false;
    for (const goOn of held) goOn();
    await here.rederiving.settled();
    expect(await productsOf(here, one.reader)).toEqual(['all', 'puzzles']);
    expect(here.logged).toHaveLength(1);
    here.change(terms());
    await here.rederiving.close();
    here.change(monthlyOpens('all', 'archive'));
    await here.rederiving.settled();
    expect(here.logged).toHaveLength(1);
    expect(await productsOf(here, one.reader)).toEqual(['all', 'puzzles']);
  });

  test('one whose list can’t be read keeps nobody else waiting, and is logged once', async () => {
    let broken: ReaderId | undefined;
    const here = await instance(({ entitlements }) => ({
      entitlements: {
        ...entitlements,
        of: async (reader) => {
          if (reader === broken) throw new Error('no answer');
          return entitlements.of(reader);
        },
      },
    }));
    const readers = await Promise.all(Array.from({ length: 5 }, () => buys(here)));
    broken = readers[2]?.reader;
    await here.changed(monthlyOpens('all', 'archive'));
    expect(here.logged).toHaveLength(1);
    expect(here.logged[0]?.facts).toMatchObject({ failed: 1, fault: expect.anything() });
    broken = undefined;
    for (const [index, { reader }] of readers.entries())
      expect(await productsOf(here, reader)).toEqual(index === 2 ? ['all'] : ['all', 'archive']);
  });

  test('a store that is down is given up, logged once, and asked again by the next change', async () => {
    let down = false;
    const here = await instance(({ customers }) => ({
      customers: {
        ...customers,
        lease: async (...asked) => {
          if (down) throw new Error('down');
          return customers.lease(...asked);
        },
      },
    }));
    const { reader } = await buys(here);
    down = true;
    await here.changed(monthlyOpens('all', 'archive'));
    expect(here.logged).toHaveLength(1);
    down = false;
    await here.changed(monthlyOpens('all', 'puzzles'));
    expect(await productsOf(here, reader)).toEqual(['all', 'puzzles']);
  });
});
