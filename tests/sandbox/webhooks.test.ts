/** The offline Stripe's webhooks: signed, sent again, and disturbed on order. */
import { afterEach, expect } from '@jest/globals';
import type Stripe from 'stripe';
import { sandboxTest } from '../support/stripe-under-test.ts';
import { openShop, type Shop, subscribed } from './open-shop.ts';

let shop: Shop;
afterEach(() => shop.close());

const settled = () => shop.sandbox.controls.settled();

sandboxTest('every webhook is signed with its endpoint’s own secret, as the SDK verifies it', async () => {
  shop = await openShop();
  const url = `${shop.hookUrl}/other`;
  const other = await shop.stripe.webhookEndpoints.create({ url, enabled_events: ['customer.created'] });
  const { id } = await shop.stripe.customers.create();
  await settled();
  const seen = shop.received.filter(({ event }) => (event.data.object as { id?: string }).id === id);
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
  await shop.stripe.webhookEndpoints.del(other.id);
});

sandboxTest('an event’s object is as it was then, with decimals as texts', async () => {
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

/** Ids of the customers whose making was told, or wasn't. */
const told = async (delivered: boolean) => {
  const asked = { type: 'customer.created', delivery_success: delivered, limit: 100 };
  const { data } = await shop.stripe.events.list(asked);
  return data.map((event) => (event.data.object as Stripe.Customer).id);
};

sandboxTest('one that isn’t taken is sent again until it is, and is undelivered meanwhile', async () => {
  let status = 500;
  shop = await openShop({ answer: () => status });
  const { id } = await shop.stripe.customers.create();
  await settled();
  expect([await told(false), await told(true)]).toEqual([
    expect.arrayContaining([id]),
    expect.not.arrayContaining([id]),
  ]);
  status = 200;
  await shop.sandbox.controls.moveClock(shop.sandbox.now() + 60_000);
  await settled();
  expect([await told(false), await told(true)]).toEqual([
    expect.not.arrayContaining([id]),
    expect.arrayContaining([id]),
  ]);
});

sandboxTest('one that is never taken is given up after three days, and stays undelivered', async () => {
  shop = await openShop({ answer: () => 0 });
  const { id } = await shop.stripe.customers.create();
  for (let step = 0; step < 5; step++) {
    await settled();
    await shop.sandbox.controls.moveClock(shop.sandbox.now() + 86_400_000);
  }
  await settled();
  const views = await shop.sandbox.controls.recentEvents();
  const view = views.find(({ about, type }) => type === 'customer.created' && about === id);
  const own = view?.deliveries.filter(({ url }) => url === shop.hookUrl);
  expect(own).toMatchObject([{ state: 'given-up' }]);
  expect(await told(false)).toContain(id);
  expect((await shop.stripe.events.retrieve(String(view?.id))).pending_webhooks).toBe(1);
});

sandboxTest('mischief sends copies, drops some and mixes their order', async () => {
  shop = await openShop();
  await settled();
  shop.received.length = 0;
  await shop.sandbox.controls.setMischief({ delayMs: 50, copies: 3, shuffle: true, dropOfTen: 0 });
  for (let number = 0; number < 20; number++) await shop.stripe.customers.create({ name: `N${number}` });
  await settled();
  const ids = shop.received.map(({ event }) => event.id);
  expect([ids.length, new Set(ids).size]).toEqual([60, 20]);
  const names = shop.received.map(({ event }) => (event.data.object as { name?: string }).name);
  const inOrder = Array.from({ length: 20 }, (_, number) => `N${number}`);
  expect([...new Set(names)]).not.toEqual(inOrder);
  shop.received.length = 0;
  await shop.sandbox.controls.setMischief({ delayMs: 0, copies: 1, shuffle: false, dropOfTen: 10 });
  await shop.stripe.customers.create({ name: 'dropped' });
  await settled();
  expect(shop.received).toEqual([]);
  const [dropped] = (await shop.stripe.events.list({ type: 'customer.created', delivery_success: false }))
    .data;
  await shop.sandbox.controls.setMischief({ delayMs: 0, copies: 1, shuffle: false, dropOfTen: 0 });
  expect(await shop.sandbox.controls.resend(dropped!.id)).toBe(true);
  await settled();
  expect(shop.types()).toEqual(['customer.created']);
});

sandboxTest('without mischief they arrive in the order of what happened', async () => {
  // From another process, over several connections at once, the order would be the system's.
  shop = await openShop({ inProcess: true });
  for (let number = 0; number < 30; number++) await shop.stripe.customers.create({ name: `N${number}` });
  await settled();
  const names = shop.received.flatMap(({ event }) => (event.data.object as { name?: string }).name ?? []);
  expect(names.filter((name) => name.startsWith('N'))).toEqual(
    Array.from({ length: 30 }, (_, number) => `N${number}`),
  );
});

sandboxTest('events are listed by type and between two cursors, and are gone after thirty days', async () => {
  shop = await openShop();
  for (let number = 0; number < 5; number++) await shop.stripe.customers.create({ name: `N${number}` });
  const types = ['customer.created'];
  const { data } = await shop.stripe.events.list({ types, limit: 5 });
  expect(data.map(({ data: { object } }) => (object as Stripe.Customer).name)).toEqual(
    [4, 3, 2, 1, 0].map((number) => `N${number}`),
  );
  const idsOf = async (asked: Stripe.EventListParams) =>
    (await shop.stripe.events.list({ types, ...asked })).data.map(({ id }) => id);
  const ids = data.map(({ id }) => id);
  expect(await idsOf({ ending_before: ids[2]! })).toEqual(ids.slice(0, 2));
  expect(await idsOf({ starting_after: ids[2]!, limit: 2 })).toEqual(ids.slice(3));
  expect(await idsOf({ created: { gte: data[4]!.created }, limit: 100 })).toEqual(
    expect.arrayContaining(ids),
  );
  await shop.sandbox.controls.moveClock(shop.sandbox.now() + 31 * 86_400_000);
  expect(await idsOf({ limit: 100 })).toEqual([]);
});
