/** A reconcile finds what Gatefold and Stripe disagree on, mends it, and says so; on both stores. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Email, ReaderId } from '../../src/readers/reader.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { dayMs, item, noon, pass, subscription } from './customer-facts.ts';
import {
  newSubscriptionId,
  noDrift,
  type ReconcileBench,
  reconcileBench,
  reportOf,
} from './reconcile-bench.ts';

let redis: RedisServer;
let directory: string;
beforeAll(async () => {
  redis = await startRedis();
  directory = mkdtempSync(join(tmpdir(), 'gatefold-reconcile-'));
});
afterAll(async () => {
  await redis.stop();
  rmSync(directory, { recursive: true, force: true });
});

let files = 0;
const openAt = {
  Redis: async () => {
    await redis.call('FLUSHALL');
    return openStores({ redisUrl: redis.url, dataDir: '', warn: () => {} });
  },
  SQLite: () => openStores({ dataDir: join(directory, String(++files)), warn: () => {} }),
};

describe.each(['SQLite', 'Redis'] as const)('a reconcile with %s', (kind) => {
  let stores: Stores;
  let bench: ReconcileBench;
  beforeEach(async () => {
    stores = await openAt[kind]();
    bench = reconcileBench(stores);
  });
  afterEach(() => stores.close());

  const run = async (asked = {}) => reportOf(await bench.reconcile(asked));

  test('asks for lists only, where nothing differs', async () => {
    for (let each = 0; each < 7; each += 1) await bench.known();
    bench.stripe.asked.length = 0;
    expect(await run()).toMatchObject({ checked: 7, refetched: 0, healed: 0, drift: noDrift, failed: [] });
    expect(bench.stripe.asked.map(({ what }) => what)).toEqual(['events', 'page', 'page', 'page', 'passes']);
  });

  test('gives access to whoever paid and was stopped', async () => {
    const { id, reader } = await bench.known({ subscriptions: [] });
    bench.change(id, { subscriptions: [subscription({ id: newSubscriptionId() })] });
    const report = await run();
    expect(report).toMatchObject({ drift: { ...noDrift, 'paid-but-stopped': 1 }, healed: 1 });
    expect(report.examples['paid-but-stopped']).toEqual([id]);
    expect(await bench.accessOf(reader)).toEqual(bench.due(id));
    expect(await run()).toMatchObject({ drift: noDrift, refetched: 0 });
  });

  test('takes access from whoever stopped paying and was let in', async () => {
    const { id, reader } = await bench.known();
    bench.change(id, { subscriptions: [subscription({ id: newSubscriptionId(), status: 'canceled' })] });
    expect(await run()).toMatchObject({ drift: { ...noDrift, 'not-paid-but-let-in': 1 }, healed: 1 });
    expect(await bench.accessOf(reader)).toEqual([]);
  });

  test('moves an end that moved, and tells it apart from access given or taken', async () => {
    const { id, reader } = await bench.known();
    const [current] = bench.stripe.customers.get(id)?.subscriptions ?? [];
    bench.change(id, { subscriptions: [{ ...current, cancelAt: noon + dayMs } as never] });
    expect(await run()).toMatchObject({ drift: { ...noDrift, 'other-dates': 1 } });
    expect((await bench.accessOf(reader)).map(({ endsAt }) => endsAt)).toEqual([noon + dayMs]);
  });

  test('brings the account page up to date where access is as it was', async () => {
    const { id } = await bench.known({ email: 'before@example.com' });
    bench.change(id, { email: 'after@example.com' });
    expect(await run()).toMatchObject({ drift: { ...noDrift, 'old-account': 1 } });
    expect((await stores.customers.customer(id))?.state?.email).toBe('after@example.com');
  });

  test('mends what the store lost of a customer, though Stripe and the kept state agree', async () => {
    const { id, reader } = await bench.known();
    await stores.entitlements.forgetReader(reader);
    expect(await run()).toMatchObject({ drift: { ...noDrift, 'paid-but-stopped': 1 } });
    expect(await bench.accessOf(reader)).toEqual(bench.due(id));
  });

  test('takes away what the policy no longer sells', async () => {
    const { reader } = await bench.known();
    bench.terms.plans = bench.terms.plans.filter(({ price }) => price !== 'price_monthly');
    expect(await run()).toMatchObject({ drift: { ...noDrift, 'not-paid-but-let-in': 1 } });
    expect(await bench.accessOf(reader)).toEqual([]);
  });

  test('stops a deleted customer, and asks for it once', async () => {
    const { id, reader } = await bench.known();
    bench.stripe.delete(id);
    expect(await run()).toMatchObject({ drift: { ...noDrift, 'not-paid-but-let-in': 1 } });
    expect(await bench.accessOf(reader)).toEqual([]);
    expect(await run()).toMatchObject({ refetched: 0 });
  });

  test('stops a customer that Stripe no longer lists', async () => {
    const { id, reader } = await bench.known();
    bench.stripe.customers.delete(id);
    expect(await run()).toMatchObject({ checked: 0, drift: { ...noDrift, 'not-paid-but-let-in': 1 } });
    expect(await bench.accessOf(reader)).toEqual([]);
  });

  test('follows a subscription to another customer, though the former one has another still', async () => {
    const [moved, stays] = [newSubscriptionId(), newSubscriptionId()];
    const puzzles = subscription({ id: stays, items: [item('price_puzzles')] });
    const from = await bench.known({ subscriptions: [puzzles, subscription({ id: moved })] });
    const to = await bench.known({ subscriptions: [] });
    bench.change(from.id, { subscriptions: [puzzles] });
    bench.change(to.id, { subscriptions: [subscription({ id: moved })] });
    expect(await run()).toMatchObject({
      drift: { ...noDrift, 'paid-but-stopped': 1, 'not-paid-but-let-in': 1 },
    });
    expect((await bench.accessOf(from.reader)).map(({ product }) => product)).toEqual(['puzzles']);
    expect((await bench.accessOf(to.reader)).map(({ product }) => product)).toEqual(['all']);
  });

  test('is not misled by what a list leaves out: money owed, given back, several subscriptions', async () => {
    const owed = { status: 'past_due', owedSince: noon - 2 * dayMs };
    await bench.known({ subscriptions: [subscription({ id: newSubscriptionId(), ...owed })] });
    await bench.known({ subscriptions: [subscription({ id: newSubscriptionId(), reversal: 'refunded' })] });
    await bench.known({
      subscriptions: [0, 1, 2].map((n) =>
        subscription({ id: newSubscriptionId(), createdAt: noon - n * dayMs }),
      ),
      features: ['archive'],
    });
    await bench.known();
    expect(await run()).toMatchObject({ checked: 6, refetched: 0, drift: noDrift });
  });

  describe('passes, which no list of subscriptions names', () => {
    const passOf = (n: number, facts = {}) => pass({ checkout: `cs_${n}`, ...facts });

    test('cost no reading where nothing differs, beside a subscription too', async () => {
      await bench.known({ subscriptions: [], passes: [passOf(1)] });
      await bench.known({ passes: [passOf(2), passOf(3)] });
      expect(await run()).toMatchObject({ refetched: 0, drift: noDrift });
    });

    test('that were given back stop', async () => {
      const { id, reader } = await bench.known({ subscriptions: [], passes: [passOf(1)] });
      bench.change(id, { passes: [passOf(1, { reversal: 'refunded' })] });
      expect(await run()).toMatchObject({ drift: { ...noDrift, 'not-paid-but-let-in': 1 } });
      expect(await bench.accessOf(reader)).toEqual([]);
    });

    test('that a webhook was lost of let in', async () => {
      const { id, reader } = await bench.known({ subscriptions: [] });
      bench.change(id, { passes: [passOf(1)] });
      expect(await run()).toMatchObject({ drift: { ...noDrift, 'paid-but-stopped': 1 } });
      expect(await bench.accessOf(reader)).toEqual(bench.due(id));
    });

    test('of customers and readers that the store lost come back', async () => {
      await bench.unheardOf({ subscriptions: [], passes: [passOf(1)] });
      const lost = { subscriptions: [], passes: [passOf(2)], metadata: { gatefold_reader: 'a-lost-reader' } };
      const { id } = await bench.unheardOf(lost);
      expect(await run({ dryRun: true })).toMatchObject({ drift: { ...noDrift, 'paid-but-stopped': 2 } });
      expect(await run()).toMatchObject({ drift: { ...noDrift, 'paid-but-stopped': 2 } });
      expect(await bench.accessOf('a-lost-reader' as ReaderId)).toEqual(bench.due(id));
    });

    test('that are gone from Stripe stop, though the customer’s subscription is still there', async () => {
      const { id, reader } = await bench.known({
        subscriptions: [subscription({ id: newSubscriptionId(), items: [item('price_puzzles')] })],
        passes: [passOf(1)],
      });
      bench.change(id, { passes: [] });
      expect(await run()).toMatchObject({ drift: { ...noDrift, 'not-paid-but-let-in': 1 } });
      expect((await bench.accessOf(reader)).map(({ product }) => product)).toEqual(['puzzles']);
    });

    test('are not asked about under a policy without any', async () => {
      bench.terms.plans = bench.terms.plans.filter(({ passDays }) => passDays === undefined);
      await run();
      expect(bench.stripe.asked.map(({ what }) => what)).toEqual(['events', 'page']);
    });
  });

  describe('undelivered events', () => {
    const event = (facts: object) => ({
      id: 'evt_1',
      type: 'charge.refunded',
      createdAt: noon,
      subject: { refers: {} },
      ...facts,
    });

    test('lead to their customers, also by way of a charge', async () => {
      const { id, reader } = await bench.known();
      const [current] = bench.stripe.customers.get(id)?.subscriptions ?? [];
      bench.change(id, { subscriptions: [{ ...current, reversal: 'refunded' } as never] });
      bench.stripe.undelivered.push(event({ subject: { refers: { charge: `ch_of_${id}` } } }));
      expect(await run()).toMatchObject({ events: 1, drift: { ...noDrift, 'not-paid-but-let-in': 1 } });
      expect(await bench.accessOf(reader)).toEqual([]);
    });

    test('are not asked about when the customer was read since', async () => {
      const { id } = await bench.known();
      bench.stripe.undelivered.push(
        event({ createdAt: noon - dayMs, subject: { customer: id, refers: {} } }),
      );
      expect(await run()).toMatchObject({ events: 1, refetched: 0 });
    });

    test('cost one reading for a customer, however many there are', async () => {
      const { id } = await bench.known();
      for (let each = 0; each < 10; each += 1)
        bench.stripe.undelivered.push(event({ subject: { customer: id, refers: {} } }));
      expect(await run()).toMatchObject({ events: 10, refetched: 1 });
    });

    test('are asked for from where the last run was, with an overlap', async () => {
      await run();
      bench.time.now += 3_600_000;
      const seen: number[] = [];
      const { undeliveredEvents } = bench.stripe;
      bench.stripe.undeliveredEvents = (since) => {
        seen.push(since);
        return undeliveredEvents(since);
      };
      await run();
      expect(seen).toEqual([noon - 600_000]);
    });
  });

  describe('customers that no record names', () => {
    test('are linked by the reader whom their metadata names', async () => {
      const { id, reader } = await bench.unheardOf();
      expect(await run()).toMatchObject({ drift: { ...noDrift, 'paid-but-stopped': 1 } });
      expect(await bench.accessOf(reader)).toEqual(bench.due(id));
    });

    test('are linked by a proved address, where the policy sells what they pay for', async () => {
      const reader = 'proved-reader' as ReaderId;
      await stores.readers.findOrCreate({ id: reader, email: 'r@example.com' as Email, createdAt: noon });
      const { id } = await bench.unheardOf({ metadata: {}, email: 'R@example.com' });
      expect(await run()).toMatchObject({ drift: { ...noDrift, 'paid-but-stopped': 1 } });
      expect(await bench.accessOf(reader)).toEqual(bench.due(id));
    });

    test('are left alone, and not even asked about, when they are nobody’s', async () => {
      await bench.unheardOf({ metadata: {}, email: 'stranger@example.com' });
      await bench.unheardOf({ metadata: { other_service: 'x' } });
      await bench.unheardOf({ metadata: { gatefold_reader: '../../etc {x}' } });
      expect(await run()).toMatchObject({ checked: 3, refetched: 0 });
    });

    test('bring no lost reader back for what has ended', async () => {
      const ended = subscription({ id: newSubscriptionId(), status: 'canceled' });
      await bench.unheardOf({ metadata: { gatefold_reader: 'a-lost-reader' }, subscriptions: [ended] });
      expect(await run()).toMatchObject({ refetched: 0 });
      expect(await stores.readers.byId('a-lost-reader' as ReaderId)).toBeUndefined();
    });
  });

  test('rebuilds an emptied store from Stripe alone', async () => {
    const before = [];
    for (let each = 0; each < 10; each += 1) before.push(await bench.known());
    await stores.close();
    if (kind === 'Redis') await redis.call('FLUSHALL');
    stores = await openAt[kind]();
    const after = reconcileBench(stores);
    for (const state of bench.stripe.customers.values()) after.stripe.put(state);
    expect(reportOf(await after.reconcile())).toMatchObject({
      drift: { ...noDrift, 'paid-but-stopped': 10 },
      healed: 10,
    });
    for (const { id, reader } of before) expect(await after.accessOf(reader)).toEqual(after.due(id));
  });

  test('does not ask again for a customer that a webhook brought up to date meanwhile', async () => {
    const { id } = await bench.known();
    const canceled = [{ ...bench.stripe.customers.get(id)?.subscriptions[0], status: 'canceled' } as never];
    const { allSubscriptions } = bench.stripe;
    bench.stripe.allSubscriptions = async function* (after) {
      for await (const page of allSubscriptions(after)) {
        // The list has been answered; then the change, its webhook and the refresh.
        bench.time.now += 1000;
        bench.change(id, { subscriptions: canceled });
        await bench.refresh(id);
        yield page;
      }
    };
    expect(await run()).toMatchObject({ checked: 1, refetched: 0, drift: noDrift });
  });

  test('does not ask again for a customer who came after the list was begun', async () => {
    const { allSubscriptions } = bench.stripe;
    bench.stripe.allSubscriptions = async function* (after) {
      yield* allSubscriptions(after);
      bench.time.now += 1000;
      await bench.known();
    };
    expect(await run()).toMatchObject({ checked: 0, refetched: 0, drift: noDrift });
  });
});
