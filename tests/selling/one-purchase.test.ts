/** Many clicks, tabs and ways to pay: one customer, and nothing paid twice. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ArticleOrigin, startArticleOrigin } from '../support/article-origin.ts';
import { accessOf, type Reader } from '../support/raw-client.ts';
import { dayMs } from '../support/start-gateway.ts';
import { card, checkoutIn, type SellingSite, startSelling } from './selling-site.ts';

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

const atStripe = async () => {
  const [customers, open, subscriptions] = await Promise.all([
    site.merchant.customers.list({ limit: 100 }),
    site.merchant.checkout.sessions.list({ status: 'open', limit: 100 }),
    site.merchant.subscriptions.list({ status: 'all', limit: 100 }),
  ]);
  return {
    customers: customers.data.length,
    open: open.data.map(({ id }) => id),
    subscriptions: subscriptions.data.map(({ status }) => status),
  };
};
const reads = async (who: Reader): Promise<string> => accessOf(await who.ask('/tidewater/probe')).reason;
const iban = (number: string) => ({ kind: 'bank-debit', iban: number }) as const;

describe('one browser', () => {
  test('that clicks twenty times at once makes one customer and one open checkout', async () => {
    const who = await site.visitor();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        site.post(who, '/-/checkout', { plan: 'monthly', return: '/tidewater/a' }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    const ids = new Set(answers.map(checkoutIn));
    expect(ids.size).toBe(1);
    expect(await atStripe()).toEqual({ customers: 1, open: [...ids], subscriptions: [] });
  });

  test('with two plans in two tabs pays one of them, and in each tab is told how it stands', async () => {
    const who = await site.visitor();
    const first = await site.begin(who, 'monthly');
    const second = await site.begin(who, 'yearly');
    expect(() => site.pay(first)).toThrow(/gone/);
    const back = site.pay(second);
    await who.ask(back);
    const old = await who.ask(`/-/checkout/return?session_id=${first}&return=/tidewater/a`);
    expect(old.headers.location).toMatch(/^\/-\/subscribe/);
    const again = await site.post(who, '/-/checkout', { plan: 'monthly' });
    expect(again.headers.location).toMatch(/^\/-\/account/);
    expect((await atStripe()).subscriptions).toEqual(['active']);
  });

  test('that chooses plans in many tabs at once ends with at most one that can be paid', async () => {
    const who = await site.visitor();
    const plans = ['monthly', 'yearly', 'week', 'tried', 'monthly', 'yearly', 'week', 'tried'];
    const answers = await Promise.all(plans.map((plan) => site.post(who, '/-/checkout', { plan })));
    for (const { status } of answers) expect(status).toBe(303);
    const { customers, open } = await atStripe();
    expect(customers).toBe(1);
    expect(open.length).toBeLessThanOrEqual(1);
  });

  test('whose bank was asked in one tab while another tab chose anew pays once', async () => {
    const who = await site.visitor();
    const first = await site.begin(who, 'monthly');
    const asked = site.sandbox.actions.submitCheckout(first, {
      email: 'a@example.com',
      payment: card('4000 0027 6000 3184'),
    });
    if (asked.kind !== 'needs-authentication') throw new Error(asked.kind);
    const second = checkoutIn(await site.post(who, '/-/checkout', { plan: 'yearly' }));
    site.sandbox.actions.answerChallenge(asked.challengeId, true);
    if (second !== undefined)
      site.sandbox.actions.submitCheckout(second, { email: 'a@example.com', payment: card() });
    const { subscriptions } = await atStripe();
    expect(subscriptions.filter((status) => status === 'active')).toHaveLength(1);
  });

  test('whose bank debit is under way isn’t sold the same once more', async () => {
    const who = await site.visitor();
    const first = await site.begin(who, 'monthly');
    const back = site.pay(first, { payment: iban('DE89370400440532013000') });
    const page = await who.ask(back);
    expect([page.status, await reads(who)]).not.toEqual([200, 'subscription']);
    for (const plan of ['monthly', 'yearly']) {
      const again = await site.post(who, '/-/checkout', { plan, return: '/tidewater/bought' });
      expect(checkoutIn(again)).toBeUndefined();
      expect(again.headers.location).toBe(
        `/-/checkout/return?session_id=${first}&return=%2Ftidewater%2Fbought`,
      );
      expect((await who.ask(String(again.headers.location))).status).toBe(200);
    }
    await site.sandbox.controls.moveClock(site.sandbox.now() + 4 * dayMs);
    const { subscriptions } = await atStripe();
    expect(subscriptions.filter((status) => status === 'active')).toHaveLength(1);
  });

  test('whose bank debit was refused tries again with a card', async () => {
    const who = await site.visitor();
    site.pay(await site.begin(who, 'monthly'), { payment: iban('AT861904300235473202') });
    await site.sandbox.controls.moveClock(site.sandbox.now() + 4 * dayMs);
    await site.settled();
    const { answer } = await site.buy(who, 'monthly');
    expect(answer.headers.location).toBe('/tidewater/bought');
    expect(await reads(who)).toBe('subscription');
  });

  test('that erased its reader buys again, as somebody new at Stripe', async () => {
    const who = await site.visitor();
    const first = await site.buy(who);
    expect((await site.post(who, '/-/account/erase', { cancel: 'yes' })).status).toBe(200);
    expect(await reads(who)).not.toBe('subscription');
    const second = await site.buy(who);
    expect(second.customer).not.toBe(first.customer);
    await site.settled();
    expect(await reads(who)).toBe('subscription');
  });

  test('keeps its free reads through paying, once', async () => {
    const who = await site.visitor();
    await who.ask('/tidewater/read-1');
    await site.buy(who);
    const subscriptions = await site.merchant.subscriptions.list({});
    await site.merchant.subscriptions.cancel(String(subscriptions.data[0]?.id));
    await site.settled();
    // Two as a visitor: `met`, and the one above; five as a registered reader.
    const left = accessOf(await who.ask('/tidewater/read-2'));
    expect(left).toMatchObject({ outcome: 'full', left: 2, of: 5 });
  });
});

describe('the form of checkout', () => {
  const refusals: Record<string, Parameters<SellingSite['post']>[3]> = {
    'from another site': { headers: { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' } },
    'from a sibling domain': { headers: { 'Sec-Fetch-Site': 'same-site' } },
    'from a sandboxed frame': { headers: { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' } },
    'from another port of this machine': { headers: { Origin: 'http://127.0.0.1:1' } },
  };
  test.each(Object.entries(refusals))(
    'is refused %s, and nothing is made at Stripe',
    async (_from, asking) => {
      const who = await site.visitor();
      const answer = await site.post(who, '/-/checkout', { plan: 'monthly' }, asking);
      expect(answer.status).toBe(403);
      expect(await atStripe()).toEqual({ customers: 0, open: [], subscriptions: [] });
    },
  );

  test('without cookies, or with the cookie of nobody, leads to the plans and makes nothing at Stripe', async () => {
    const [fresh, forged] = [site.reader(), site.reader()];
    forged.jar.set('gf_visitor', 'abcd.aaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
    for (const who of [fresh, forged]) {
      const answer = await site.post(who, '/-/checkout', { plan: 'monthly' });
      expect([answer.status, answer.headers.location]).toEqual([
        303,
        expect.stringMatching(/^\/-\/subscribe\?.*cookies/),
      ]);
    }
    expect((await atStripe()).customers).toBe(0);
  });

  test('with anything but a plan of ours makes nothing at Stripe, and never fails', async () => {
    const who = await site.visitor();
    const bodies = [
      '',
      'plan=',
      'plan=none',
      'plan=__proto__',
      'plan=constructor',
      'plan[]=monthly',
      'plan=a&plan=monthly',
      `plan=${'x'.repeat(100)}`,
      `plan=${'x'.repeat(9000)}`,
      'plan=%ff%fe',
      'plan=monthly%00',
      '=&=&=',
      'plan=MONTHLY',
      Array.from({ length: 30 }, (_, index) => `f${index}=1`).join('&'),
      '__proto__[plan]=monthly',
    ];
    for (const body of bodies) {
      const answer = await site.post(who, '/-/checkout', {}, { body });
      expect([body.slice(0, 40), answer.status < 500, checkoutIn(answer)]).toEqual([
        body.slice(0, 40),
        true,
        undefined,
      ]);
    }
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', '']) {
      const answer = await site.post(
        who,
        '/-/checkout',
        {},
        { body: '{"plan":"monthly"}', headers: { 'Content-Type': type } },
      );
      expect([type, answer.status < 500, checkoutIn(answer)]).toEqual([type, true, undefined]);
    }
    expect((await atStripe()).customers).toBe(0);
  });

  test('takes neither price nor customer nor addresses from the browser', async () => {
    const who = await site.visitor();
    const answer = await site.post(who, '/-/checkout', {
      plan: 'yearly',
      price: 'price_week',
      customer: 'cus_other',
      amount: '1',
      quantity: '0',
      trialDays: '999',
      success_url: 'https://evil.example',
      return: '//evil.example',
      mode: 'setup',
    });
    const session = await site.merchant.checkout.sessions.retrieve(String(checkoutIn(answer)), {
      expand: ['line_items'],
    });
    expect(session.line_items?.data.map(({ price, quantity }) => [price?.id, quantity])).toEqual([
      ['price_yearly', 1],
    ]);
    expect(new URL(String(session.success_url)).origin).toBe(site.url);
    expect(session.success_url).not.toContain('evil');
  });

  test('stops after thirty in one browser and sixty from one network, with when to come back', async () => {
    const [first, second, third] = [await site.visitor(), await site.visitor(), await site.visitor()];
    const statusesOf = async (who: typeof first, times: number) => {
      const answers = [];
      for (let each = 0; each < times; each += 1)
        answers.push(await site.post(who, '/-/checkout', { plan: 'none' }));
      return answers;
    };
    const fromFirst = await statusesOf(first, 31);
    expect([fromFirst[29]?.status, fromFirst[30]?.status]).toEqual([303, 429]);
    expect(Number(fromFirst[30]?.headers['retry-after'])).toBeGreaterThan(0);
    const fromSecond = await statusesOf(second, 29);
    expect(fromSecond.map(({ status }) => status)).toEqual(Array.from({ length: 29 }, () => 303));
    expect((await statusesOf(third, 1))[0]?.status).toBe(429);
  });
});

describe('the return page', () => {
  test('asks Stripe only so often for whoever makes up sessions, and says when to come back', async () => {
    const who = await site.visitor();
    let last = await who.ask('/-/checkout/return?session_id=cs_test_0');
    expect(last.status).toBe(404);
    for (let each = 1; each <= 300; each += 1)
      last = await who.ask(`/-/checkout/return?session_id=cs_test_${each}&return=/tidewater/a`);
    expect(last.status).toBe(429);
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
  });
});
