/** A new visitor in a real browser: three full articles, the fourth a preview, and everything that opens it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type GatefoldProcess, startGatefold } from '../support/gatefold-process.ts';
import {
  lastWords,
  open,
  plainQuotes,
  previewLine,
  promptLink,
  signInByMail,
  tabToPrompt,
  words,
} from '../support/reading-pages.ts';
import { sampleArticles } from '../support/sample-sources.ts';
import {
  accessFaults,
  launchBrowser,
  shoot,
  type WatchedContext,
  watchedContext,
} from '../support/watched-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe('the sample site, begun by `npm start`’s own script', () => {
  const sources = sampleArticles();
  const metered = sources.filter(({ access, language }) => access === 'metered' && language === 'en');
  const [first, second, third, fourth] = metered.map(({ path }) => path) as [string, string, string, string];
  const end = lastWords(metered[3]?.blocks ?? []);
  let gatefold: GatefoldProcess;
  let visitor: WatchedContext;
  let page: Page;

  beforeAll(async () => {
    gatefold = await startGatefold({ run: ['config/start.mjs'], settings: { LOG_LEVEL: 'warn' } });
    visitor = await watchedContext(browser, { locale: 'en-GB' });
    page = await visitor.newPage();
  });
  afterAll(async () => {
    await visitor?.context.close();
    await gatefold?.stop();
  });

  test('the front page leads to the magazines and costs nothing', async () => {
    expect(await open(page, `${gatefold.url}/`)).toBeUndefined();
    expect(await page.locator('main a[href^="/tidewater/"]').count()).toBeGreaterThan(3);
    await shoot(page, 'en-front');
    expect(await open(page, `${gatefold.url}/tidewater`)).toBeUndefined();
    await shoot(page, 'en-publication');
  });

  test.each([
    [1, first, 2, '2 of 3 free articles left'],
    [2, second, 1, '1 of 3 free articles left'],
    [3, third, 0, 'This is your last free article'],
  ])('article %i is there in full, and the reader is told what is left', async (_nth, path, left, notice) => {
    expect(await open(page, gatefold.url + path)).toBe(`full; reason=free-read; left=${left}; of=3`);
    const ended = lastWords(sources.find((source) => source.path === path)?.blocks ?? []);
    expect(await words(page)).toContain(ended);
    expect((await page.locator('gatefold-notice').allInnerTexts()).join()).toContain(notice);
    if (left === 2) await shoot(page, 'en-article-full');
  });

  test('the fourth is a preview that ends in the line, three cards and what is related', async () => {
    expect(await open(page, gatefold.url + fourth)).toMatch(
      /^preview; reason=meter-exhausted; left=0; of=3$/,
    );
    expect(await page.getByText(previewLine, { exact: true }).count()).toBe(1);
    expect(await words(page)).not.toContain(end);
    await expectCards(page);
    expect(await page.getByRole('heading', { name: 'Related', exact: true }).isVisible()).toBe(true);
    await shoot(page, 'en-preview');
  });

  test('rereading the first costs nothing', async () => {
    expect(await open(page, gatefold.url + first)).toMatch(/^full; .*left=0; of=3$/);
    expect(await page.getByText(previewLine, { exact: true }).count()).toBe(0);
  });

  test('the keyboard reaches the prompt’s link, and the link leads on', async () => {
    await open(page, gatefold.url + fourth);
    expect(await tabToPrompt(page)).toBe(true);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/-\/subscribe/);
    await shoot(page, 'en-subscribe');
  });

  test('the prompt is there without JavaScript too', async () => {
    const state = await visitor.context.storageState();
    const plain = await watchedContext(browser, { javaScriptEnabled: false, storageState: state });
    const still = await plain.newPage();
    expect(await open(still, gatefold.url + fourth)).toMatch(/^preview/);
    expect(await still.getByText(previewLine, { exact: true }).isVisible()).toBe(true);
    expect(await promptLink(still, 'Subscribe').isVisible()).toBe(true);
    expect(await still.getByRole('heading', { name: /^More from/ }).isVisible()).toBe(true);
    expect(plain.troubles()).toEqual([]);
    await plain.context.close();
  });

  test('signing in by mail and a grant open the fourth, on the very next reload', async () => {
    await open(page, gatefold.url + fourth);
    await promptLink(page, 'Sign in').click();
    await page.waitForURL(/\/-\/sign-in/);
    await shoot(page, 'en-sign-in');
    await signInByMail(page, visitor.context, {
      site: gatefold.url,
      email: 'ada@example.org',
      target: fourth,
    });
    await open(page, gatefold.url + fourth);
    await gatefold.command('grant', 'ada@example.org', 'all-access', '--until', '2099-01-01');
    expect((await page.reload())?.headers()['gatefold-access']).toMatch(/^full; reason=comp/);
    expect(await words(page)).toContain(end);
    expect(await page.locator('gatefold-notice').count()).toBe(0);
    await open(page, `${gatefold.url}/-/account`);
    expect(await accessFaults(page)).toEqual([]);
    await shoot(page, 'en-account');
  });

  test('another browser has nothing of that', async () => {
    const other = await watchedContext(browser);
    const elsewhere = await other.newPage();
    expect(await open(elsewhere, gatefold.url + fourth)).toBe('full; reason=free-read; left=2; of=3');
    await other.context.close();
  });

  test('a revocation is seen on the next reload, while the browser is still signed in', async () => {
    await gatefold.command('revoke', 'ada@example.org', 'all-access');
    expect(await open(page, gatefold.url + fourth)).not.toMatch(/reason=comp/);
  });

  test('nothing was asked of another machine, and no page complained', () => {
    expect(visitor.troubles()).toEqual([]);
  });
});

/** Exactly three of the same publication, each with exactly 250 characters of its article's own beginning. */
const expectCards = async (page: Page): Promise<void> => {
  const section = page.locator('section').filter({ has: page.getByRole('heading', { name: /^More from/ }) });
  const cards = section.locator('article');
  expect(await cards.count()).toBe(3);
  for (const card of await cards.all()) {
    const href = await card.getByRole('link').getAttribute('href');
    const source = sampleArticles().find(({ path }) => path === href);
    const excerpt = (await card.locator('p').last().textContent()) ?? '';
    expect([...new Intl.Segmenter().segment(excerpt)]).toHaveLength(250);
    const text = (source?.blocks ?? []).join(' ');
    expect(plainQuotes(text).startsWith(plainQuotes(excerpt.slice(0, 60)))).toBe(true);
  }
};
