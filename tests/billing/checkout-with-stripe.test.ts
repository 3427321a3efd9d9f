/** From the plans to the article through the real SDK over HTTP: cards that pay, cards that don't, banks that take days. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createStripeBilling } from '../../src/billing/stripe-billing.ts';
import { randomText } from '../../src/ops/random.ts';
import type { ReaderId } from '../../src/readers/reader.ts';
import { type OpenedSandbox, openSandbox } from '../../src/sandbox/open-sandbox.ts';
import { noon, temporaryFolder } from '../readers/support.ts';
import { type Browser, heldIn, plan, policy, readerIn, type Shop, shop, visitingBrowser } from './shop.ts';

const rules = policy({
  plans: [
    plan('monthly', { interval: 'month' }),
    plan('yearly', { interval: 'year', trialDays: 14 }),
    plan('month-pass', { passDays: 30 }),
  ],
});

let folder: ReturnType<typeof temporaryFolder>;
let sandbox: OpenedSandbox;
let here: Shop;
let there: Browser;

const open = (directory: string): Shop =>
  shop({
    directory,
    policy: rules,
    start: sandbox.now(),
    billing: createStripeBilling({
      secretKey: sandbox.secretKey,
      webhookSecrets: [sandbox.webhookSecret],
      apiBase: sandbox.apiBase,
      plans: () => rules.plans,
      billing: () => rules.billing,
      clock: sandbox.now,
    }),
  });

beforeEach(async () => {
  folder = temporaryFolder();
  sandbox = await openSandbox({
    publicUrl: 'http://127.0.0.1:8080',
    // Nobody listens: what the return page does, it does without webhooks.
    webhookUrl: 'http://127.0.0.1:9/-/webhooks/stripe',
    realNow: () => noon,
    random: randomText,
    warn: () => undefined,
  });
  sandbox.offer(rules);
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
const pay = (id: string, number = '4242424242424242', email = 'ada@example.com') =>
  sandbox.actions.submitCheckout(id, { email, payment: card(number) });
const back = (id: string, who = there) =>
  who.get(`/-/checkout/return?session_id=${id}&return=%2Flamp%2Fstory`);

describe('with the real SDK', () => {
  test('prices are Stripe’s, and a paid card opens the article without any webhook', async () => {
    expect((await there.get('/-/subscribe')).text).toContain('€12 a month');
    const id = await choose();
    expect(pay(id).kind).toBe('paid');
    expect((await back(id)).headers.location).toBe('/lamp/story');
    expect(await heldIn(here, there)).toEqual(['all']);
  });

  test('a pass and a trial open it too', async () => {
    const pass = await choose('month-pass');
    pay(pass);
    expect((await back(pass)).headers.location).toBe('/lamp/story');
    const other = await visitingBrowser(here, '198.51.100.7');
    const trial = await choose('yearly', other);
    pay(trial);
    expect((await back(trial, other)).headers.location).toBe('/lamp/story');
    expect([await heldIn(here, there), await heldIn(here, other)]).toEqual([['all'], ['all']]);
  });

  test('a declined card opens nothing, and the same checkout can be paid with another', async () => {
    const id = await choose();
    expect(pay(id, '4000000000000002').kind).not.toBe('paid');
    expect((await back(id)).headers.location).toContain('notice=unfinished');
    expect(readerIn(here, there)).toBeUndefined();
    expect(await choose()).toBe(id);
    pay(id);
    await back(id);
    expect(await heldIn(here, there)).toEqual(['all']);
  });

  test('a double click, two tabs and two instances: one customer, one open checkout', async () => {
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
    expect(pay(ids[0] ?? '').kind).not.toBe('paid');
    pay(yearly);
    await back(yearly, tab);
    expect((await there.post('/-/checkout', { plan: 'monthly' })).headers.location).toBe(
      '/-/account?subscribed',
    );
    second.close();
  });

  test('another browser with the return address is refused', async () => {
    const id = await choose();
    pay(id);
    const other = await visitingBrowser(here);
    expect((await back(id, other)).status).toBe(403);
    expect(readerIn(here, other)).toBeUndefined();
  });

  test('a bank that takes days: nothing before the money, all of it after', async () => {
    const id = await choose();
    sandbox.actions.submitCheckout(id, {
      email: 'ada@example.com',
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

  test('a customer that became another reader’s is not handed out again by Stripe’s memory', async () => {
    const id = await choose();
    pay(id);
    await back(id);
    const payer = await here.store.byId(readerIn(here, there) as ReaderId);
    const grace = await here.store.findOrCreate({
      id: 'grace00000000000' as ReaderId,
      email: 'grace@example.com' as never,
      createdAt: noon,
    });
    await here.claimAfterProof({ reader: grace as never, ...(payer ? { browser: payer } : {}) });
    there.jar.delete('__Host-gf_reader');
    const next = await choose();
    expect(next).toMatch(/^cs_/);
    expect(pay(next, '4242424242424242', 'other@example.com').kind).toBe('paid');
    await back(next);
    expect(await heldIn(here, there)).toEqual(['all']);
    expect((await here.entitlementsOf(grace.id)).map(({ product }) => product)).toEqual(['all']);
  });

  test('while Stripe is gone the form says so, and nothing is half-made', async () => {
    const { apiBase } = sandbox;
    await sandbox.close();
    expect(apiBase).toMatch(/^http:/);
    const { status, text } = await there.post('/-/checkout', { plan: 'monthly', return: '/lamp/story' });
    expect(status).toBe(503);
    expect(text).toContain('payments-unavailable');
    expect(await here.store.byId(await here.payingReader('netw.x' as never))).toBeUndefined();
  });
});
