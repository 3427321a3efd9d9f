/** Whatever is sent to the addresses of selling: never a 500, never a hang, never a word that is withheld or another's. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ArticleOrigin, startArticleOrigin, withheldText } from '../support/article-origin.ts';
import { type Answer, ask, type Reader } from '../support/raw-client.ts';
import { type SellingSite, startSelling } from './selling-site.ts';

let origin: ArticleOrigin;
let site: SellingSite;
let payer: Reader;
let checkout = '';
let portal = '';
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startSelling(origin, { trustProxy: '127.0.0.1' });
  payer = await site.visitor();
  checkout = (await site.buy(payer)).checkout;
  portal = String((await site.post(payer, '/-/portal')).headers.location).slice(site.url.length);
});
afterAll(async () => {
  await site.stop();
  await origin.stop();
});

const own = [
  '/-/checkout',
  '/-/checkout/return',
  '/-/portal',
  '/-/subscribe',
  '/-/account',
  '/-/account/export',
  '/-/account/erase',
  '/-/webhooks/stripe',
  '/-/sandbox',
  '/-/sandbox/',
  '/-/sandbox/clock',
  '/-/sandbox/mischief',
  '/-/sandbox/resend',
  '/-/sandbox/checkout/',
  '/-/sandbox/portal/',
  '/-/sandbox/challenge/',
  '/-/sandbox/invoices/',
];

const odd = fc.oneof(
  fc
    .string({ unit: 'binary', maxLength: 40 })
    .map((text) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, ''))),
  fc.constantFrom(
    '',
    '%',
    '%00',
    '%ff',
    '%c0%af',
    '[]',
    '..',
    '%2e%2e',
    '\\',
    '//',
    ';',
    '__proto__',
    'constructor',
    'NaN',
    '1e999',
    '-1',
    '{CHECKOUT_SESSION_ID}',
    '0'.repeat(400),
  ),
  fc.constantFrom(
    'cs_test_x',
    'cus_x',
    'sub_x',
    'bps_x',
    'monthly',
    'yearly',
    'week',
    'yes',
    'cancel',
    'payment',
    'next',
    'date',
  ),
);
const pair = fc.tuple(
  fc.constantFrom(
    'plan',
    'return',
    'session_id',
    'look',
    'customer',
    'subscription',
    'flow',
    'refreshed',
    'subscribed',
    'notice',
    'cancel',
    'by',
    'date',
    'delayMs',
    'copies',
    'event',
    'email',
    'number',
    'expiry',
    'code',
    'payment',
    'iban',
    '__proto__',
    'a[b]',
    '',
  ),
  odd,
);
const fields = fc
  .array(pair, { maxLength: 6 })
  .map((all) => all.map(([name, value]) => `${name}=${value}`).join('&'));
const headers = fc.record(
  {
    'Content-Type': fc.constantFrom(
      'application/x-www-form-urlencoded',
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded; charset=utf-7',
      'multipart/form-data',
      '',
    ),
    'Content-Encoding': fc.constantFrom('gzip', 'br', 'identity', 'x'),
    'Accept-Language': fc.constantFrom(
      'de',
      'zh-Hant',
      'x',
      '*',
      'en-US,en;q=0.5',
      'xx-invalid-locale-here',
      'i-klingon',
      'en-u-co-bogus',
      'de-1996-1996',
    ),
    'Accept-Encoding': fc.constantFrom('gzip', 'zstd', '*;q=0'),
    Range: fc.constantFrom('bytes=0-1', 'bytes=-1', 'x'),
    'If-None-Match': fc.constantFrom('*', '"x"'),
    'If-Modified-Since': fc.constantFrom('Wed, 21 Oct 2099 07:28:00 GMT', 'x'),
    'User-Agent': fc.constantFrom('', 'x'.repeat(3000), 'Mozilla/5.0 (Windows NT 10.0) Firefox/1'),
    'Stripe-Signature': fc.constantFrom('', 't=1,v1=x', 't=x', ',,,='),
    Authorization: fc.constantFrom('Bearer x', 'Bearer a.b.c', 'Basic eDp5', 'Bearer '),
    'X-Forwarded-For': fc.ipV4(),
    Cookie: fc.constantFrom(
      'gf_visitor=x',
      'gf_reader=x',
      'gf_reader=a.b.c; gf_visitor=',
      'gf_sign_in=1',
      '=',
      'gf_reader',
    ),
  },
  { requiredKeys: ['X-Forwarded-For'] },
);

const harmless = (answer: Answer): void => {
  if (answer.status === 500 || answer.status === 502 || answer.status < 200)
    throw new Error(`${answer.status}: ${answer.text.slice(0, 200)}`);
  if (answer.headers['cache-control'] !== undefined)
    expect(answer.headers['cache-control']).toMatch(/no-store/);
  for (const secret of [withheldText('bought'), 'payer@example.com', site.sandbox.secretKey])
    expect(answer.text).not.toContain(secret);
};

describe('any request', () => {
  test('by a stranger is answered, and with nothing that is another’s', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...own),
        odd,
        fields,
        fields,
        fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'PROPFIND'),
        headers,
        async (path, id, query, body, method, given) => {
          const safe = path.endsWith('/') ? id.replace(/[^\x21-\x7e]/g, '') : '';
          const target = `${path}${safe}${query ? `?${query}` : ''}`;
          harmless(
            await ask(site.url, target, {
              method,
              headers: { ...given, Origin: site.url },
              ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
            }),
          );
        },
      ),
      { numRuns: 600 },
    );
  });

  test('by the reader who pays, at their own pages, is answered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          '/-/checkout',
          '/-/portal',
          '/-/account/erase',
          portal,
          `/-/sandbox/checkout/${checkout}`,
          '/-/sandbox/mischief',
          `${portal}/cancel`,
          `${portal}/payment-method`,
        ),
        fields,
        fc.constantFrom('GET', 'POST', 'HEAD'),
        headers,
        async (path, body, method, { Cookie: _, Authorization: __, ...given }) => {
          const cookie = [...payer.jar].map(([name, value]) => `${name}=${value}`).join('; ');
          const answer = await ask(site.url, method === 'POST' ? path : `${path}?${body}`, {
            method,
            headers: { ...given, Cookie: cookie, Origin: site.url },
            ...(method === 'POST' ? { body } : {}),
          });
          expect([answer.status, answer.text.slice(0, 80)]).not.toEqual([500, expect.anything()]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('for a part, or on a condition, gets the whole page: selling’s pages are never partial and never 304', async () => {
    for (const target of [
      '/-/account',
      '/-/subscribe?return=/tidewater/bought',
      portal,
      '/-/sandbox/',
      `/-/checkout/return?session_id=${checkout}`,
    ]) {
      const plain = await payer.ask(target);
      for (const given of [
        { Range: 'bytes=0-9' },
        { 'If-None-Match': '*' },
        { 'If-Modified-Since': 'Wed, 21 Oct 2099 07:28:00 GMT' },
      ])
        expect([target, (await payer.ask(target, { headers: given })).status]).toEqual([
          target,
          plain.status,
        ]);
      const head = await payer.ask(target, { method: 'HEAD' });
      expect([target, head.status, head.body.length]).toEqual([target, plain.status, 0]);
      expect(plain.headers.etag).toBeUndefined();
      expect(plain.headers['cache-control']).toMatch(/no-store/);
    }
  });
});
