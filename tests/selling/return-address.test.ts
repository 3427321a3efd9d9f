/** The address that Stripe sends a browser back to, in other hands than the payer's. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ArticleOrigin, startArticleOrigin, withheldText } from '../support/article-origin.ts';
import { accessOf } from '../support/raw-client.ts';
import { readerIn, type SellingSite, startSelling } from './selling-site.ts';

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

describe('a return address', () => {
  test('signs in the browser that paid, which then reads the article in full', async () => {
    const payer = await site.visitor();
    const { answer } = await site.buy(payer);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/tidewater/bought');
    const article = await payer.ask('/tidewater/bought');
    expect(accessOf(article)).toMatchObject({ outcome: 'full', reason: 'subscription' });
    expect(article.text).toContain(withheldText('bought'));
  });

  test('signs in nobody else: no cookie, another visitor, another reader, a cookie that was tampered with', async () => {
    const payer = await site.visitor();
    const { back, checkout } = await site.buy(payer);
    const stranger = site.reader();
    const visitor = await site.visitor();
    const reader = site.reader();
    await site.signIn(reader, 'other@example.com');
    const forger = site.reader();
    forger.jar.set(
      'gf_visitor',
      String(payer.jar.get('gf_visitor')).replace(
        /\.(.)([^.]*)$/,
        (_all, one: string, rest: string) => `.${one === 'a' ? 'b' : 'a'}${rest}`,
      ),
    );
    const before = readerIn(reader);
    for (const [name, who] of Object.entries({ stranger, visitor, reader, forger })) {
      for (const target of [back, `/-/checkout/return?session_id=${checkout}`]) {
        const answer = await who.ask(target);
        expect([name, answer.status, answer.headers.location]).toEqual([name, 403, undefined]);
        expect(answer.text).not.toContain('payer@example.com');
        expect(who.jar.get('gf_reader') === undefined || readerIn(who)?.sub === before?.sub).toBe(true);
      }
      expect(accessOf(await who.ask('/tidewater/bought')).reason).not.toBe('subscription');
    }
    expect(readerIn(stranger) ?? readerIn(visitor) ?? readerIn(forger)).toBeUndefined();
  });

  test('leads to this site only, whatever stands in it', async () => {
    const payer = await site.visitor();
    const { checkout } = await site.buy(payer);
    const evil = [
      '//evil.example',
      'https://evil.example/',
      '/\\evil.example',
      '/%2f/evil.example',
      '/%09/evil.example',
      '\\\\evil.example',
      'javascript:alert(1)',
      '/a%0d%0aSet-Cookie:%20x=1',
      '/a\r\nSet-Cookie: x=1',
      '/.//evil.example',
      '@evil.example',
      'http:evil.example',
      '\u2028//evil.example',
      `/${'a'.repeat(5000)}`,
    ];
    for (const address of evil) {
      for (const back of [encodeURIComponent(address), encodeURI(address)]) {
        const answer = await payer.ask(`/-/checkout/return?session_id=${checkout}&return=${back}`);
        expect(answer.status).toBe(303);
        const location = String(answer.headers.location);
        expect(new URL(location, site.url).origin).toBe(site.url);
        expect(location).toMatch(/^\/(?![/\\])/);
        expect(answer.rawHeaders.join('\n')).not.toMatch(/x=1/);
      }
    }
    const twice = await payer.ask(
      `/-/checkout/return?session_id=${checkout}&return=//evil&return=/tidewater/a`,
    );
    expect(twice.headers.location).toBe('/-/account');
  });

  test('of a customer that was erased doesn’t bring the erased account back', async () => {
    const payer = await site.visitor();
    const { back, customer } = await site.buy(payer, 'week', { email: 'vera@example.com' });
    await site.signIn(payer, 'vera@example.com');
    const vera = readerIn(payer)?.sub;
    expect((await site.post(payer, '/-/account/erase', { cancel: 'yes' })).status).toBe(200);
    expect(readerIn(payer)).toBeUndefined();
    // The next one at this machine goes back through the browser's history.
    const answer = await payer.ask(back);
    expect(readerIn(payer)).toBeUndefined();
    expect(answer.status).not.toBe(500);
    expect(await site.gateway.stores.readers.byId(vera as never)).toBeUndefined();
    expect(await site.gateway.stores.customers.customer(customer as never)).toBeUndefined();
  });

  test('gives nobody an account whose customer only Gatefold’s own record has lost', async () => {
    const payer = await site.visitor();
    const { back, customer } = await site.buy(payer, 'monthly', { email: 'vera@example.com' });
    const vera = site.reader();
    await site.signIn(vera, 'vera@example.com');
    expect((await site.gateway.stores.customers.customer(customer as never))?.owner).toBe(
      readerIn(vera)?.sub,
    );
    await site.gateway.stores.customers.forget(customer as never);
    await payer.ask(back);
    expect((await site.gateway.stores.customers.customer(customer as never))?.owner).toBe(
      readerIn(vera)?.sub,
    );
  });
});
