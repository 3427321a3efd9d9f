/** Two gateways on one Redis and one Stripe, and a Redis that falls silent while somebody pays. */
import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CustomerId } from '../../src/billing/subscription.ts';
import { listen } from '../../src/gateway/listen.ts';
import { createGateway, type Gateway } from '../../src/gateway.ts';
import { parseSettings } from '../../src/settings.ts';
import { type ArticleOrigin, startArticleOrigin } from '../support/article-origin.ts';
import { type Answer, accessOf, ask, type Reader } from '../support/raw-client.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { freePort } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { type SellingSite, sellingPolicy, startSelling } from './selling-site.ts';

let origin: ArticleOrigin;
let redis: RedisServer;
let site: SellingSite;
beforeAll(async () => {
  origin = await startArticleOrigin();
  redis = await startRedis({ durable: true });
});
afterAll(async () => {
  await origin.stop();
  await redis.stop();
});
beforeEach(async () => {
  await redis.call('FLUSHALL');
  site = await startSelling(origin, {
    redisUrl: redis.url,
    policy: `${sellingPolicy}whenDown: { meter: preview, entitlements: token }\n`,
  });
});
afterEach(() => site.stop());

const read = (who: Reader, at = site.url): Promise<Answer> =>
  ask(at, '/tidewater/probe', {
    headers: { Cookie: [...who.jar].map(([name, value]) => `${name}=${value}`).join('; ') },
  });
const signatureOf = (body: string): string => {
  const seconds = Math.floor(site.sandbox.now() / 1000);
  const mac = createHmac('sha256', site.sandbox.webhookSecret).update(`${seconds}.${body}`);
  return `t=${seconds},v1=${mac.digest('hex')}`;
};

const secondGateway = async (): Promise<{ url: string; gateway: Gateway; stop(): Promise<void> }> => {
  const port = String(await freePort());
  const parsed = parseSettings({
    ...site.environment,
    PORT: port,
    // On another machine it would be the same as the first one's.
    CONSOLE_URL: `http://127.0.0.1:${await freePort()}`,
    STRIPE_SECRET_KEY: site.sandbox.secretKey,
    STRIPE_WEBHOOK_SECRET: site.sandbox.webhookSecret,
    STRIPE_API_BASE: site.sandbox.apiBase,
  });
  if (parsed.kind === 'faulty') throw new Error(parsed.faults.join('\n'));
  const gateway = await createGateway({ settings: parsed.settings, clock: site.sandbox.now, watch: false });
  const listening = await listen(gateway, parsed.settings);
  return {
    url: `http://127.0.0.1:${port}`,
    gateway,
    stop: async () => {
      listening.server.closeAllConnections();
      listening.consoleServer?.closeAllConnections();
      await listening.stop();
    },
  };
};

describe('two gateways', () => {
  test('know of a webhook to one of them at the other, without asking again', async () => {
    const second = await secondGateway();
    try {
      const who = await site.visitor();
      const { customer } = await site.buy(who);
      expect(accessOf(await read(who, second.url)).reason).toBe('subscription');
      const { data } = await site.merchant.subscriptions.list({ customer });
      await site.merchant.subscriptions.cancel(String(data[0]?.id));
      await site.settled();
      // The sandbox's clock stands still: what is kept would never grow old, and only the news ends it.
      await until(async () => accessOf(await read(who, second.url)).reason !== 'subscription', 'the news');
      await site.merchant.subscriptions.create({
        customer,
        items: [{ price: 'price_monthly' }],
        trial_period_days: 7,
      });
      await site.settled();
      await until(async () => accessOf(await read(who, second.url)).reason === 'subscription', 'the news');
    } finally {
      await second.stop();
    }
  });

  test('clicked at both at once make one customer and one checkout', async () => {
    const second = await secondGateway();
    try {
      const who = await site.visitor();
      const cookie = { Cookie: `gf_visitor=${who.jar.get('gf_visitor')}` };
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          ask(index % 2 ? site.url : second.url, '/-/checkout', {
            method: 'POST',
            body: 'plan=monthly&return=/tidewater/a',
            headers: { ...cookie, Origin: site.url, 'Content-Type': 'application/x-www-form-urlencoded' },
          }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 303));
      expect((await site.merchant.customers.list({})).data).toHaveLength(1);
      expect((await site.merchant.checkout.sessions.list({ status: 'open' })).data).toHaveLength(1);
    } finally {
      await second.stop();
    }
  });
});

describe.each(['pause', 'kill'] as const)('while Redis is gone (%s)', (how) => {
  const down = async (): Promise<void> => {
    if (how === 'pause') redis.pause();
    else await redis.kill();
  };
  const up = async (): Promise<void> => {
    if (how === 'pause') redis.resume();
    else await redis.restart();
  };

  test('coming back from paying, and every page of selling, is a 503 that can be tried again; then all is as Stripe says', async () => {
    const subscriber = await site.visitor();
    const bought = await site.buy(subscriber);
    const who = await site.visitor();
    const checkout = await site.begin(who);
    await site.settled();
    const webhooks = site.sandbox.controls;
    await down();
    let back = '';
    try {
      back = site.pay(checkout, { email: 'late@example.com' });
      const answer = await who.ask(back);
      expect(answer.status).toBe(503);
      expect(who.jar.get('gf_reader')).toBeUndefined();
      for (const asking of [
        () => site.post(who, '/-/checkout', { plan: 'yearly' }),
        () => site.post(subscriber, '/-/portal'),
        () => subscriber.ask('/-/account'),
        () => subscriber.ask('/-/account/export'),
        () => site.post(subscriber, '/-/account/erase', { cancel: 'yes' }),
        () => site.post(subscriber, '/-/account/sign-out-all'),
      ])
        expect((await asking()).status).toBe(503);
      expect((await subscriber.ask('/-/subscribe')).status).toBe(200);
      const body = JSON.stringify({
        ...{ id: 'evt_1', object: 'event', livemode: false, type: 'customer.updated', created: 1 },
        data: { object: { id: bought.customer, object: 'customer' } },
      });
      const event = { method: 'POST', body, headers: { 'Stripe-Signature': signatureOf(body) } };
      expect((await ask(site.url, '/-/webhooks/stripe', event)).status).toBe(503);
      const full = await read(subscriber);
      expect(accessOf(full).outcome).toBe('full');
      expect(accessOf(await read(who)).outcome).toBe('preview');
    } finally {
      await up();
    }
    await until(
      () =>
        site.gateway.stores.ping().then(
          () => true,
          () => false,
        ),
      'Redis',
    );
    await until(async () => (await who.ask(back)).status === 303, 'the return');
    expect(accessOf(await read(who)).reason).toBe('subscription');
    expect(accessOf(await read(subscriber)).reason).toBe('subscription');
    await webhooks.settled();
    expect(await site.gateway.selling?.reconcile()).toMatchObject({ kind: 'done' });
    const record = await site.gateway.stores.customers.customer(bought.customer as CustomerId);
    expect(record?.state?.subscriptions.map(({ status }) => status)).toEqual(['active']);
  });
});
