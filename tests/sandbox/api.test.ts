/** The offline Stripe's API as such: keys, refusals, pages, idempotency and failures on order. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Stripe from 'stripe';
import { randomText } from '../../src/ops/random.ts';
import { decodeForm } from '../../src/sandbox/api/form.ts';
import { sandboxTest } from '../support/stripe-under-test.ts';
import { newAddress, openShop, type Shop, subscribed } from './open-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const raw = async (
  method: string,
  path: string,
  { key = shop.sandbox.secretKey, headers = {}, body = '' } = {},
) => {
  const answer = await fetch(`${shop.sandbox.apiBase}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    ...(body === '' ? {} : { body }),
  });
  return {
    status: answer.status,
    headers: answer.headers,
    json: (await answer.json()) as { readonly error?: object },
  };
};

describe('a request', () => {
  test('with a wrong key or none is refused with 401', async () => {
    expect((await raw('GET', '/v1/customers', { key: 'sk_test_wrong' })).status).toBe(401);
    expect((await fetch(`${shop.sandbox.apiBase}/v1/customers`)).status).toBe(401);
  });

  sandboxTest('to a control is refused without the key too', async () => {
    expect((await fetch(`${shop.sandbox.apiBase}/sandbox/state`)).status).toBe(401);
  });

  test('to an unknown address is refused with 404, in Stripe’s shape', async () => {
    const { status, json, headers } = await raw('GET', '/v1/nonsense');
    expect(status).toBe(404);
    expect(json).toMatchObject({
      error: { type: 'invalid_request_error', message: expect.stringContaining('/v1/nonsense') },
    });
    expect(headers.get('request-id')).toMatch(/^req_/);
    expect((await raw('POST', '/v1/events')).status).toBe(404);
  });

  sandboxTest('in another API version is refused', async () => {
    expect((await raw('GET', '/v1/customers', { headers: { 'Stripe-Version': '2020-08-27' } })).status).toBe(
      400,
    );
    expect((await raw('GET', '/v1/customers')).status).toBe(200);
  });

  test.each([
    ['GET', '/v1/customers?nonsense=1', '', 'parameter_unknown', 'nonsense'],
    ['POST', '/v1/subscriptions', 'customer=cus_x', 'parameter_missing', 'items'],
    ['GET', '/v1/customers?limit=101', '', 'parameter_invalid_integer', 'limit'],
    ['GET', '/v1/customers?limit=ten', '', 'parameter_invalid_integer', 'limit'],
    ['GET', '/v1/customers?starting_after=cus_x', '', 'resource_missing', 'starting_after'],
    ['POST', '/v1/customers', 'email=nobody', 'email_invalid', 'email'],
    ['POST', '/v1/customers', 'metadata=text', undefined, 'metadata'],
    ['POST', '/v1/customers', 'name[a]=b', undefined, 'name'],
    ['POST', '/v1/customers', 'a[=%', undefined, undefined],
    ['GET', '/v1/subscriptions?customer=cus_x', '', 'resource_missing', 'customer'],
    ['GET', '/v1/subscriptions?status=alive', '', undefined, 'status'],
    ['GET', '/v1/customers?expand[]=data.nonsense', '', undefined, 'expand'],
  ])('%s %s %s is refused as 400 with code %s for %s', async (method, path, body, code, param) => {
    if (path.includes('nonsense') && path.includes('expand')) await shop.stripe.customers.create();
    const { status, json } = await raw(method, path, { body });
    expect(status).toBe(400);
    expect(json.error).toMatchObject({
      type: 'invalid_request_error',
      ...(code && { code }),
      ...(param && { param }),
    });
  });

  sandboxTest('for webhooks to another machine is refused', async () => {
    const body = 'url=https://example.com/&enabled_events[]=*';
    expect(await raw('POST', '/v1/webhook_endpoints', { body })).toMatchObject({
      ...{ status: 400, json: { error: { code: 'url_invalid', param: 'url' } } },
    });
  });

  test('with any bytes for a body or an address never makes a 500', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          '/v1/customers',
          '/v1/checkout/sessions',
          '/v1/subscriptions',
          '/v1/prices',
          '/v1/refunds',
        ),
        fc.oneof(
          fc.string(),
          fc.webQueryParameters(),
          fc.constantFrom('items[0][price]=price_monthly', '__proto__[a]=b', 'metadata[__proto__]=x'),
        ),
        async (path, text) => {
          expect((await raw('POST', path, { body: text })).status).toBeLessThan(500);
          expect((await raw('GET', `${path}?${encodeURI(text)}`)).status).toBeLessThan(500);
        },
      ),
      { numRuns: 150 },
    );
    expect(shop.warnings).toEqual([]);
  });
});

test('what the SDK encodes is decoded to what was meant', () => {
  const leaf = fc.string({ minLength: 1, maxLength: 8 });
  const name = fc.stringMatching(/^[a-z_]{1,8}$/);
  const tree = fc.dictionary(name, fc.oneof(leaf, fc.dictionary(name, leaf, { minKeys: 1 })), {
    noNullPrototype: true,
  });
  const encode = (value: object, at = ''): string =>
    Object.entries(value)
      .map(([key, inner]) => {
        const path = at === '' ? key : `${at}[${key}]`;
        return typeof inner === 'object'
          ? encode(inner, path)
          : `${encodeURIComponent(path)}=${encodeURIComponent(String(inner))}`;
      })
      .join('&');
  fc.assert(
    fc.property(tree, (value) => {
      expect(JSON.parse(JSON.stringify(decodeForm(encode(value))))).toEqual(value);
    }),
  );
});

describe('a list', () => {
  test('gives every element once, newest first, whatever the page’s length', async () => {
    const made: string[] = [];
    const email = newAddress();
    for (let number = 0; number < 23; number++)
      made.unshift((await shop.stripe.customers.create({ email })).id);
    for (const limit of [1, 7, 23, 100]) {
      const forth: string[] = [];
      for await (const { id } of shop.stripe.customers.list({ email, limit })) forth.push(id);
      expect(forth).toEqual(made);
      const back: string[] = [];
      for await (const { id } of shop.stripe.customers.list({
        email,
        limit,
        ending_before: made[22]!,
      }))
        back.push(id);
      expect(back).toEqual(made.slice(0, 22).reverse());
    }
  });

  sandboxTest('of subscriptions leaves the ended ones out unless all are asked for', async () => {
    const { customer, subscription } = await subscribed(shop);
    await shop.stripe.subscriptions.cancel(subscription.id);
    const count = async (status?: Stripe.SubscriptionListParams.Status) =>
      (await shop.stripe.subscriptions.list({ customer: customer.id, ...(status ? { status } : {}) })).data
        .length;
    expect([await count(), await count('all'), await count('canceled'), await count('active')]).toEqual([
      0, 1, 1, 0,
    ]);
  });

  sandboxTest('expands its elements, and no deeper than four levels', async () => {
    const { customer } = await subscribed(shop);
    const { data } = await shop.stripe.subscriptions.list({
      customer: customer.id,
      expand: ['data.customer', 'data.latest_invoice.payments'],
    });
    expect(data[0]).toMatchObject({
      customer: { id: customer.id },
      latest_invoice: { payments: { data: [{ status: 'paid' }] } },
    });
    await expect(
      shop.stripe.subscriptions.list({ expand: ['data.latest_invoice.payments.data.payment'] }),
    ).rejects.toMatchObject({ param: 'expand' });
  });

  test('of prices knows lookup keys, and their currencies only when asked', async () => {
    const product = await shop.stripe.products.create({ name: 'Press' });
    const lookupKey = `press-${product.id}`;
    const price = await shop.stripe.prices.create({
      product: product.id,
      currency: 'eur',
      unit_amount: 500,
      recurring: { interval: 'month' },
      lookup_key: lookupKey,
      currency_options: { jpy: { unit_amount: 800 } },
    });
    const { data } = await shop.stripe.prices.list({ lookup_keys: [lookupKey] });
    expect(data.map(({ id }) => id)).toEqual([price.id]);
    expect(data[0]).not.toHaveProperty('currency_options');
    const full = await shop.stripe.prices.retrieve(price.id, { expand: ['currency_options'] });
    expect(full.currency_options?.jpy).toMatchObject({ unit_amount: 800 });
  });
});

describe('an idempotency key', () => {
  /** Another run may have used the same ones there. */
  const run = randomText(9);
  const create = (key: string, name = 'A') =>
    shop.stripe.customers.create({ name }, { idempotencyKey: `${key}-${run}` });

  test('gives the same answer to the same request, and refuses another one', async () => {
    const first = await create('key-1');
    const again = await create('key-1');
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    await expect(create('key-1', 'B')).rejects.toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  });

  sandboxTest('of a request that is under way is a conflict', async () => {
    await shop.control('/sandbox/faults', { kind: 'slow', count: 1, path: '/v1/customers', delayMs: 300 });
    const slow = create('key-2');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect(create('key-2')).rejects.toMatchObject({ statusCode: 409 });
    expect((await create('key-3')).id).not.toBe((await slow).id);
    expect((await create('key-2')).id).toBe((await slow).id);
  });

  test('of a request that was refused is free again', async () => {
    await expect(
      shop.stripe.customers.create({ email: 'nobody' }, { idempotencyKey: `key-5-${run}` }),
    ).rejects.toMatchObject({ code: 'email_invalid' });
    expect((await create('key-5')).id).toMatch(/^cus_/);
  });

  sandboxTest('is forgotten after a day', async () => {
    const first = await create('key-6');
    await shop.sandbox.controls.moveClock(shop.sandbox.now() + 25 * 3_600_000);
    expect((await create('key-6')).id).not.toBe(first.id);
  });
});

describe('a failure on order', () => {
  sandboxTest('hits as many requests as ordered, and what it refused wasn’t done', async () => {
    const email = newAddress();
    const count = async () => (await shop.stripe.customers.list({ email })).data.length;
    const before = await count();
    await shop.control('/sandbox/faults', { kind: 'error', count: 1, path: '/v1/customers' });
    await expect(shop.stripe.customers.create({ email })).rejects.toMatchObject({ statusCode: 500 });
    await shop.control('/sandbox/faults', { kind: 'rate-limit', count: 1, path: '/v1/customers' });
    await expect(shop.stripe.customers.create({ email })).rejects.toBeInstanceOf(
      Stripe.errors.StripeRateLimitError,
    );
    expect(await count()).toBe(before);
  });

  sandboxTest('may break the connection after it was done, or answer nonsense', async () => {
    const email = newAddress();
    await shop.control('/sandbox/faults', { kind: 'reset', count: 2, path: '/v1/customers' });
    await expect(shop.stripe.customers.create({ email })).rejects.toBeInstanceOf(
      Stripe.errors.StripeConnectionError,
    );
    await shop.control('/sandbox/faults', {});
    expect((await shop.stripe.customers.list({ email })).data.length).toBeGreaterThan(0);
    await shop.control('/sandbox/faults', { kind: 'nonsense', count: 1 });
    expect(await shop.stripe.customers.retrieve('cus_any')).not.toHaveProperty('id');
  });
});
