/** The offline Stripe's webhooks: signed, sent again, and disturbed on order. */
import { afterEach, expect, test } from '@jest/globals';
import { openShop, type Shop, subscribed } from './open-shop.ts';

let shop: Shop;
afterEach(() => shop.close());

const settled = () => shop.sandbox.controls.settled();

test('every webhook is signed with its endpoint’s own secret, as the SDK verifies it', async () => {
  shop = await openShop();
  const url = new URL('/other', (await shop.stripe.webhookEndpoints.list()).data[0]!.url).href;
  const other = await shop.stripe.webhookEndpoints.create({ url, enabled_events: ['customer.created'] });
  await shop.stripe.customers.create();
  await settled();
  const seen = shop.received.filter(({ event }) => event.type === 'customer.created');
  expect(seen.length).toBe(2);
  const secrets = [shop.sandbox.webhookSecret, String(other.secret)];
  const verified = seen.map(({ body, signature }) =>
    secrets.findIndex((secret) => {
      try {
        return shop.stripe.webhooks.constructEvent(body, signature, secret).type === 'customer.created';
      } catch {
        return false;
      }
    }),
  );
  expect(verified.sort()).toEqual([0, 1]);
  expect((await shop.stripe.webhookEndpoints.retrieve(other.id)).secret).toBeUndefined();
});

test('an event’s object is as it was then, with decimals as texts', async () => {
  shop = await openShop();
  const { subscription } = await subscribed(shop);
  await shop.stripe.subscriptions.update(subscription.id, { metadata: { a: 'b' } });
  await settled();
  const [created, updated] = ['created', 'updated'].map(
    (kind) => shop.received.find(({ event }) => event.type === `customer.subscription.${kind}`)!,
  );
  expect(JSON.parse(created!.body)).toMatchObject({
    api_version: '2026-10-28.endive',
    livemode: false,
    data: {
      object: {
        id: subscription.id,
        metadata: {},
        items: { data: [{ price: { unit_amount_decimal: '1200' } }] },
      },
    },
  });
  expect(JSON.parse(updated!.body)).toMatchObject({
    request: { id: expect.stringMatching(/^req_/) },
    data: { object: { metadata: { a: 'b' } }, previous_attributes: { metadata: {} } },
  });
});

test('one that isn’t taken is sent again until it is, and is undelivered meanwhile', async () => {
  let status = 500;
  shop = await openShop({ answer: () => status });
  await settled();
  const undelivered = async () =>
    (await shop.stripe.events.list({ delivery_success: false, limit: 100 })).data.length;
  const before = await undelivered();
  expect(before).toBeGreaterThan(0);
  status = 200;
  await shop.sandbox.controls.moveClock(shop.sandbox.now() + 60_000);
  await settled();
  expect(await undelivered()).toBe(0);
  expect((await shop.stripe.events.list({ delivery_success: true, limit: 100 })).data.length).toBe(before);
});

test('one that is never taken is given up after three days, and stays undelivered', async () => {
  shop = await openShop({ answer: () => 0 });
  await shop.stripe.customers.create();
  for (let step = 0; step < 5; step++) {
    await settled();
    await shop.sandbox.controls.moveClock(shop.sandbox.now() + 86_400_000);
  }
  await settled();
  const view = shop.sandbox.controls.recentEvents(100).find(({ type }) => type === 'customer.created');
  expect(view?.deliveries).toMatchObject([{ state: 'given-up' }]);
  const { data } = await shop.stripe.events.list({ type: 'customer.created', delivery_success: false });
  expect(data[0]?.pending_webhooks).toBe(1);
});

test('mischief sends copies, drops some and mixes their order', async () => {
  shop = await openShop();
  await settled();
  shop.received.length = 0;
  shop.sandbox.controls.setMischief({ delayMs: 50, copies: 3, shuffle: true, dropOfTen: 0 });
  for (let number = 0; number < 20; number++) await shop.stripe.customers.create({ name: `N${number}` });
  await settled();
  const ids = shop.received.map(({ event }) => event.id);
  expect([ids.length, new Set(ids).size]).toEqual([60, 20]);
  const names = shop.received.map(({ event }) => (event.data.object as { name?: string }).name);
  const inOrder = Array.from({ length: 20 }, (_, number) => `N${number}`);
  expect([...new Set(names)]).not.toEqual(inOrder);
  shop.received.length = 0;
  shop.sandbox.controls.setMischief({ delayMs: 0, copies: 1, shuffle: false, dropOfTen: 10 });
  await shop.stripe.customers.create({ name: 'dropped' });
  await settled();
  expect(shop.received).toEqual([]);
  const [dropped] = (await shop.stripe.events.list({ type: 'customer.created', delivery_success: false }))
    .data;
  shop.sandbox.controls.setMischief({ delayMs: 0, copies: 1, shuffle: false, dropOfTen: 0 });
  expect(shop.sandbox.controls.resend(dropped!.id)).toBe(true);
  await settled();
  expect(shop.types()).toEqual(['customer.created']);
});

test('without mischief they arrive in the order of what happened', async () => {
  shop = await openShop();
  for (let number = 0; number < 30; number++) await shop.stripe.customers.create({ name: `N${number}` });
  await settled();
  const names = shop.received.flatMap(({ event }) => (event.data.object as { name?: string }).name ?? []);
  expect(names.filter((name) => name.startsWith('N'))).toEqual(
    Array.from({ length: 30 }, (_, number) => `N${number}`),
  );
});

test('events are listed by type and between two cursors, and are gone after thirty days', async () => {
  shop = await openShop();
  for (let number = 0; number < 5; number++) await shop.stripe.customers.create({ name: `N${number}` });
  const types = ['customer.created'];
  const { data } = await shop.stripe.events.list({ types });
  expect(data.length).toBe(5);
  const newer = await shop.stripe.events.list({ types, ending_before: data[2]!.id });
  expect(newer.data.map(({ id }) => id)).toEqual([data[0]!.id, data[1]!.id]);
  const since = await shop.stripe.events.list({ types, created: { gte: data[4]!.created } });
  expect(since.data.length).toBe(5);
  await shop.sandbox.controls.moveClock(shop.sandbox.now() + 31 * 86_400_000);
  expect((await shop.stripe.events.list({ types })).data).toEqual([]);
});
