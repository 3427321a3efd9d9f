/** The number at the foot of a reader's pages: the id that is counted, never what would let somebody else be them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { explainAddress } from '../../src/cli/explain.ts';
import { readVisitorNumber } from '../../src/readers/visitor-number.ts';
import { type ArticleOrigin, startArticleOrigin } from '../support/article-origin.ts';
import { comp, noon, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let origin: ArticleOrigin;
let site: RunningGateway;

beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url, ticking: true });
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const numberIn = (html: string): string | undefined =>
  /<footer[\s\S]*<small>[^<]*<code>([^<]*)<\/code><\/small>[\s\S]*<\/footer>/.exec(html)?.[1];

/** The subscribe and sign-in pages, an address that is none of ours, and a fault of the gate's. */
const pages = ['/-/subscribe', '/-/sign-in', '/-/nothing-here', '/tidewater/%zz'];

describe('the number at the foot', () => {
  test('is a visitor’s id on every page of ours, without its signature', async () => {
    const reader = site.reader();
    await reader.ask('/tidewater/one');
    const cookie = reader.jar.get('gf_visitor') ?? '';
    const [network, id, signature = ''] = cookie.split('.');
    for (const page of pages) {
      const { text } = await reader.ask(page);
      expect([page, numberIn(text)]).toEqual([page, `${network}.${id}`]);
      expect(text).not.toContain(signature);
    }
  });

  test('is not there for a browser that nothing is counted of, nor for a cookie that we did not sign', async () => {
    const forged = { Cookie: `gf_visitor=abcdefghij.${'x'.repeat(22)}.${'y'.repeat(43)}` };
    for (const page of pages) {
      expect(numberIn((await site.ask(page)).text)).toBeUndefined();
      expect(numberIn((await site.ask(page, { headers: forged })).text)).toBeUndefined();
    }
  });

  test('is the account’s for who is signed in, on the account page too, and a visitor’s again after signing out', async () => {
    const { id, cookie } = await site.account('foot@example.org');
    const reader = site.reader();
    await reader.ask('/tidewater/one');
    const visitor = reader.jar.get('gf_visitor') ?? '';
    const headers = { Cookie: `${cookie.Cookie}; gf_visitor=${visitor}` };
    for (const page of ['/-/account', '/-/account/erase', '/-/subscribe']) {
      const { text } = await site.ask(page, { headers });
      expect([page, numberIn(text)]).toEqual([page, `reader.${id}`]);
    }
    const [device] = await site.gateway.stores.readers.devices(id);
    if (device) await site.gateway.stores.readers.revokeDevice(device.id);
    await site.ask('/-/account', { headers });
    expect(numberIn((await site.ask('/-/nothing-here', { headers })).text)).toBe(
      visitor.split('.').slice(0, 2).join('.'),
    );
  });

  test.each([
    ['en', 'Your visitor number: '],
    ['de', 'Ihre Besuchernummer: '],
    ['fr', 'Votre numéro de visiteur'],
    ['ar', 'رقم الزائر الخاص بك'],
    ['zh', '您的访客编号'],
  ])('is named in %s', async (language, words) => {
    const reader = site.reader({ 'Accept-Language': language });
    await reader.ask('/tidewater/one');
    expect((await reader.ask('/-/subscribe')).text).toContain(words);
  });
});

describe('explain', () => {
  /** What `gatefold explain` prints. */
  const explained = async (visitor: string): Promise<string> => {
    const before = { ...process.env };
    const { log, error } = console;
    const lines: string[] = [];
    Object.assign(process.env, site.environment);
    Object.assign(console, { log: (text: string) => void lines.push(text), error: () => undefined });
    try {
      await explainAddress('/tidewater/other', { visitor });
    } finally {
      Object.assign(console, { log, error });
      process.env = before;
    }
    return lines.join('\n');
  };

  test('takes exactly what a visitor reads there', async () => {
    const reader = site.reader();
    for (const slug of ['one', 'two', 'three']) await reader.ask(`/tidewater/${slug}`);
    const number = numberIn((await reader.ask('/-/subscribe')).text) ?? '';
    expect(await explained(number)).toContain('preview; reason=meter-exhausted; left=0; of=3');
  });

  test('takes what a signed-in reader reads there, with all that they hold', async () => {
    const now = Date.now();
    const { cookie } = await site.account('explained@example.org', [comp('all', now - 1000, now + 60_000)]);
    const number = numberIn((await site.ask('/-/account', { headers: cookie })).text) ?? '';
    expect(await explained(number)).toContain('full; reason=comp');
  });
});

test('a number is a reader’s or a visitor’s by its form, and nothing else is one', () => {
  expect(readVisitorNumber('reader.abc-1')).toEqual({ kind: 'reader', id: 'abc-1' });
  expect(readVisitorNumber(' abcdefghij.klm_2 ')).toEqual({ kind: 'visitor', id: 'abcdefghij.klm_2' });
  for (const none of ['', 'reader', 'a.b.c', '../x', 'a b.c', `${noon}`])
    expect(readVisitorNumber(none)).toBeUndefined();
});
