/** What anybody can send to the webhook's address, and that none of it opens anything or makes the gateway fail. */
import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ArticleOrigin, startArticleOrigin } from '../support/article-origin.ts';
import { accessOf, ask } from '../support/raw-client.ts';
import { type SellingSite, startSelling } from './selling-site.ts';

let origin: ArticleOrigin;
let site: SellingSite;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startSelling(origin);
});
afterAll(async () => {
  await site.stop();
  await origin.stop();
});

const address = '/-/webhooks/stripe';
const signed = (
  body: string,
  { at = site.sandbox.now(), secret = site.sandbox.webhookSecret } = {},
): string => {
  const seconds = Math.floor(at / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
};
const deliver = (body: string, signature: string | undefined, headers: Record<string, string> = {}) =>
  ask(site.url, address, {
    method: 'POST',
    body,
    headers: {
      'Content-Type': 'application/json',
      ...(signature === undefined ? {} : { 'Stripe-Signature': signature }),
      ...headers,
    },
  });
const event = (over: object = {}): string =>
  JSON.stringify({
    id: 'evt_forged',
    object: 'event',
    api_version: '2026-10-28.endive',
    created: Math.floor(site.sandbox.now() / 1000),
    livemode: false,
    type: 'customer.subscription.updated',
    data: { object: { id: 'sub_x', object: 'subscription', customer: 'cus_x', status: 'active' } },
    ...over,
  });

describe('the webhook refuses', () => {
  test('what isn’t signed, or by another secret, or for another body', async () => {
    const body = event();
    const forged = [
      undefined,
      '',
      't=1',
      'v1=abc',
      't=,v1=',
      `t=${'9'.repeat(400)},v1=x`,
      signed(body, { secret: 'whsec_guess' }),
      signed(body, { secret: 'undefined' }),
      signed(`${body} `),
      signed(body).replace('v1=', 'v0='),
      'é'.repeat(20),
    ];
    for (const signature of forged) {
      const answer = await deliver(body, signature);
      expect([signature?.slice(0, 30), answer.status]).toEqual([signature?.slice(0, 30), 400]);
    }
  });

  test('a true delivery that is sent again after five minutes', async () => {
    const body = event();
    expect((await deliver(body, signed(body))).status).toBe(200);
    expect((await deliver(body, signed(body, { at: site.sandbox.now() - 301_000 }))).status).toBe(400);
  });

  test('the other mode, an account that is none of ours, and bodies that are no event', async () => {
    for (const body of [
      '',
      '[]',
      'null',
      '1',
      '"x"',
      '{}',
      '{',
      '{"object":"event"}',
      '\u0000',
      event({ livemode: true }),
      event({ account: 'acct_other' }),
      event({ data: null }),
      event({ data: { object: [] } }),
      event({ type: 5 }),
      event({ type: '__proto__' }),
      event({ data: { object: { object: 'subscription', customer: { id: { id: 1 } } } } }),
      JSON.stringify({
        id: 'evt_1',
        object: 'v2.core.event',
        type: 'v1.billing.meter.error_report_triggered',
      }),
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    ]) {
      const answer = await deliver(body, signed(body));
      expect([body.slice(0, 40), answer.status < 500]).toEqual([body.slice(0, 40), true]);
      expect(answer.headers['content-type']).toMatch(/json/);
    }
  });

  test('too much, packed bodies, and every method but POST', async () => {
    const large = event({ padding: 'x'.repeat(2_000_000) });
    const answer = await deliver(large, signed(large)).catch(() => undefined);
    expect(answer === undefined || answer.status === 413).toBe(true);
    const packed = gzipSync(event()).toString('latin1');
    expect((await deliver(packed, signed(packed), { 'Content-Encoding': 'gzip' })).status).toBe(415);
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const { status, headers } = await ask(site.url, address, { method });
      expect([method, status, headers.allow]).toEqual([method, 405, 'POST']);
    }
  });

  test('nothing of what is true: a customer of another service is answered 200 and opens nothing', async () => {
    const other = await site.merchant.customers.create({
      email: 'x@example.com',
      metadata: { theirs: 'yes' },
    });
    const body = event({ data: { object: { id: 'sub_other', object: 'subscription', customer: other.id } } });
    const answer = await deliver(body, signed(body));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ code: 'ignored-not-linked' });
    expect(await site.gateway.stores.customers.customer(other.id as never)).toBeUndefined();
  });
});

test('an event says nothing by itself: a signed lie about a paid subscription changes no access', async () => {
  const who = await site.visitor();
  const { customer, checkout } = await site.buy(who);
  const subscriptions = await site.merchant.subscriptions.list({ customer });
  const id = String(subscriptions.data[0]?.id);
  await site.merchant.subscriptions.cancel(id);
  await site.settled();
  expect(accessOf(await who.ask('/tidewater/probe')).reason).not.toBe('subscription');
  for (const data of [
    {
      object: {
        id,
        object: 'subscription',
        customer,
        status: 'active',
        items: { data: [{ price: { id: 'price_monthly' } }] },
      },
    },
    {
      object: {
        id: checkout,
        object: 'checkout.session',
        customer,
        payment_status: 'paid',
        status: 'complete',
      },
    },
  ]) {
    const type =
      data.object.object === 'subscription' ? 'customer.subscription.updated' : 'checkout.session.completed';
    const body = event({ type, data });
    expect((await deliver(body, signed(body))).status).toBe(200);
  }
  expect(accessOf(await who.ask('/tidewater/probe')).reason).not.toBe('subscription');
});
