/** The plans page, the checkout form and the way back, over HTTP: cookies, refusals, faults, and where each leads. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Article } from '../../src/article/article.ts';
import { BillingFault } from '../../src/billing/billing.ts';
import { createCheckoutLimit } from '../../src/readers/rate-limits.ts';
import { browser } from '../readers/site.ts';
import { temporaryFolder } from '../readers/support.ts';
import {
  type Browser,
  heldIn,
  policy,
  readerIn,
  returnPath,
  type Shop,
  shop,
  visitingBrowser,
} from './shop.ts';

const story = { id: '/lamp/story', title: 'The lamp', tags: [], authors: [] } as unknown as Article;
const places = {
  '/lamp/story': { article: story, products: ['all'] as never },
  '/open/story': { article: { ...story, title: '' }, products: [] },
};

let folder: ReturnType<typeof temporaryFolder>;
let here: Shop;
let there: Browser;

beforeEach(async () => {
  folder = temporaryFolder();
  here = shop({ directory: folder.path, places });
  there = await visitingBrowser(here);
});
afterEach(() => {
  here.close();
  folder.remove();
});

const choose = (plan = 'monthly', back = '/lamp/story', who = there) =>
  who.post('/-/checkout', { plan, return: back });
const subscribed = async (plan = 'monthly', back = '/lamp/story', who = there): Promise<string> => {
  await choose(plan, back, who);
  const id = here.till.newest();
  here.till.pay(id);
  return returnPath(here.till, id);
};
const ending = async (broken: string): Promise<void> => {
  here.till.before = async (call) => {
    if (call === broken) throw new BillingFault('stripe-down', 'req_secret was lost');
  };
};

describe('the plans page', () => {
  test('shows what is offered at the article, for how much, and what is renewed when', async () => {
    const { status, text } = await there.get('/-/subscribe?return=%2Flamp%2Fstory');
    expect(status).toBe(200);
    expect(text).toContain('You were reading “The lamp”.');
    expect(text).toContain('€9 a month');
    expect(text).toContain('Renews on 23 December; cancel any time.');
    expect(text).toContain('Free for 14 days, then €90 a year');
    expect(text).toContain('First payment on 7 December; cancel any time.');
    expect(text).toContain('€4 for 30 days');
    expect(text).not.toContain('Harbour');
    expect(text).not.toContain('By hand');
    expect(text.match(/<form method="post" action="\/-\/checkout">/g)).toHaveLength(3);
    expect(text).toContain('<input type="hidden" name="plan" value="monthly"/>');
    expect(text).toContain('<input type="hidden" name="return" value="/lamp/story"/>');
  });

  test('shows every plan to whoever comes from nowhere in particular, or from where nothing is sold', async () => {
    expect((await there.get('/-/subscribe')).text).toContain('€5 a month');
    expect((await there.get('/-/subscribe?return=%2Fopen%2Fstory')).text).toContain('€5 a month');
  });

  test('speaks the reader’s language, prices included', async () => {
    const { text } = await request(here.app).get('/-/subscribe').set('Accept-Language', 'de');
    expect(text).toContain('9\u00a0€ im Monat');
    expect(text).toContain('Verlängert sich am 23. Dezember; jederzeit kündbar.');
  });

  test('makes a visitor of whoever comes for the first time, so that they can come back from paying', async () => {
    const { headers } = await browser(here.app).get('/-/subscribe');
    expect(String(headers['set-cookie'])).toMatch(/__Host-gf_visitor=/);
  });

  test('lets its forms lead to Stripe’s pages, and no other page’s', async () => {
    const { headers } = await there.get('/-/subscribe');
    expect(headers['content-security-policy']).toMatch(/form-action 'self' https: https:\/\/paper\.example;/);
    const { headers: others } = await there.get('/-/checkout/return?session_id=cs_test_x');
    expect(others['content-security-policy']).toMatch(/form-action 'self';/);
  });

  test('without prices says so and offers another try; nothing can be bought at an unknown price', async () => {
    const other = shop({ directory: folder.path });
    other.till.before = async () => {
      throw new BillingFault('unreachable', 'down');
    };
    const { status, text } = await browser(other.app).get('/-/subscribe?return=%2Flamp%2Fstory');
    other.close();
    expect(status).toBe(200);
    expect(text).toContain('We can’t show the prices just now.');
    expect(text).toContain('Monthly');
    expect(text).not.toContain('<form');
    expect(text).toContain('href="/-/subscribe?return=%2Flamp%2Fstory"');
  });

  test('on a site that sells nothing itself names the publisher', async () => {
    const other = shop({
      directory: folder.path,
      policy: policy({ plans: [{ ...policy().plans[4] } as never] }),
    });
    const { text } = await browser(other.app).get('/-/subscribe');
    other.close();
    expect(text).toContain('By hand');
    expect(text).toContain('arranged with the publisher');
  });

  test('says who is signed in and what they have, with the way to the account', async () => {
    await there.get(await subscribed());
    const { text } = await there.get('/-/subscribe');
    expect(text).toContain('You’re signed in.');
    expect(text.match(/You already have what this opens\. <a href="\/-\/account">/g)).toHaveLength(3);
    expect(text.match(/<form/g)).toHaveLength(1);
    expect(text).not.toContain('Already have access?');
  });

  test('promises no second trial', async () => {
    await there.get(await subscribed());
    for (const { subscriptions } of here.till.customers.values())
      subscriptions.splice(0, 1, { ...subscriptions[0], status: 'canceled' } as never);
    for (const { id } of here.till.customers.values()) await here.refresh(id);
    const { text } = await there.get('/-/subscribe');
    expect(text).toContain('€90 a year');
    expect(text).not.toContain('Free for');
  });

  test('stays up while the store of readers doesn’t', async () => {
    here.customers.customersOf = async () => {
      throw new Error('store down');
    };
    expect((await there.get('/-/subscribe')).text).toContain('€9 a month');
    expect(here.faults).not.toEqual([]);
  });

  test.each(['cookies', 'gone', 'unfinished', 'failed', 'overtaken'])(
    'says why it came back: %s',
    async (notice) => {
      const { text } = await there.get(`/-/subscribe?notice=${notice}`);
      expect(text).toContain('<p class="note" role="status">');
    },
  );

  test.each([
    'notice=<script>',
    'notice=cookies&notice=gone',
    'return=//evil.example',
    'return[]=x',
    'return=%00',
  ])('takes nothing else from its address: %s', async (query) => {
    const { status, text } = await there.get(`/-/subscribe?${query}`);
    expect(status).toBe(200);
    expect(text).not.toContain('class="note"');
    expect(text).not.toMatch(/evil|<script/);
  });
});

describe('POST /-/checkout', () => {
  test('leads to Stripe’s page by 303', async () => {
    const { status, headers } = await choose();
    expect(status).toBe(303);
    expect(headers.location).toBe(`https://checkout.stripe.example/c/${here.till.newest()}`);
    expect(headers['cache-control']).toBe('private, no-store');
  });

  test('from the page that is open as localhost comes back to localhost', async () => {
    const other = shop({ directory: folder.path, till: here.till, otherOrigins: ['http://localhost:8080'] });
    const tab = await visitingBrowser(other);
    await tab.post('/-/checkout', { plan: 'monthly' }, { Origin: 'http://localhost:8080' });
    other.close();
    expect(here.till.sessions.get(here.till.newest())?.asked.successUrl).toMatch(
      /^http:\/\/localhost:8080\/-\/checkout/,
    );
  });

  test('of a browser that keeps no cookies starts nothing: nobody could come back', async () => {
    const { status, headers } = await choose('monthly', '/lamp/story', browser(here.app));
    expect([status, headers.location]).toEqual([303, '/-/subscribe?return=%2Flamp%2Fstory&notice=cookies']);
    expect(String(headers['set-cookie'])).toMatch(/__Host-gf_visitor=/);
    expect(here.till.customers.size).toBe(0);
  });

  test('of another site’s page is refused', async () => {
    const { status } = await there.post(
      '/-/checkout',
      { plan: 'monthly' },
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    );
    expect(status).toBe(403);
    expect(here.till.calls).not.toContain('createCustomer');
  });

  test('of a plan that is gone leads back to the plans', async () => {
    expect((await choose('nothing')).headers.location).toBe(
      '/-/subscribe?return=%2Flamp%2Fstory&notice=gone',
    );
  });

  test.each([{}, { plan: '' }, { plan: 'x'.repeat(65) }, { plan: 'monthly', return: '//evil.example' }])(
    'of %j makes no 500 and leads to no other site',
    async (fields) => {
      const { status, headers } = await there.post('/-/checkout', fields as Record<string, string>);
      expect([303, 400]).toContain(status);
      expect(headers.location ?? '').not.toMatch(/^\/\/|evil/);
      expect(
        here.till.sessions.get([...here.till.sessions.keys()][0] as never)?.asked.successUrl ?? '',
      ).not.toContain('evil');
    },
  );

  test('by somebody who has it already leads to the account, without a second checkout', async () => {
    await there.get(await subscribed());
    const { status, headers } = await choose('yearly');
    expect([status, headers.location]).toEqual([303, '/-/account?subscribed']);
    expect(here.till.open()).toEqual([]);
  });

  test('by the browser that paid and lost its sign-in signs it in again', async () => {
    await there.get(await subscribed());
    const reader = readerIn(here, there);
    there.jar.delete('__Host-gf_reader');
    expect((await choose()).headers.location).toBe('/-/account?subscribed');
    expect(readerIn(here, there)).toBe(reader);
    expect(await heldIn(here, there)).toEqual(['all']);
  });

  test('by a browser that signed out of a proved account signs in to nothing', async () => {
    await there.get(await subscribed());
    const reader = readerIn(here, there);
    await here.store.findOrCreate({ id: reader as never, email: 'ada@example.com' as never, createdAt: 0 });
    there.jar.delete('__Host-gf_reader');
    const { headers } = await choose();
    expect(headers.location).toMatch(/^https:\/\/checkout/);
    expect(readerIn(here, there)).toBeUndefined();
  });

  test('too often from one network is answered 429, and says when to come back', async () => {
    const limited = shop({
      directory: folder.path,
      till: here.till,
      limit: async () => ({ kind: 'beyond', retryAfterSeconds: 90 }),
    });
    const { status, headers, text } = await choose('monthly', '/lamp/story', await visitingBrowser(limited));
    limited.close();
    expect([status, headers['retry-after']]).toEqual([429, '90']);
    expect(text).toContain('too-many-requests');
    expect(here.till.customers.size).toBe(0);
    const limit = createCheckoutLimit();
    const answers = await Promise.all(Array.from({ length: 61 }, () => limit('net')));
    expect(answers.filter(({ kind }) => kind === 'beyond')).toHaveLength(1);
  });

  test('too often by one reader or browser is answered alike, whatever network it comes from', async () => {
    const seen: string[] = [];
    const limited = shop({
      directory: folder.path,
      till: here.till,
      readerLimit: async (key) => {
        seen.push(key);
        return seen.length > 1 ? { kind: 'beyond', retryAfterSeconds: 90 } : { kind: 'within' };
      },
    });
    const browsing = await visitingBrowser(limited);
    const answers = [await choose('monthly', '/a', browsing), await choose('monthly', '/a', browsing)];
    limited.close();
    expect(answers.map(({ status }) => status)).toEqual([303, 429]);
    expect(answers[1]?.headers['retry-after']).toBe('90');
    expect(answers[1]?.text).toContain('href="/-/subscribe?return=%2Fa"');
    expect(seen[0]).toBe(seen[1]);
  });

  test.each(['createCustomer', 'openCheckout', 'customerState'])(
    'while Stripe fails at %s: 503, a clear word, the way back, and nothing of the fault',
    async (broken) => {
      await ending(broken);
      const { status, text } = await choose();
      expect(status).toBe(503);
      expect(text).toContain('<code>payments-unavailable</code>');
      expect(text).toContain('Nothing has been charged.');
      expect(text).toContain('href="/-/subscribe?return=%2Flamp%2Fstory"');
      expect(text).not.toContain('req_secret');
      expect(here.faults).toHaveLength(1);
    },
  );

  test('while our store is down: 503', async () => {
    here.customers.customersOf = async () => {
      throw new Error('store down');
    };
    expect((await choose()).status).toBe(503);
  });

  test('as GET is the plans page', async () => {
    expect((await there.get('/-/checkout')).headers.location).toBe('/-/subscribe');
  });
});

describe('GET /-/checkout/return', () => {
  test('signs in and leads to the article', async () => {
    const { status, headers } = await there.get(await subscribed());
    expect([status, headers.location]).toEqual([303, '/lamp/story']);
    expect(String(headers['set-cookie'])).toMatch(/__Host-gf_reader=[^;]+;.*HttpOnly/);
    expect(await heldIn(here, there)).toEqual(['all']);
  });

  test('leads to the account when there is no article', async () => {
    expect((await there.get(await subscribed('monthly', '/'))).headers.location).toBe('/-/account');
  });

  test.each([
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    '/%5Cevil.example',
    'javascript:alert(1)',
    '',
  ])('with its way back changed to %j stays on this site', async (back) => {
    const path = (await subscribed()).replace(/&return=.*/, `&return=${encodeURIComponent(back)}`);
    expect((await there.get(path)).headers.location).toBe('/-/account');
  });

  test('in another browser is 403, and nobody is signed in', async () => {
    const path = await subscribed();
    const other = await visitingBrowser(here);
    const { status, text, headers } = await other.get(path);
    expect(status).toBe(403);
    expect(text).toContain('<code>checkout-elsewhere</code>');
    expect(text).toContain('href="/-/sign-in?return=%2F-%2Faccount"');
    expect(String(headers['set-cookie'] ?? '')).not.toContain('gf_reader');
    expect(readerIn(here, other)).toBeUndefined();
  });

  test.each([
    '',
    '?session_id=cs_test_unknown',
    '?session_id=../../x',
    '?session_id=a&session_id=b',
    '?look=x',
  ])('of no checkout we know is 404: %s', async (query) => {
    const { status, text } = await there.get(`/-/checkout/return${query}`);
    expect(status).toBe(404);
    expect(text).toContain('<code>checkout-unknown</code>');
  });

  test('before it was paid leads back to the plans and the article', async () => {
    await choose();
    const { headers } = await there.get(returnPath(here.till, here.till.newest()));
    expect(headers.location).toBe('/-/subscribe?return=%2Flamp%2Fstory&notice=unfinished');
  });

  test('while the payment is under way looks again by itself, ever more seldom, and gives nothing', async () => {
    await choose();
    const id = here.till.newest();
    here.till.pay(id, { later: true });
    const { status, text } = await there.get(returnPath(here.till, id));
    expect(status).toBe(200);
    expect(text).toContain('Your payment is on its way');
    const next = /<meta http-equiv="refresh" content="2; url=([^"]+)"/
      .exec(text)?.[1]
      ?.replaceAll('&amp;', '&');
    expect(next).toContain('look=1');
    expect(readerIn(here, there)).toBeUndefined();
    const last = await there.get(next?.replace('look=1', 'look=99') ?? '');
    expect(last.text).not.toContain('http-equiv');
    here.till.settle(id, 'active');
    expect((await there.get(next ?? '')).headers.location).toBe('/lamp/story');
    expect(await heldIn(here, there)).toEqual(['all']);
  });

  test('after the bank refused says so at the plans', async () => {
    await choose();
    const id = here.till.newest();
    here.till.pay(id, { later: true });
    here.till.settle(id, 'incomplete_expired');
    const { headers } = await there.get(returnPath(here.till, id));
    expect(headers.location).toBe('/-/subscribe?return=%2Flamp%2Fstory&notice=failed');
  });

  test('of an account that signed out meanwhile asks for its address, and then leads to the article', async () => {
    await here.signIn(there, 'ada0000000000000', 'ada@example.com');
    const path = await subscribed();
    there.jar.delete('__Host-gf_reader');
    expect((await there.get(path)).headers.location).toBe('/-/sign-in?return=%2Flamp%2Fstory');
    expect(readerIn(here, there)).toBeUndefined();
  });

  test.each(['checkout', 'customerState'])(
    'while Stripe fails at %s: nothing is lost, and it can be tried again',
    async (broken) => {
      const path = await subscribed();
      await ending(broken);
      const { status, text } = await there.get(path);
      expect(status).toBe(503);
      expect(text).toContain('<code>payment-unconfirmed</code>');
      expect(text).toContain('If you’ve paid, nothing is lost');
      here.till.before = async () => undefined;
      expect((await there.get(path)).headers.location).toBe('/lamp/story');
    },
  );
});
