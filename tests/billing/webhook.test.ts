/** Stripe's deliveries over HTTP: whatever is sent, overtaken, repeated or fails on the way, access ends up as Stripe says. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ReaderId } from '../../src/readers/reader.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { until } from '../support/until.ts';
import { newCustomerId } from './rule-bench.ts';
import { type StripeAccount, stripeAccount, troubles } from './stripe-account.ts';
import { event } from './stripe-shapes.ts';
import { startStub } from './stripe-stub.ts';
import { deliver, signed, startWebhookSite, type WebhookSite } from './webhook-site.ts';

let redis: RedisServer;
let directory: string;
let embedded: Stores;
beforeAll(async () => {
  redis = await startRedis({ durable: true });
  directory = mkdtempSync(join(tmpdir(), 'gatefold-webhook-'));
  embedded = await openStores({ dataDir: directory, warn: () => {} });
});
afterAll(async () => {
  await embedded.close();
  await redis.stop();
  rmSync(directory, { recursive: true, force: true });
});

const openSites: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(openSites.splice(0).map((open) => open.close()));
});

interface Setting {
  readonly account: StripeAccount;
  readonly site: WebhookSite;
  readonly reader: ReaderId;
  readonly apiBase: string;
  readonly stores: Stores;
  /** Whether the reader may read now. */
  reads(): Promise<boolean>;
  changed(): ReturnType<typeof deliver>;
}

const begin = async (stores: Stores, attemptMs?: number): Promise<Setting> => {
  const id = newCustomerId();
  const reader = `reader-of-${id}` as ReaderId;
  const stub = await startStub();
  const account = stripeAccount(stub, id, reader);
  await stores.customers.assign(id, { owner: reader });
  const apiBase = stub.url;
  const site = await startWebhookSite({
    ...{ apiBase, stores },
    ...(attemptMs === undefined ? {} : { attemptMs }),
  });
  openSites.push(site);
  return {
    ...{ account, site, reader, apiBase, stores },
    reads: async () => (await stores.entitlements.of(reader)).some(({ endsAt }) => endsAt > Date.now()),
    changed: () => deliver(site.url, subscriptionEvent(id)),
  };
};

const subscriptionEvent = (customer: string) =>
  event('customer.subscription.updated', { object: 'subscription', id: `sub_${customer}`, customer });

describe('what is not a delivery of Stripe’s to this site', () => {
  let setting: Setting;
  beforeEach(async () => {
    setting = await begin(embedded);
  });
  const send = (...args: Parameters<typeof deliver> extends [string, ...infer Rest] ? Rest : never) =>
    deliver(setting.site.url, ...args);
  const good = () => subscriptionEvent(setting.account.id);
  const bytes = (payload: unknown) => Buffer.from(JSON.stringify(payload));

  test('unsigned, wrongly signed, signed long ago or for another body: 400, each with its code', async () => {
    const yesterday = Date.now() - 86_400_000;
    expect(await send(good(), { signature: '' })).toMatchObject({ status: 400, code: 'no-signature' });
    expect(await send(good(), { signature: 't=1,v1=00' })).toMatchObject({
      status: 400,
      code: 'bad-signature',
    });
    expect(await send(good(), { signature: 'nonsense' })).toMatchObject({
      status: 400,
      code: 'bad-signature',
    });
    expect(await send(good(), { signature: signed(bytes(good()), 'whsec_other') })).toMatchObject({
      ...{ status: 400, code: 'bad-signature' },
    });
    expect(await send(good(), { signature: signed(bytes({ ...good(), id: 'evt_2' })) })).toMatchObject({
      ...{ status: 400, code: 'bad-signature' },
    });
    const old = signed(bytes(good()), undefined, yesterday);
    expect(await send(good(), { signature: old })).toMatchObject({ status: 400, code: 'too-old' });
    expect(await setting.reads()).toBe(false);
    expect(setting.account.asked()).toBe(0);
  });

  test('every secret counts: one that is being replaced still verifies', async () => {
    const signature = signed(bytes(good()), 'whsec_of_yesterday');
    expect(await send(good(), { signature })).toMatchObject({ status: 200, code: 'refreshed' });
  });

  test('of the other mode or another account: 400', async () => {
    expect(await send({ ...good(), livemode: true })).toMatchObject({ status: 400, code: 'wrong-mode' });
    expect(await send({ ...good(), account: 'acct_2' })).toMatchObject({
      status: 400,
      code: 'other-account',
    });
  });

  test('signed, and not JSON, not an event, nothing, or a thin event: 400', async () => {
    for (const [payload, code] of [
      ['', 'not-json'],
      ['{"id":', 'not-json'],
      [Buffer.from([0xff, 0x00, 0x80]), 'not-json'],
      ['null', 'not-an-event'],
      ['[]', 'not-an-event'],
      ['{"object":"event"}', 'not-an-event'],
      [{ id: 'evt_1', object: 'v2.core.event', type: 'v1.billing.meter.error' }, 'thin-event'],
    ] as const)
      expect(await send(payload)).toMatchObject({ status: 400, code });
  });

  test('two megabytes: 413, whether or not it says so beforehand', async () => {
    const large = Buffer.alloc(2_000_000, 32);
    expect(await send(large)).toMatchObject({ status: 413, code: 'too-large' });
    const chunked = { headers: { 'Transfer-Encoding': 'chunked' } };
    expect(await send(large, chunked)).toMatchObject({ status: 413, code: 'too-large' });
  });

  test('packed: refused unopened', async () => {
    const packed = gzipSync(bytes(good()));
    expect(await send(packed, { headers: { 'Content-Encoding': 'gzip' } })).toMatchObject({
      ...{ status: 415, code: 'unreadable' },
    });
  });

  test('another method: 405, with the one that is allowed', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await send(good(), { method });
      expect(answer).toMatchObject({ status: 405, code: 'method-not-allowed', headers: { allow: 'POST' } });
    }
  });

  test('any content type will do: the signature says who sent it', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'nonsense',
      'application/json; charset=latin9',
    ])
      expect(await send(good(), { headers: { 'Content-Type': type } })).toMatchObject({ status: 200 });
  });

  test('no answer may be kept by a cache', async () => {
    for (const answer of [
      await send(good()),
      await send(good(), { signature: '' }),
      await send('', { method: 'GET' }),
    ])
      expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' });
  });
});

describe('every event that a paywall handles', () => {
  const named = [
    'customer.subscription.created',
    'customer.subscription.updated',
    'customer.subscription.paused',
    'customer.subscription.resumed',
    'customer.subscription.deleted',
    'checkout.session.completed',
    'checkout.session.async_payment_succeeded',
    'checkout.session.async_payment_failed',
    'checkout.session.expired',
    'invoice.paid',
    'invoice.payment_failed',
    'invoice.payment_action_required',
    'invoice.finalization_failed',
    'invoice.voided',
    'invoice.marked_uncollectible',
    'entitlements.active_entitlement_summary.updated',
    'charge.refunded',
  ];
  test.each(named)('%s: the customer is read again', async (type) => {
    const { account, site, reads } = await begin(embedded);
    const send = () => deliver(site.url, event(type, { object: 'whatever', customer: account.id }));
    expect(await send()).toMatchObject({ status: 200, code: 'refreshed' });
    expect(await reads()).toBe(true);
    expect(await send()).toMatchObject({ status: 200, code: 'unchanged' });
    account.becomes('canceled');
    expect(await send()).toMatchObject({ status: 200, code: 'refreshed' });
    expect(await reads()).toBe(false);
  });

  test.each(['customer.updated', 'customer.deleted'])(
    '%s: the customer itself is read again',
    async (type) => {
      const { account, site, reads } = await begin(embedded);
      expect(await deliver(site.url, event(type, { object: 'customer', id: account.id }))).toMatchObject({
        ...{ status: 200, code: 'refreshed' },
      });
      expect(await reads()).toBe(true);
    },
  );

  test.each([
    'charge.dispute.created',
    'charge.dispute.updated',
    'charge.dispute.closed',
    'charge.dispute.funds_withdrawn',
    'charge.dispute.funds_reinstated',
  ])('%s: the customer of its charge is read again', async (type) => {
    const { site, reads } = await begin(embedded);
    const dispute = (charge: string) => event(type, { object: 'dispute', id: 'du_1', charge });
    expect(await deliver(site.url, dispute('ch_1'))).toMatchObject({ status: 200, code: 'refreshed' });
    expect(await reads()).toBe(true);
    expect(await deliver(site.url, dispute('ch_of_nobody'))).toMatchObject({
      ...{ status: 200, code: 'ignored-no-customer' },
    });
  });

  test.each([
    'customer.subscription.trial_will_end',
    'customer.subscription.pending_update_applied',
    'customer.subscription.pending_update_expired',
    'payout.paid',
    'something.that.stripe.invents',
  ])('%s: answered 200 and left alone', async (type) => {
    const { account, site } = await begin(embedded);
    const sent = event(type, { object: 'subscription', customer: account.id });
    expect(await deliver(site.url, sent)).toMatchObject({ status: 200, code: 'ignored-type' });
    expect(account.asked()).toBe(0);
  });

  test('an event in the shapes of 2020 is a trigger like any other', async () => {
    const { account, site, reads } = await begin(embedded);
    const old = event(
      'invoice.payment_succeeded',
      { object: 'invoice', customer: account.id, subscription: 'sub_1', paid: true, current_period_end: 1 },
      { api_version: '2020-08-27' },
    );
    expect(await deliver(site.url, old)).toMatchObject({ status: 200, code: 'ignored-type' });
    expect(await deliver(site.url, { ...old, type: 'invoice.paid' })).toMatchObject({ code: 'refreshed' });
    expect(await reads()).toBe(true);
  });

  test('a customer that is another service’s on the same account: 200, and nothing is kept', async () => {
    const { account, site, stores } = await begin(embedded);
    await stores.customers.forget(account.id);
    expect(await deliver(site.url, subscriptionEvent(account.id))).toMatchObject({
      code: 'ignored-not-linked',
    });
    expect(await deliver(site.url, subscriptionEvent('cus_unheard_of'))).toMatchObject({
      ...{ status: 200, code: 'ignored-unknown-customer' },
    });
    expect(await stores.customers.customer(account.id)).toBeUndefined();
  });
});

describe.each(['SQLite', 'Redis'])('with %s', (kind) => {
  let stores: Stores;
  beforeAll(async () => {
    stores =
      kind === 'Redis' ? await openStores({ redisUrl: redis.url, dataDir: '', warn: () => {} }) : embedded;
  });
  afterAll(async () => {
    if (kind === 'Redis') await stores.close();
  });

  test.each(Object.entries(troubles))(
    'Stripe answers with %s: 503, and right once it is sent again',
    async (_name, trouble) => {
      const { account, changed, reads } = await begin(stores, 300);
      await changed();
      account.becomes('canceled');
      account.fail(trouble);
      expect(await changed()).toMatchObject({ status: 503, code: 'stripe-unavailable' });
      expect(await reads()).toBe(true);
      account.fail(undefined);
      expect(await changed()).toMatchObject({ status: 200, code: 'refreshed' });
      expect(await reads()).toBe(false);
    },
  );

  test('Stripe doesn’t answer at all: 503 in time for Stripe to send again', async () => {
    const { account, changed } = await begin(stores, 150);
    account.fail(() => undefined);
    expect(await changed()).toMatchObject({ status: 503, code: 'stripe-unavailable' });
  });

  test('a slow answer that a newer one overtakes, on another instance, undoes nothing', async () => {
    const slow = await begin(stores);
    const fast = await startWebhookSite({ apiBase: slow.apiBase, stores });
    openSites.push(fast);
    const held = slow.account.holdNext();
    const delivering = slow.changed();
    await held.begun;
    slow.account.becomes('canceled');
    expect(await deliver(fast.url, subscriptionEvent(slow.account.id))).toMatchObject({ status: 200 });
    expect(await slow.reads()).toBe(false);
    held.release();
    expect(await delivering).toMatchObject({ status: 200 });
    expect(await slow.reads()).toBe(false);
  });

  test('a hundred copies at once: one effect, two readings, and all are answered 200', async () => {
    const { account, site, changed, reads } = await begin(stores);
    const held = account.holdNext();
    const first = changed();
    await held.begun;
    const copies = Array.from({ length: 99 }, changed);
    await until(() => site.received() === 100, 'all copies to come');
    held.release();
    const codes = (await Promise.all([first, ...copies])).map(({ status, code }) => `${status} ${code}`);
    expect(codes).toEqual(['200 refreshed', ...copies.map(() => '200 unchanged')]);
    expect(account.asked()).toBe(2);
    expect(await reads()).toBe(true);
  });

  test('out of order, the last word is Stripe’s', async () => {
    const { account, site, reads } = await begin(stores);
    const send = (type: string) =>
      deliver(site.url, event(type, { object: 'subscription', customer: account.id }));
    account.becomes('canceled');
    await send('customer.subscription.deleted');
    await send('customer.subscription.created');
    await send('invoice.paid');
    expect(await reads()).toBe(false);
  });
});

test('Redis down while the event comes, or between two steps: 503, and right once it is sent again', async () => {
  const own = await startRedis({ durable: true });
  const stores = await openStores({ redisUrl: own.url, dataDir: '', warn: () => {} });
  try {
    const { account, changed, reads } = await begin(stores);
    const healed = () => until(async () => (await changed()).status === 200, 'a delivery after the outage');
    await own.kill();
    expect(await changed()).toMatchObject({ status: 503, code: 'store-unavailable' });
    await own.restart();
    await healed();
    expect(await reads()).toBe(true);
    account.becomes('canceled');
    const held = account.holdNext();
    const delivering = changed();
    await held.begun;
    own.pause();
    held.release();
    expect(await delivering).toMatchObject({ status: 503, code: 'store-unavailable' });
    own.resume();
    await healed();
    await until(async () => !(await reads()), 'access to end');
  } finally {
    own.resume();
    await stores.close();
    await own.stop();
  }
});
