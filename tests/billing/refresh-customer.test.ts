/** A refresh makes readers' access what Stripe says, whoever overtakes it, whoever it belongs to meanwhile, and whatever fails. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { BillingFault } from '../../src/billing/billing.ts';
import { applyKeptState } from '../../src/billing/refresh-customer.ts';
import type { CustomerId } from '../../src/billing/subscription.ts';
import type { ReaderId } from '../../src/readers/reader.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { until } from '../support/until.ts';
import { customer, dayMs, noon, pass, subscription } from './customer-facts.ts';
import { type ListedStripe, listedStripe } from './listed-stripe.ts';
import { newCustomerId, type RuleBench, ruleBench } from './rule-bench.ts';

let redis: RedisServer;
let directory: string;
const opened: Stores[] = [];
beforeAll(async () => {
  redis = await startRedis();
  directory = mkdtempSync(join(tmpdir(), 'gatefold-refresh-'));
});
afterAll(async () => {
  await Promise.all(opened.map((stores) => stores.close()));
  await redis.stop();
  rmSync(directory, { recursive: true, force: true });
});

const open = async (kind: string): Promise<Stores> => {
  const where = kind === 'Redis' ? { redisUrl: redis.url, dataDir: '' } : { dataDir: directory };
  const stores = await openStores({ ...where, warn: () => {} });
  opened.push(stores);
  return stores;
};

describe.each(['SQLite', 'Redis'])('with %s', (kind) => {
  /** Two instances of the gateway on one store, and one Stripe. */
  let stores: readonly [Stores, Stores];
  let stripe: ListedStripe;
  let [here, there] = [] as unknown as [RuleBench, RuleBench];
  let id: CustomerId;
  beforeAll(async () => {
    stores = [await open(kind), await open(kind)];
  });
  beforeEach(() => {
    id = newCustomerId();
    stripe = listedStripe([customer({ id, subscriptions: [subscription()] })]);
    [here, there] = [ruleBench(stores[0], stripe), ruleBench(stores[1], stripe)];
  });
  const canceled = () => customer({ id, subscriptions: [subscription({ status: 'canceled' })] });

  /** A reader whose customer it is. */
  const withOwner = async (email?: string) => {
    const owner = email === undefined ? await here.browser() : await here.proved(email);
    await here.customers.assign(id, { owner: owner.id });
    return owner;
  };

  test('access comes and goes with Stripe’s state, which is kept with the time of its reading', async () => {
    const owner = await withOwner();
    expect(await here.refresh(id)).toMatchObject({
      kind: 'refreshed',
      changed: true,
      record: { owner: owner.id },
    });
    expect(await here.readsBy(owner)).toEqual([`${id} all`]);
    expect(await here.customers.customer(id)).toMatchObject({
      state: stripe.customers.get(id),
      readAt: noon,
    });
    stripe.customers.set(id, canceled());
    expect(await there.refresh(id)).toMatchObject({ kind: 'refreshed', changed: true });
    expect(await here.readsBy(owner)).toEqual([]);
    expect((await here.customers.customer(id))?.state).toEqual(canceled());
  });

  test('a state that says the same changes nothing', async () => {
    await withOwner();
    await here.refresh(id);
    for (const bench of [here, there]) expect(await bench.refresh(id)).toMatchObject({ changed: false });
  });

  test('the owner and the browser that paid both read', async () => {
    const [owner, payer] = [await here.proved(`${id}@example.com`), await here.browser()];
    await here.customers.assign(id, { owner: owner.id, payer: payer.id });
    await here.refresh(id);
    for (const reader of [owner, payer]) expect(await here.readsBy(reader)).toEqual([`${id} all`]);
    stripe.customers.set(id, canceled());
    await here.refresh(id);
    for (const reader of [owner, payer]) expect(await here.readsBy(reader)).toEqual([]);
  });

  test('one customer’s refresh leaves another’s access and what was granted alone', async () => {
    const owner = await withOwner();
    const other = newCustomerId();
    stripe.customers.set(other, customer({ id: other, passes: [pass()] }));
    await here.customers.assign(other, { owner: owner.id });
    await here.entitlements.put(owner.id, {
      ...{ id: 'comp:archive', product: 'archive', source: 'comp', startsAt: 0, endsAt: noon + dayMs },
    } as never);
    await Promise.all([here.refresh(id), here.refresh(other)]);
    stripe.customers.set(id, canceled());
    await here.refresh(id);
    expect(await here.readsBy(owner)).toEqual(['comp:archive archive', `${other} all`]);
  });

  test('a deleted customer, and one that Stripe has never heard of, give nothing', async () => {
    const owner = await withOwner();
    await here.refresh(id);
    stripe.customers.set(id, customer({ id, deleted: true }));
    expect(await here.refresh(id)).toMatchObject({ kind: 'refreshed', changed: true });
    expect(await here.readsBy(owner)).toEqual([]);
    stripe.customers.set(id, customer({ id, subscriptions: [subscription()] }));
    await here.refresh(id);
    stripe.customers.delete(id);
    expect(await here.refresh(id)).toEqual({ kind: 'unknown-customer', changed: true });
    expect(await here.readsBy(owner)).toEqual([]);
    expect(await here.customers.customer(id)).toMatchObject({ owner: owner.id, state: { deleted: true } });
    expect(await here.refresh(id)).toEqual({ kind: 'unknown-customer', changed: false });
  });

  describe('an address typed with capitals', () => {
    const typed = 'Ann.Reader@Example.com';
    const named = (reader: string) =>
      customer({ id, email: typed, metadata: { gatefold_reader: reader }, subscriptions: [subscription()] });
    const addressAfter = async () => {
      await here.refresh(id);
      return stripe.customers.get(id)?.email;
    };

    test('is written at Stripe as its owner will prove it', async () => {
      const owner = await withOwner();
      stripe.customers.set(id, named(owner.id));
      expect(await addressAfter()).toBe('ann.reader@example.com');
      expect(await here.readsBy(owner)).toEqual([`${id} all`]);
    });

    test('is left alone on another’s customer, and where the owner has proved an address', async () => {
      const proved = await withOwner(`${id}@example.com`);
      for (const reader of [proved.id, 'another-gatefold']) {
        stripe.customers.set(id, named(reader));
        expect(await addressAfter()).toBe(typed);
      }
    });

    test('is left for the next time while Stripe writes nothing', async () => {
      const owner = await withOwner();
      stripe.customers.set(id, named(owner.id));
      const { assignCustomer } = stripe;
      stripe.assignCustomer = async () => {
        throw new BillingFault('rate-limited', 'as the test says');
      };
      expect(await addressAfter()).toBe(typed);
      expect(await here.readsBy(owner)).toEqual([`${id} all`]);
      stripe.assignCustomer = assignCustomer;
      expect(await addressAfter()).toBe('ann.reader@example.com');
    });
  });

  describe('a customer without a record', () => {
    test('is nobody’s, and nothing is kept of it', async () => {
      expect(await here.refresh(id)).toMatchObject({ kind: 'unlinked', state: { id } });
      expect(await here.customers.customer(id)).toBeUndefined();
      stripe.customers.delete(id);
      expect(await here.refresh(id)).toEqual({ kind: 'unknown-customer', changed: false });
    });

    const metadata = (reader: string) => ({ metadata: { gatefold_reader: reader } });
    test('is the reader’s whom its metadata names', async () => {
      const owner = await here.browser();
      stripe.customers.set(id, customer({ id, ...metadata(owner.id), subscriptions: [subscription()] }));
      expect(await here.refresh(id)).toMatchObject({ kind: 'refreshed', record: { owner: owner.id } });
      expect(await here.readsBy(owner)).toEqual([`${id} all`]);
    });

    test('is the reader’s who proved its address, however it is written, where the metadata names nobody we know', async () => {
      const owner = await here.proved(`${id}@example.com`);
      const email = ` ${id.toUpperCase()}@Example.com`;
      stripe.customers.set(
        id,
        customer({ id, email, ...metadata('erased'), subscriptions: [subscription()] }),
      );
      expect(await here.refresh(id)).toMatchObject({ kind: 'refreshed', record: { owner: owner.id } });
    });

    test('is nobody’s by an address that nobody proved, by strange metadata, or once it is deleted', async () => {
      const owner = await here.proved(`${id}@example.com`);
      for (const facts of [
        { email: `other-${id}@example.com` },
        { metadata: { gatefold_reader: '' } },
        { metadata: { gatefold_reader: '__proto__' } },
        { deleted: true, email: owner.email, ...metadata(owner.id) },
      ]) {
        stripe.customers.set(id, customer({ id, subscriptions: [subscription()], ...facts }));
        expect(await here.refresh(id)).toMatchObject({ kind: 'unlinked' });
      }
    });

    test('stays the one’s who got it while Stripe was asked', async () => {
      const [named, quicker] = [await here.browser(), await here.proved(`${id}@example.com`)];
      stripe.customers.set(id, customer({ id, ...metadata(named.id), subscriptions: [subscription()] }));
      const held = stripe.holdNext();
      const refreshing = here.refresh(id);
      await held.begun;
      await there.customers.assign(id, { owner: quicker.id });
      held.release();
      expect(await refreshing).toMatchObject({ record: { owner: quicker.id } });
      expect(await here.readsBy(named)).toEqual([]);
      expect(await here.readsBy(quicker)).toEqual([`${id} all`]);
    });
  });

  describe('overtaken', () => {
    test('a slow answer never undoes a newer one, whichever instance asked', async () => {
      const owner = await withOwner();
      for (const slow of [here, there]) {
        stripe.customers.set(id, customer({ id, subscriptions: [subscription()] }));
        const held = stripe.holdNext();
        const refreshing = slow.refresh(id);
        await held.begun;
        stripe.customers.set(id, canceled());
        await (slow === here ? there : here).refresh(id);
        held.release();
        expect(await refreshing).toMatchObject({
          kind: 'refreshed',
          state: { subscriptions: [{ status: 'canceled' }] },
        });
        expect(await here.readsBy(owner)).toEqual([]);
        expect((await here.customers.customer(id))?.state).toEqual(canceled());
      }
    });

    test('a newer answer comes through where the store lost its count of tickets', async () => {
      const owner = await withOwner();
      await here.entitlements.replaceCause(owner.id, id, 1_000_000, []);
      expect(await here.refresh(id)).toMatchObject({ changed: true });
      expect(await here.readsBy(owner)).toEqual([`${id} all`]);
    });

    test('twenty refreshes on two instances while the state goes on changing end with the last state', async () => {
      const owner = await withOwner();
      await Promise.all(
        Array.from({ length: 20 }, async (_, round) => {
          const active = round % 2 === 0;
          stripe.customers.set(id, active ? customer({ id, subscriptions: [subscription()] }) : canceled());
          await (round % 3 === 0 ? here : there).refresh(id);
        }),
      );
      expect(await here.readsBy(owner)).toEqual([]);
    });
  });

  describe('changing hands while Stripe is asked', () => {
    test('the new owner reads, the former one does not', async () => {
      const [former, next] = [await withOwner(), await here.proved(`${id}@example.com`)];
      const held = stripe.holdNext();
      const refreshing = here.refresh(id);
      await held.begun;
      await there.customers.assign(id, { owner: next.id });
      held.release();
      expect(await refreshing).toMatchObject({ changed: true, record: { owner: next.id } });
      expect(await here.readsBy(former)).toEqual([]);
      expect(await here.readsBy(next)).toEqual([`${id} all`]);
    });

    test('and Stripe fails when it is asked again: the former owner reads nothing all the same', async () => {
      const [former, next] = [await withOwner(), await here.proved(`${id}@example.com`)];
      const held = stripe.holdNext();
      const refreshing = here.refresh(id);
      await held.begun;
      await there.customers.assign(id, { owner: next.id });
      stripe.fault = 'stripe-down';
      held.release();
      await expect(refreshing).rejects.toThrow(BillingFault);
      expect(await here.readsBy(former)).toEqual([]);
    });

    test('forgotten meanwhile: nobody reads by it', async () => {
      const former = await withOwner();
      const held = stripe.holdNext();
      const refreshing = here.refresh(id);
      await held.begun;
      await there.customers.forget(id);
      held.release();
      expect(await refreshing).toMatchObject({ kind: 'unlinked' });
      expect(await here.readsBy(former)).toEqual([]);
      expect(await here.customers.customer(id)).toBeUndefined();
    });
  });

  describe('asked for by many', () => {
    test('a hundred at once cost two questions, and all see what changed before they asked', async () => {
      const owner = await withOwner();
      const held = stripe.holdNext();
      const first = here.refresh(id);
      await held.begun;
      stripe.customers.set(id, canceled());
      const others = Array.from({ length: 100 }, () => here.refresh(id));
      held.release();
      const answers = await Promise.all([first, ...others]);
      expect(stripe.asked()).toBe(2);
      expect(answers.at(-1)).toMatchObject({ state: canceled() });
      expect(await here.readsBy(owner)).toEqual([]);
    });

    test('a failure fails whoever asked before it, and not whoever asks after', async () => {
      await withOwner();
      stripe.fault = 'stripe-down';
      await expect(here.refresh(id)).rejects.toThrow(BillingFault);
      stripe.fault = undefined;
      expect(await here.refresh(id)).toMatchObject({ kind: 'refreshed' });
    });

    test('those who wait are answered, though the one before them failed', async () => {
      await withOwner();
      stripe.fault = 'unreachable';
      const failing = here.refresh(id);
      const waiting = here.refresh(id);
      failing.catch(() => {
        stripe.fault = undefined;
      });
      await expect(failing).rejects.toThrow(BillingFault);
      expect(await waiting).toMatchObject({ kind: 'refreshed' });
    });
  });

  describe('from what was kept', () => {
    test('a change of the policy is applied without Stripe', async () => {
      const owner = await withOwner();
      stripe.customers.set(
        id,
        customer({ id, subscriptions: [subscription({ status: 'past_due', owedSince: noon })] }),
      );
      await here.refresh(id);
      expect(await here.readsBy(owner)).toEqual([`${id} all`]);
      stripe.fault = 'unreachable';
      Object.assign(here.terms.billing, { graceDays: 0 });
      expect(await applyKeptState(here, id)).toMatchObject({ kind: 'refreshed', changed: true });
      expect(await here.readsBy(owner)).toEqual([]);
    });

    test('of what was never read, nothing is made', async () => {
      expect(await applyKeptState(here, id)).toBeUndefined();
      const owner = await withOwner();
      expect(await applyKeptState(here, id)).toBeUndefined();
      expect(await here.readsBy(owner)).toEqual([]);
    });

    test('an answer of Stripe’s that was under way wins over what was kept', async () => {
      const owner = await withOwner();
      await here.refresh(id);
      stripe.customers.set(id, canceled());
      const held = stripe.holdNext();
      const refreshing = here.refresh(id);
      await held.begun;
      await applyKeptState(there, id);
      held.release();
      await refreshing;
      expect(await here.readsBy(owner)).toEqual([]);
    });
  });

  test.each(['unreachable', 'stripe-down', 'rate-limited', 'not-allowed', 'refused', 'nonsense'] as const)(
    'Stripe %s: told as it is, and nobody loses or gets anything',
    async (fault) => {
      const owner = await withOwner();
      await here.refresh(id);
      stripe.customers.set(id, canceled());
      stripe.fault = fault;
      await expect(here.refresh(id)).rejects.toMatchObject({ kind: fault });
      expect(await here.readsBy(owner)).toEqual([`${id} all`]);
      stripe.fault = undefined;
      await here.refresh(id);
      expect(await here.readsBy(owner)).toEqual([]);
    },
  );
});

test('Redis down while Stripe is asked: told, and asking again once it is back gives access', async () => {
  const own = await startRedis({ durable: true });
  const stores = await openStores({ redisUrl: own.url, dataDir: '', warn: () => {} });
  try {
    const id = newCustomerId();
    const stripe = listedStripe([customer({ id, subscriptions: [subscription()] })]);
    const bench = ruleBench(stores, stripe);
    const owner = { id: 'down' as ReaderId };
    await stores.customers.assign(id, { owner: owner.id });
    const held = stripe.holdNext();
    const refreshing = bench.refresh(id);
    await held.begun;
    await own.kill();
    held.release();
    await expect(refreshing).rejects.toThrow();
    await own.restart();
    await until(
      () =>
        bench.refresh(id).then(
          () => true,
          () => false,
        ),
      'a refresh after the outage',
    );
    expect(await bench.readsBy(owner)).toEqual([`${id} all`]);
  } finally {
    await stores.close();
    await own.stop();
  }
});
