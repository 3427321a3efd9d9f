/** An event triggers one refresh of its customer, is answered by what came of it, and a failure is told so that it is sent again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventReading, EventSubject } from '../../src/billing/billing.ts';
import { createReceiveEvent, type EventOutcome } from '../../src/billing/receive-event.ts';
import type { CustomerId } from '../../src/billing/subscription.ts';
import type { ReaderRecord } from '../../src/readers/reader.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { customer, subscription } from './customer-facts.ts';
import { type ListedStripe, listedStripe } from './listed-stripe.ts';
import { newCustomerId, type RuleBench, ruleBench } from './rule-bench.ts';

let directory: string;
let stores: Stores;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatefold-event-'));
  stores = await openStores({ dataDir: directory, warn: () => {} });
});
afterAll(async () => {
  await stores.close();
  rmSync(directory, { recursive: true, force: true });
});

let stripe: ListedStripe;
let bench: RuleBench;
let id: CustomerId;
let owner: ReaderRecord;
let counted: (readonly [EventOutcome['kind'], string | undefined])[];
beforeEach(async () => {
  id = newCustomerId();
  stripe = listedStripe([customer({ id, subscriptions: [subscription()] })]);
  bench = ruleBench(stores, stripe);
  owner = await bench.browser();
  counted = [];
  await bench.customers.assign(id, { owner: owner.id });
});

/** The event has been verified and read; what comes of it is in question here. */
const receive = (reading: EventReading): Promise<EventOutcome> =>
  createReceiveEvent({
    billing: { readEvent: () => reading, customerOf: stripe.customerOf },
    refresh: bench.refresh,
    count: ({ kind }, type) => counted.push([kind, type]),
  })(Buffer.alloc(0), 'signed');

const event = (type: string, subject: Partial<EventSubject> = { customer: id }): EventReading => ({
  kind: 'event',
  event: { id: 'evt_1', type, createdAt: 0, subject: { refers: {}, ...subject } },
});
const reads = () => bench.readsBy(owner);

describe('every event that changes access is handled by the same refresh', () => {
  const becomes = {
    'customer.subscription.deleted': customer({ subscriptions: [subscription({ status: 'canceled' })] }),
    'customer.subscription.paused': customer({ subscriptions: [subscription({ status: 'paused' })] }),
    'invoice.payment_failed': customer({ subscriptions: [subscription({ status: 'unpaid', owedSince: 0 })] }),
    'charge.refunded': customer({ subscriptions: [subscription({ reversal: 'refunded' })] }),
    'charge.dispute.created': customer({ subscriptions: [subscription({ reversal: 'disputed' })] }),
    'customer.deleted': customer({ deleted: true }),
  };
  test.each(Object.entries(becomes))('%s ends it', async (type, state) => {
    await bench.refresh(id);
    stripe.customers.set(id, { ...state, id });
    expect(await receive(event(type))).toEqual({ kind: 'refreshed', changed: true });
    expect(await reads()).toEqual([]);
  });

  test.each([
    'checkout.session.completed',
    'checkout.session.async_payment_succeeded',
    'customer.subscription.created',
    'customer.subscription.updated',
    'customer.subscription.resumed',
    'invoice.paid',
    'customer.updated',
  ])('%s begins it', async (type) => {
    expect(await receive(event(type))).toEqual({ kind: 'refreshed', changed: true });
    expect(await reads()).toEqual([`${id} all`]);
    expect(await receive(event(type))).toEqual({ kind: 'refreshed', changed: false });
  });

  test.each([
    'checkout.session.async_payment_failed',
    'checkout.session.expired',
    'customer.subscription.created',
  ])('%s of what was not paid gives nothing', async (type) => {
    stripe.customers.set(id, customer({ id, subscriptions: [subscription({ status: 'incomplete' })] }));
    expect(await receive(event(type))).toEqual({ kind: 'refreshed', changed: false });
    expect(await reads()).toEqual([]);
  });

  test('what the event itself says is not believed', async () => {
    stripe.customers.set(id, customer({ id, subscriptions: [subscription({ status: 'canceled' })] }));
    await receive(event('customer.subscription.created'));
    expect(await reads()).toEqual([]);
  });

  test('entitlements.active_entitlement_summary.updated replaces the full set', async () => {
    const subscriptions = [
      subscription({ items: [{ ...subscription().items[0], price: 'price_of_a_mug' }] }),
    ];
    const type = 'entitlements.active_entitlement_summary.updated';
    for (const features of [['puzzles', 'archive'], ['archive'], []]) {
      stripe.customers.set(id, customer({ id, subscriptions, features }));
      await receive(event(type));
      expect(await reads()).toEqual(features.map((feature) => `${id} ${feature}`).sort());
    }
  });
});

test('an address that changed at Stripe to one that a reader has proved links a customer that was nobody’s', async () => {
  const strays = newCustomerId();
  const reader = await bench.proved(`${strays}@example.com`);
  stripe.customers.set(strays, customer({ id: strays, subscriptions: [subscription()] }));
  const updated = event('customer.updated', { customer: strays });
  expect(await receive(updated)).toEqual({ kind: 'ignored', why: 'not-linked' });
  stripe.customers.set(strays, { ...stripe.customers.get(strays)!, email: reader.email });
  expect(await receive(updated)).toEqual({ kind: 'refreshed', changed: true });
  expect(await bench.readsBy(reader)).toEqual([`${strays} all`]);
});

test('an object that names no customer is asked whose it is', async () => {
  const disputed = event('charge.dispute.created', { refers: { charge: `ch_of_${id}` } });
  expect(await receive(disputed)).toEqual({ kind: 'refreshed', changed: true });
  expect(await receive(event('charge.dispute.created', {}))).toEqual({ kind: 'ignored', why: 'no-customer' });
});

test('customers of other services on the account, and ones that Stripe has forgotten, are left alone', async () => {
  await bench.customers.forget(id);
  expect(await receive(event('invoice.paid'))).toEqual({ kind: 'ignored', why: 'not-linked' });
  stripe.customers.delete(id);
  expect(await receive(event('invoice.paid'))).toEqual({ kind: 'ignored', why: 'unknown-customer' });
});

test('what access does not depend on asks Stripe nothing', async () => {
  expect(await receive({ kind: 'ignored', type: 'payout.paid' })).toEqual({ kind: 'ignored', why: 'type' });
  expect(await receive({ kind: 'refused', why: 'wrong-mode' })).toEqual({
    kind: 'refused',
    why: 'wrong-mode',
  });
  expect(stripe.asked()).toBe(0);
});

test('a hundred copies at once have one effect and cost two questions', async () => {
  const heard: string[] = [];
  stores.entitlements.onChange((reader) => heard.push(reader));
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => receive(event('invoice.paid'))));
  expect(outcomes.every(({ kind }) => kind === 'refreshed')).toBe(true);
  expect(stripe.asked()).toBeLessThanOrEqual(2);
  expect(heard.filter((reader) => reader === owner.id)).toHaveLength(1);
});

test.each(['unreachable', 'stripe-down', 'rate-limited', 'not-allowed', 'refused', 'nonsense'] as const)(
  'Stripe %s: failed, for whoever names the customer and whoever names only a charge; sent again, it is right',
  async (fault) => {
    for (const subject of [{ customer: id }, { refers: { charge: `ch_of_${id}` } }]) {
      stripe.fault = fault;
      expect(await receive(event('charge.refunded', subject))).toMatchObject({ kind: 'failed', why: fault });
      stripe.fault = undefined;
      expect(await receive(event('charge.refunded', subject))).toMatchObject({ kind: 'refreshed' });
    }
    expect(await reads()).toEqual([`${id} all`]);
  },
);

test('a store that fails is told apart from Stripe', async () => {
  const failing = createReceiveEvent({
    billing: { readEvent: () => event('invoice.paid'), customerOf: stripe.customerOf },
    refresh: async () => {
      throw new Error('the file is locked');
    },
  });
  expect(await failing(Buffer.alloc(0), undefined)).toMatchObject({ kind: 'failed', why: 'store' });
});

test('every outcome is counted once, with the event’s type where it could be read', async () => {
  await receive(event('invoice.paid'));
  await receive({ kind: 'ignored', type: 'payout.paid' });
  await receive({ kind: 'refused', why: 'bad-signature' });
  stripe.fault = 'unreachable';
  await receive(event('invoice.paid'));
  expect(counted).toEqual([
    ['refreshed', 'invoice.paid'],
    ['ignored', 'payout.paid'],
    ['refused', undefined],
    ['failed', 'invoice.paid'],
  ]);
});
