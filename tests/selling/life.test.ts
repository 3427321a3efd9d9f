/** What happens to access, devices and records when Stripe, the publisher and the reader act at once or late. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CustomerId } from '../../src/billing/subscription.ts';
import type { ReaderId } from '../../src/readers/reader.ts';
import { type ArticleOrigin, startArticleOrigin, withheldText } from '../support/article-origin.ts';
import { accessOf, type Reader } from '../support/raw-client.ts';
import { dayMs, noon } from '../support/start-gateway.ts';
import { until } from '../support/until.ts';
import { readerIn, type SellingSite, sellingPolicy, startSelling } from './selling-site.ts';

let origin: ArticleOrigin;
let site: SellingSite;
const start = async (policy = sellingPolicy): Promise<SellingSite> => {
  site = await startSelling(origin, { policy });
  return site;
};
beforeAll(async () => {
  origin = await startArticleOrigin();
});
afterAll(() => origin.stop());
afterEach(() => site.stop());

const reads = async (who: Reader): Promise<string> => accessOf(await who.ask('/tidewater/probe')).reason;
const paymentOf = async (customer: string): Promise<string> => {
  const { data } = await site.merchant.paymentIntents.list({ customer });
  return String(data[0]?.id);
};

describe.each(['stop', 'keep'])('money that went back, where the policy says “%s”', (policy) => {
  beforeEach(async () => {
    await start(
      sellingPolicy.replace('{ graceDays: 3 }', `{ graceDays: 3, refunded: ${policy}, disputed: ${policy} }`),
    );
  });
  const expected =
    policy === 'stop'
      ? expect.not.stringMatching(/subscription|pass/)
      : expect.stringMatching(/subscription|pass/);

  test.each(['monthly', 'week'])('by a refund in full of %s', async (plan) => {
    const who = await site.visitor();
    const { customer } = await site.buy(who, plan);
    await site.merchant.refunds.create({ payment_intent: await paymentOf(customer) });
    await site.settled();
    expect(await reads(who)).toEqual(expected);
  });

  test('by a dispute', async () => {
    const who = await site.visitor();
    const { customer } = await site.buy(who, 'monthly', {
      payment: { kind: 'card', number: '4000000000000259', expMonth: 1, expYear: 2040, cvc: '123' },
    });
    await site.settled();
    expect(customer).toMatch(/^cus_/);
    expect(await reads(who)).toEqual(expected);
  });
});

describe('a subscriber', () => {
  beforeEach(() => start());

  test('whose customer is deleted at Stripe reads the next article as anybody, and their pages still work', async () => {
    const who = await site.visitor();
    const { customer, back } = await site.buy(who);
    await site.merchant.customers.del(customer);
    await site.settled();
    const answer = await who.ask('/tidewater/next');
    expect(accessOf(answer).reason).not.toBe('subscription');
    for (const path of [
      '/-/account',
      '/-/account?refreshed',
      '/-/account/export',
      '/-/account/erase',
      '/-/subscribe',
      back,
    ])
      expect([path, (await who.ask(path)).status < 400]).toEqual([path, true]);
    expect((await site.post(who, '/-/portal', { customer })).status).toBe(303);
    const again = await site.buy(who);
    expect(again.customer).not.toBe(customer);
    expect(await reads(who)).toBe('subscription');
  });

  test('loses and gets access with the policy’s plan, and no refresh under way keeps the old one', async () => {
    const who = await site.visitor();
    const { customer } = await site.buy(who);
    expect(await reads(who)).toBe('subscription');
    const refreshing = Array.from({ length: 5 }, () => site.gateway.selling?.refresh(customer as CustomerId));
    site.writePolicy(sellingPolicy.replace('price: price_monthly', 'price: price_other'));
    await until(
      () => site.gateway.inForce().policy.plans.some(({ price }) => price === 'price_other'),
      'the policy',
    );
    await Promise.all(refreshing);
    await site.gateway.selling?.refresh(customer as CustomerId);
    expect(await reads(who)).not.toBe('subscription');
    site.writePolicy(sellingPolicy);
    await until(
      () => site.gateway.inForce().policy.plans.some(({ price }) => price === 'price_monthly'),
      'the policy',
    );
    await site.gateway.selling?.refresh(customer as CustomerId);
    expect(await reads(who)).toBe('subscription');
  });

  test('signed out everywhere stays so, whatever renewal was under way', async () => {
    const who = await site.visitor();
    await site.buy(who);
    await site.signIn(who, 'ann@example.com');
    const others = [site.reader(), site.reader(), site.reader()];
    for (const other of others) await site.signIn(other, 'ann@example.com');
    for (const other of others) expect(await reads(other)).toBe('subscription');
    // Tokens are expired now, so that each request renews.
    site.time.now += 3_700_000;
    const stolen = others.map((other) => new Map(other.jar));
    await Promise.all([
      site.post(who, '/-/account/sign-out-all'),
      ...others.map((other) => other.ask('/tidewater/a')),
    ]);
    for (const [index, other] of others.entries()) {
      for (const jar of [new Map(other.jar), stolen[index] ?? new Map()]) {
        other.jar.clear();
        for (const [name, value] of jar) other.jar.set(name, value);
        expect(await reads(other)).not.toBe('subscription');
        expect((await other.ask('/-/account')).status).toBe(303);
      }
    }
  });

  test('that is erased while webhooks arrive leaves no record, no access and no device behind', async () => {
    const who = await site.visitor();
    const { customer } = await site.buy(who, 'monthly', { email: 'ann@example.com' });
    await site.signIn(who, 'ann@example.com');
    const reader = readerIn(who)?.sub as ReaderId;
    const churn = (async () => {
      for (let each = 0; each < 25; each += 1) {
        await site.merchant.customers.update(customer, { description: String(each) });
        await site.gateway.selling?.refresh(customer as CustomerId);
      }
    })();
    const erased = await site.post(who, '/-/account/erase', { cancel: 'yes' });
    await churn;
    await site.settled();
    expect(erased.status).toBe(200);
    const { stores } = site.gateway;
    expect(await stores.readers.byId(reader)).toBeUndefined();
    expect(await stores.readers.devices(reader)).toEqual([]);
    expect(await stores.entitlements.of(reader)).toEqual([]);
    expect(await stores.customers.customersOf(reader)).toEqual([]);
    expect(await stores.customers.customer(customer as CustomerId)).toBeUndefined();
  });

  test('in grace gets the whole article, and after it not a word more than anybody', async () => {
    const who = await site.visitor();
    const failsLater = {
      kind: 'card',
      number: '4000000000000341',
      expMonth: 1,
      expYear: 2040,
      cvc: '123',
    } as const;
    await site.buy(who, 'tried', { payment: failsLater });
    await site.sandbox.controls.moveClock(noon + 8 * dayMs);
    await site.settled();
    const graced = await who.ask('/tidewater/graced');
    expect(accessOf(graced)).toMatchObject({ outcome: 'full', reason: 'subscription' });
    await site.sandbox.controls.moveClock(noon + 12 * dayMs);
    await site.settled();
    for (const slug of ['x', 'y', 'z', 'u', 'v', 'w']) await who.ask(`/tidewater/${slug}`);
    const page = await who.ask('/tidewater/late');
    expect(accessOf(page).outcome).toBe('preview');
    expect(page.text).not.toContain(withheldText('late'));
  });
});

test('more sign-ins at once than devices are allowed leave that many, and never none', async () => {
  await start(`${sellingPolicy}devices: { allowed: 2 }\n`);
  const readers = Array.from({ length: 5 }, () => site.reader());
  const links: string[] = [];
  for (const who of readers) {
    site.time.now += 1;
    await site.post(who, '/-/sign-in', { email: 'ann@example.com', return: '/' });
    links.push(site.mailTo('ann@example.com').link);
  }
  await Promise.all(
    readers.map((who, index) => site.post(who, '/-/sign-in/link', { link: links[index] ?? '' })),
  );
  const states = await Promise.all(readers.map((who) => who.ask('/-/account').then(({ status }) => status)));
  expect(states.filter((status) => status === 200)).toHaveLength(2);
});
