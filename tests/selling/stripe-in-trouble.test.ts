/** Stripe fails, lies or dawdles while somebody pays, and people type what no page should carry out. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ArticleOrigin, startArticleOrigin } from '../support/article-origin.ts';
import { accessOf, type Reader } from '../support/raw-client.ts';
import { type SellingSite, startSelling } from './selling-site.ts';

let origin: ArticleOrigin;
let site: SellingSite;
beforeAll(async () => {
  origin = await startArticleOrigin();
});
afterAll(() => origin.stop());
beforeEach(async () => {
  site = await startSelling(origin);
});
afterEach(() => site.stop());

const trouble = async (order: object): Promise<void> => {
  await fetch(`${site.sandbox.apiBase}/sandbox/faults`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${site.sandbox.secretKey}` },
    body: JSON.stringify(order),
  });
};
const reads = async (who: Reader): Promise<string> => accessOf(await who.ask('/tidewater/probe')).reason;
describe.each(['error', 'nonsense', 'slow'])('while Stripe’s answer is “%s”', (kind) => {
  test('nobody waits for ever, a subscriber reads on, and afterwards all is as paid', async () => {
    const subscriber = await site.visitor();
    await site.buy(subscriber);
    const who = await site.visitor();
    const back = site.pay(await site.begin(who));
    await site.settled();
    await trouble({ kind, count: 1000, path: '/v1/', delayMs: 36_000_000 });
    // Its answers would come hours later: whoever has one of ours hasn't waited for them.
    const answers = await Promise.all([
      who.ask(back),
      site.post(await site.visitor(), '/-/checkout', { plan: 'monthly' }),
      site.post(subscriber, '/-/portal'),
      site.post(subscriber, '/-/account/erase', { cancel: 'yes' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    expect(who.jar.get('gf_reader')).toBeUndefined();
    expect((await subscriber.ask('/-/account?refreshed')).status).toBe(200);
    expect((await subscriber.ask('/-/subscribe')).status).toBe(200);
    expect(await reads(subscriber)).toBe('subscription');
    await trouble({});
    expect((await who.ask(back)).status).toBe(303);
    expect(await reads(who)).toBe('subscription');
    expect((await site.merchant.customers.list({})).data.length).toBeLessThanOrEqual(3);
  });
});

test('what was typed at checkout is shown as text, by us and by the sandbox', async () => {
  const who = await site.visitor();
  const evil = '"><svg/onload=alert(1)>@example.com';
  const { checkout } = await site.buy(who, 'monthly', { email: evil, name: '<script>alert(2)</script>' });
  const portal = String((await site.post(who, '/-/portal')).headers.location).slice(site.url.length);
  const targets = [
    '/-/account?refreshed',
    '/-/account/erase',
    portal,
    `/-/sandbox/checkout/${checkout}`,
    '/-/sandbox/',
  ];
  for (const target of targets) {
    const { text } = await who.ask(target, { headers: { 'User-Agent': '<script>alert(3)</script>' } });
    expect(text).not.toMatch(/<svg\/onload|<script>alert/);
  }
});

const debit = (iban: string) => ({ payment: { kind: 'bank-debit' as const, iban } });
const dayMs = 86_400_000;

test('a pass whose bank debit is under way isn’t sold once more, and the page of its payment is shown instead', async () => {
  const who = await site.visitor();
  const paid = await site.begin(who, 'week');
  site.pay(paid, debit('DE89370400440532013000'));
  await expect(site.begin(who, 'week')).rejects.toThrow(new RegExp(`303 .*session_id=${paid}`));
  // A subscription may follow a pass, also one that is on its way.
  expect(await site.begin(who, 'monthly')).toMatch(/^cs_/);
  await site.sandbox.controls.moveClock(site.sandbox.now() + 8 * dayMs);
  await site.settled();
});

test('a pass whose bank debit was refused is said to have failed, and can be bought again', async () => {
  const who = await site.visitor();
  const back = site.pay(await site.begin(who, 'week'), debit('AT861904300235473202'));
  expect((await who.ask(back)).status).toBe(200);
  await site.sandbox.controls.moveClock(site.sandbox.now() + 8 * dayMs);
  await site.settled();
  expect((await who.ask(back)).headers.location).toMatch(/^\/-\/subscribe\?.*notice=failed/);
  expect((await site.buy(who, 'week')).answer.status).toBe(303);
  expect(await reads(who)).toBe('pass');
});
