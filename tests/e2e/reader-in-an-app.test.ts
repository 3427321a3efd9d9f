/** Readers on pages that a framework takes over in the browser, and on links that the browser follows ahead of time. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type ArticleOrigin, sendAs, startArticleOrigin } from '../support/article-origin.ts';
import { patienceMs } from '../support/patience.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { launchBrowser } from '../support/watched-browser.ts';

const END = 'And that is where the story ends, at the very end of it.';
const words = (at: number) =>
  `Sentence ${at} of the story goes on about the quay, the boats and everybody who ever went out with them.`;
const story = {
  title: 'A story',
  paragraphs: [...Array.from({ length: 20 }, (_, at) => words(at + 1)), END],
};

/** Renders the page from the data beside it, as it was rendered on the server: whatever else it finds there, it takes away. */
const app = `
import { h, hydrate, render } from '/preact.js';
const { title, paragraphs } = JSON.parse(document.getElementById('data').textContent);
const page = (...more) => h('div', null, h('nav', null, h('a', { href: '/' }, 'Home')), h('main', null, h('h1', null, title),
  h('div', { class: 'article-body' }, paragraphs.map((text) => h('p', null, text)))), ...more);
const root = document.getElementById('root');
hydrate(page(), root);
window.begin = () => { render(null, root); render(page(h('footer', null, 'Anew')), root); };
window.leave = () => { history.pushState({}, '', '/elsewhere'); render(h('p', null, 'Another page'), root); };
document.documentElement.dataset.hydrated = '';
`;

const inside = ({ title, paragraphs }: typeof story): string =>
  `<div><nav><a href="/">Home</a></nav><main><h1>${title}</h1><div class="article-body">${paragraphs.map((text) => `<p>${text}</p>`).join('')}</div></main></div>`;
const appPage = (
  head: string,
) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A story</title>${head}</head>
<body><div id="root">${inside(story)}</div>
<script id="data" type="application/json">${JSON.stringify(story)}</script>
<script type="module" src="/app.js"></script></body></html>`;

const policy = `
articles: { paths: /news/*, body: .article-body }
meters: { main: { visitor: 3 } }
cutoff: { characters: 300 }
rules: [{ name: locked, when: { path: '/news/locked*' }, access: locked }]
otherwise: { access: metered }
sentry: { learn: { on: false } }
`;

let origin: ArticleOrigin;
let site: RunningGateway;
let browser: Browser;
beforeAll(async () => {
  origin = await startArticleOrigin();
  const preact = readFileSync('node_modules/preact/dist/preact.mjs', 'utf8');
  origin.on('/preact.js', sendAs('text/javascript', preact));
  origin.on('/app.js', sendAs('text/javascript', app));
  const strict = `<meta http-equiv="Content-Security-Policy" content="script-src 'self'; style-src 'self'">`;
  for (const name of ['locked', 'free', 'link'])
    for (const [path, head] of [
      [`/news/${name}`, ''],
      [`/news/${name}-strict`, strict],
    ] as const)
      origin.on(path, sendAs('text/html', appPage(head)));
  site = await startGateway({ originUrl: origin.url, policy });
  browser = await launchBrowser();
}, patienceMs);
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await origin?.stop();
});

const open = async (): Promise<{ page: Page; troubles: string[] }> => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico'))
      troubles.push(message.text());
  });
  page.on('pageerror', ({ message }) => troubles.push(message));
  return { page, troubles };
};

/** What the reader sees, and whether Gatefold's part still has its looks. */
const seen = (page: Page) =>
  page.evaluate((end) => {
    const own = document.querySelectorAll('gatefold-prompt, gatefold-notice');
    // biome-ignore lint/performance/useDomNodeTextContent: what is shown is the question here
    const text = document.body.innerText;
    return {
      own: [...own].map(({ localName, shadowRoot }) => `${localName}${shadowRoot ? '' : ' without looks'}`),
      beginnings: text.split('Sentence 1 of the story').length - 1,
      isWhole: text.includes(end),
    };
  }, END);

const begun = (page: Page) => page.locator('html[data-hydrated]').waitFor();
const call = (page: Page, name: 'begin' | 'leave') =>
  page.evaluate((each) => (window as unknown as Record<string, () => void>)[each]?.(), name);

describe.each(['', '-strict'])('a page that is rendered anew in the browser%s', (kind) => {
  test('keeps the prompt after the preview, however often it is rendered, and has one of each', async () => {
    const { page, troubles } = await open();
    await page.goto(`${site.url}/news/locked${kind}`);
    await begun(page);
    const preview = { own: ['gatefold-prompt'], beginnings: 1, isWhole: false };
    expect(await seen(page)).toEqual(preview);
    await call(page, 'begin');
    await page.locator('footer').waitFor();
    expect(await seen(page)).toEqual(preview);
    const isBehind = await page.evaluate(() => {
      const [prompt, text] = [
        document.querySelector('gatefold-prompt'),
        document.querySelector('.article-body p'),
      ];
      return prompt && text ? text.compareDocumentPosition(prompt) & Node.DOCUMENT_POSITION_FOLLOWING : 0;
    });
    expect([isBehind > 0, troubles]).toEqual([true, []]);
    await call(page, 'leave');
    await page.getByText('Another page').waitFor();
    expect((await seen(page)).own).toEqual([]);
    await page.context().close();
  });

  test('keeps the notice of a free read, in sight at the foot of the window, until another page is shown', async () => {
    const { page, troubles } = await open();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${site.url}/news/free${kind}`);
    await begun(page);
    const whole = { own: ['gatefold-notice'], beginnings: 1, isWhole: true };
    expect(await seen(page)).toEqual(whole);
    const box = await page.locator('gatefold-notice').boundingBox();
    expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(844);
    await call(page, 'begin');
    await page.locator('footer').waitFor();
    expect([await seen(page), troubles]).toEqual([whole, []]);
    await call(page, 'leave');
    await page.getByText('Another page').waitFor();
    expect((await seen(page)).own).toEqual([]);
    await page.context().close();
  });
});

test('without JavaScript both stand there as well', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const [path, own] of [
    ['locked', 'gatefold-prompt'],
    ['free', 'gatefold-notice'],
  ] as const) {
    await page.goto(`${site.url}/news/${path}`);
    expect(await page.locator(own).isVisible()).toBe(true);
  }
  await context.close();
});

describe('a link that the browser follows ahead of time shows the whole article at the click, for one free read', () => {
  /** As WordPress 6.8 prints them on every page; it says `prefetch`, and its plugin `prerender`. */
  const rules = (kind: string, eagerness: string) =>
    `<script type="speculationrules">${JSON.stringify({
      [kind]: [
        {
          source: 'document',
          where: {
            and: [
              { href_matches: '/*' },
              { not: { href_matches: ['/wp-*.php', '/wp-admin/*', '/*\\?(.+)'] } },
              { not: { selector_matches: 'a[rel~="nofollow"]' } },
            ],
          },
          eagerness,
        },
      ],
    })}</script>`;

  test.each([
    ['prefetch', rules('prefetch', 'moderate')],
    ['prerender', rules('prerender', 'moderate')],
    ['<link rel=prefetch>', '<link rel="prefetch" href="/news/link">'],
  ])('%s', async (_, head) => {
    const front = `<!doctype html><html lang="en"><head><title>Front</title>${head}</head><body><a href="/news/link">One</a></body></html>`;
    origin.on('/', sendAs('text/html', front));
    const { page } = await open();
    await page.goto(site.url);
    await page.hover('a');
    await page.waitForTimeout(700);
    await page.click('a');
    await page.waitForURL('**/news/link');
    await begun(page);
    expect(await seen(page)).toMatchObject({ own: ['gatefold-notice'], isWhole: true });
    expect(await page.locator('gatefold-notice').textContent()).toContain('2 of 3');
    await page.context().close();
  });
});
