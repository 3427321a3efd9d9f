/** Another article's text on an article's own page: in a box beside it, or after it where readers scroll on. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ArticleOrigin, sendAs, startArticleOrigin } from '../support/article-origin.ts';
import { madeUpProse } from '../support/foreign-site/made-up-prose.ts';
import { accessOf } from '../support/raw-client.ts';
import {
  type Account,
  comp,
  dayMs,
  noon,
  type RunningGateway,
  startGateway,
  testPolicy,
} from '../support/start-gateway.ts';
import { until } from '../support/until.ts';

const locked = madeUpProse(1, 1_500);
const withheld = locked.join(' ').slice(400);
const open = madeUpProse(2, 1_500);

const page = (
  title: string,
  paragraphs: readonly string[],
  after = '',
): string => `<!doctype html><html><head>
<title>${title}</title><meta property="og:type" content="article"></head><body><article><h1>${title}</h1>
<div class="article-body">${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}</div></article>${after}</body></html>`;

const policy = `${testPolicy}
rules:
  - { name: paid, when: { path: /tidewater/locked }, access: locked, products: all }
  - { name: free, when: { path: /tidewater/open-* }, access: open }

`;

let origin: ArticleOrigin;
let site: RunningGateway;
let subscriber: Account;
beforeAll(async () => {
  origin = await startArticleOrigin();
  origin.on('/tidewater/locked', sendAs('text/html', page('Locked', locked)));
  const inBox = `<aside id="next"><h2>Read on</h2>${locked.map((text) => `<p>${text}</p>`).join('')}</aside>`;
  origin.on('/tidewater/open-with-box', sendAs('text/html', page('Box', open, inBox)));
  const phrase = `<aside id="teaser"><p>${withheld.slice(200, 300)}</p></aside>`;
  origin.on('/tidewater/open-with-phrase', sendAs('text/html', page('Phrase', open, phrase)));
  site = await startGateway({ originUrl: origin.url, policy });
  subscriber = await site.account('sub@example.com', [comp('all', noon - dayMs, noon + dayMs)]);
  expect(accessOf(await site.ask('/tidewater/locked')).outcome).toBe('preview');
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const textOf = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
  (await site.ask(path, { headers })).text
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');

describe('a page that anybody may read', () => {
  test('loses the locked article that stands in a box beside it, and nothing of its own', async () => {
    await until(async () => {
      // A page is looked at again after ten seconds.
      site.time.now += 11_000;
      return !(await textOf('/tidewater/open-with-box')).includes(withheld.slice(-100));
    }, 'both articles to be known');
    const text = await textOf('/tidewater/open-with-box');
    for (let at = 0; at + 60 < withheld.length; at += 20)
      expect(text).not.toContain(withheld.slice(at, at + 60));
    for (const paragraph of open) expect(text).toContain(paragraph);
  });

  test('is whole for whoever may read the other one', async () => {
    const text = await textOf('/tidewater/open-with-box', subscriber.cookie);
    for (const paragraph of [...open, ...locked]) expect(text).toContain(paragraph);
  });

  test('keeps a phrase of another article', async () => {
    for (let times = 0; times < 3; times += 1)
      expect(await textOf('/tidewater/open-with-phrase')).toContain(withheld.slice(200, 300));
  });
});

describe('a page that is no article', () => {
  const phrase = withheld.slice(200, 300);
  const plainPage = (canonical: string, quoted: string): string =>
    `<!doctype html><html><head><title>About us</title>${canonical && `<link rel="canonical" href="${canonical}">`}</head>
<body>${open.map((text) => `<p>${text}</p>`).join('')}<p id="quoted">${quoted}</p></body></html>`;
  const asked = async (target: string, body: string): Promise<string> => {
    origin.on(target.split('?', 1)[0] ?? '', sendAs('text/html', body));
    return textOf(target);
  };

  test('keeps a phrase of a locked article where its canonical link says that it is a document of its own', async () => {
    expect(await asked('/about', plainPage('/about', phrase))).toContain(phrase);
    expect(await asked('/imprint', plainPage(`${origin.url}/imprint`, phrase))).toContain(phrase);
  });

  test.each([
    ['says nothing of the kind', '/list', ''],
    ['says so of the front page', '/', '/'],
    ['says so of a search', '/found?s=it', '/found?s=it'],
    ['names another site', '/copied', 'https://elsewhere.example/copied'],
    ['names another page', '/front-2', '/front'],
  ])('loses it where it %s', async (_what, target, canonical) => {
    const text = await asked(target, plainPage(canonical, phrase));
    for (let at = 0; at + 60 <= phrase.length; at += 8) expect(text).not.toContain(phrase.slice(at, at + 60));
    expect(text).toContain(open[0]);
  });

  test('loses more than a quotation all the same', async () => {
    const text = await asked('/at-length', plainPage('/at-length', withheld.slice(0, 1_000)));
    for (let at = 0; at + 60 < 1_000; at += 20) expect(text).not.toContain(withheld.slice(at, at + 60));
  });
});
