/** From the plans to the article through the real SDK over HTTP: cards that pay, cards that don't, banks that take days. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createStripeBilling } from '../../src/billing/stripe-billing.ts';
import { randomText } from '../../src/ops/random.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { ReaderId } from '../../src/readers/reader.ts';
import { noon, temporaryFolder } from '../readers/support.ts';
import { freePort } from '../support/server-process.ts';
import type { StripeServer } from '../support/stripe-controls.ts';
import { sdkFor } from '../support/stripe-over-http.ts';
import { openStripe, sandboxTest } from '../support/stripe-under-test.ts';
import { type Browser, heldIn, plan, policy, readerIn, type Shop, shop, visitingBrowser } from './shop.ts';

let rules: Policy;
let folder: ReturnType<typeof temporaryFolder>;
let sandbox: StripeServer;
let here: Shop;
let there: Browser;
/** Of nobody else on the server. */
let [ada, grace, other] = ['', '', ''];

/** Made by the API, as on any server. */
const makeRules = async (): Promise<Policy> => {
  const stripe = sdkFor(sandbox);
  const { id: product } = await stripe.products.create({ name: 'Lamplight' });
  const priceOf = async (unit_amount: number, interval?: 'month' | 'year'): Promise<string> =>
    (
      await stripe.prices.create({
        product,
        currency: 'eur',
        unit_amount,
        ...(interval && { recurring: { interval } }),
      })
    ).id;
  return policy({
    plans: [
      plan('monthly', { interval: 'month', price: await priceOf(1_200, 'month') }),
      plan('yearly', { interval: 'year', trialDays: 14, price: await priceOf(12_000, 'year') }),
      plan('month-pass', { passDays: 30, price: await priceOf(1_800) }),
    ],
  });
};

const open = (directory: string, apiBase = sandbox.apiBase): Shop =>
  shop({
    directory,
    policy: rules,
    start: sandbox.now(),
    billing: createStripeBilling({
      apiBase,
      secretKey: sandbox.secretKey,
      webhookSecrets: [sandbox.webhookSecret],
      plans: () => rules.plans,
      billing: () => rules.billing,
      clock: sandbox.now,
    }),
  });

beforeEach(async () => {
  folder = temporaryFolder();
  [ada, grace, other] = ['ada', 'grace', 'other'].map(
    (name) => `${name}-${randomText(9).toLowerCase()}@example.com`,
  ) as [string, string, string];
  sandbox = await openStripe({
    publicUrl: 'http://127.0.0.1:8080',
    // Nobody listens: what the return page does, it does without webhooks.
    webhookUrl: 'http://127.0.0.1:9/-/webhooks/stripe',
    realNow: () => noon,
  });
  rules = await makeRules();
  here = open(folder.path);
  there = await visitingBrowser(here);
});
afterEach(async () => {
  here.close();
  await sandbox.close();
  folder.remove();
});

const choose = async (plan = 'monthly', who = there): Promise<string> => {
  const { headers } = await who.post('/-/checkout', { plan, return: '/lamp/story' });
  return String(headers.location).split('/').at(-1) ?? '';
};
const card = (number: string) => ({ kind: 'card', number, expMonth: 12, expYear: 2030, cvc: '123' }) as const;
const pay = (id: string, number = '4242424242424242', email = ada) =>
  sandbox.actions.submitCheckout(id, { email, payment: card(number) });
const back = (id: string, who = there) =>
  who.get(`/-/checkout/return?session_id=${id}&return=%2Flamp%2Fstory`);

describe('with the real SDK', () => {
  sandboxTest('prices are Stripe’s, and a paid card opens the article without any webhook', async () => {
    expect((await there.get('/-/subscribe')).text).toContain('€12 a month');
    const id = await choose();
    expect((await pay(id)).kind).toBe('paid');
    expect((await back(id)).headers.location).toBe('/lamp/story');
    expect(await heldIn(here, there)).toEqual(['all']);
  });

  sandboxTest('a pass and a trial open it too', async () => {
    const pass = await choose('month-pass');
    await pay(pass);
    expect((await back(pass)).headers.location).toBe('/lamp/story');
    const other = await visitingBrowser(here, '198.51.100.7');
    const trial = await choose('yearly', other);
    await pay(trial);
    expect((await back(trial, other)).headers.location).toBe('/lamp/story');
    expect([await heldIn(here, there), await heldIn(here, other)]).toEqual([['all'], ['all']]);
  });

  sandboxTest('a declined card opens nothing, and the same checkout can be paid with another', async () => {
    const id = await choose();
    expect((await pay(id, '4000000000000002')).kind).not.toBe('paid');
    expect((await back(id)).headers.location).toContain('notice=unfinished');
    expect(readerIn(here, there)).toBeUndefined();
    expect(await choose()).toBe(id);
    await pay(id);
    await back(id);
    expect(await heldIn(here, there)).toEqual(['all']);
  });

  sandboxTest('a double click, two tabs and two instances: one customer, one open checkout', async () => {
    const second = open(folder.path);
    const tab = await visitingBrowser(second);
    for (const [name, value] of there.jar) tab.jar.set(name, value);
    const ids = await Promise.all([choose(), choose(), choose('monthly', tab)]);
    expect(new Set(ids).size).toBe(1);
    const visitorsReader = await here.customers.all();
    const customers = [];
    for await (const page of visitorsReader) customers.push(...page);
    expect(customers).toHaveLength(1);
    const yearly = await choose('yearly', tab);
    expect((await pay(ids[0] ?? '')).kind).not.toBe('paid');
    await pay(yearly);
    await back(yearly, tab);
    expect((await there.post('/-/checkout', { plan: 'monthly' })).headers.location).toBe(
      '/-/account?subscribed',
    );
    second.close();
  });

  sandboxTest('another browser with the return address is refused', async () => {
    const id = await choose();
    await pay(id);
    const other = await visitingBrowser(here);
    expect((await back(id, other)).status).toBe(403);
    expect(readerIn(here, other)).toBeUndefined();
  });

  sandboxTest('a bank that takes days: nothing before the money, all of it after', async () => {
    const id = await choose();
    await sandbox.actions.submitCheckout(id, {
      email: ada,
      payment: { kind: 'bank-debit', iban: 'DE89370400440532013000' },
    });
    const waiting = await back(id);
    expect(waiting.text).toContain('http-equiv="refresh"');
    expect(readerIn(here, there)).toBeUndefined();
    await sandbox.controls.moveClock(sandbox.now() + 10 * 86_400_000);
    here.time.now = sandbox.now();
    expect((await back(id)).headers.location).toBe('/lamp/story');
    expect(await heldIn(here, there)).toEqual(['all']);
  });

  sandboxTest(
    'a customer that became another reader’s is not handed out again by Stripe’s memory',
    async () => {
      const id = await choose();
      await pay(id);
      await back(id);
      const payer = await here.store.byId(readerIn(here, there) as ReaderId);
      const owner = await here.store.findOrCreate({
        id: randomText(12) as ReaderId,
        email: grace as never,
        createdAt: noon,
      });
      await here.claimAfterProof({ reader: owner as never, ...(payer ? { browser: payer } : {}) });
      there.jar.delete('__Host-gf_reader');
      const next = await choose();
      expect(next).toMatch(/^cs_/);
      expect((await pay(next, '4242424242424242', other)).kind).toBe('paid');
      await back(next);
      expect(await heldIn(here, there)).toEqual(['all']);
      expect((await here.entitlementsOf(owner.id)).map(({ product }) => product)).toEqual(['all']);
    },
  );

  test('while Stripe is gone the form says so, and nothing is half-made', async () => {
    const before = here;
    here = open(folder.path, `http://127.0.0.1:${await freePort()}`);
    before.close();
    there = await visitingBrowser(here);
    const { status, text } = await there.post('/-/checkout', { plan: 'monthly', return: '/lamp/story' });
    expect(status).toBe(503);
    expect(text).toContain('payments-unavailable');
    expect(await here.store.byId(await here.payingReader('netw.x' as never))).toBeUndefined();
  });
});
