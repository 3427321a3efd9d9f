/** A new visitor in a real browser: three full articles, the fourth a preview, and everything that opens it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { makeForeignSite } from '../support/foreign-site/foreign-site.ts';
import { type GatefoldProcess, startGatefold } from '../support/gatefold-process.ts';
import { sampleArticles } from '../support/sample-sources.ts';
import { freePort } from '../support/server-process.ts';
import { type StaticNginx, startStaticNginx } from '../support/static-nginx.ts';
import {
  accessFaults,
  launchBrowser,
  shoot,
  type WatchedContext,
  watchedContext,
} from '../support/watched-browser.ts';

const line = 'You’re reading a preview, subscribe to read more.';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser?.close());

const lastWords = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(-70);

/** The words of the page, without those inside the prompt's own tree. */
const words = async (page: Page): Promise<string> =>
  (await page.locator('body').allInnerTexts()).join(' ').replace(/\s+/g, ' ');

const open = async (page: Page, url: string): Promise<string | undefined> =>
  (await page.goto(url))?.headers()['gatefold-access'];

/** Presses Tab until the prompt's link has the focus, as somebody without a mouse would. */
const tabToPrompt = async (page: Page): Promise<boolean> => {
  for (let count = 0; count < 60; count += 1) {
    await page.keyboard.press('Tab');
    const inPrompt = await page.evaluate(() => document.activeElement?.closest('gatefold-prompt') !== null);
    if (inPrompt) return true;
  }
  return false;
};

const promptLink = (page: Page, name: string): Locator =>
  page.locator('gatefold-prompt').getByRole('link', { name, exact: true });

describe('the sample site, begun by `npm start`’s own script', () => {
  const sources = sampleArticles();
  const metered = sources.filter(({ access, language }) => access === 'metered' && language === 'en');
  const [first, second, third, fourth] = metered.map(({ path }) => path) as [string, string, string, string];
  const end = lastWords(metered[3]?.blocks.at(-1) ?? '');
  let gatefold: GatefoldProcess;
  let visitor: WatchedContext;
  let page: Page;

  beforeAll(async () => {
    gatefold = await startGatefold({ run: ['config/start.mjs'], settings: { LOG_LEVEL: 'warn' } });
    visitor = await watchedContext(browser, { locale: 'en-GB' });
    page = await visitor.newPage();
  }, 90_000);
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
    const ended = lastWords(sources.find((source) => source.path === path)?.blocks.at(-1) ?? '');
    expect(plainQuotes(await words(page))).toContain(plainQuotes(ended));
    expect((await page.locator('gatefold-notice').allInnerTexts()).join()).toContain(notice);
    if (left === 2) await shoot(page, 'en-article-full');
  });

  test('the fourth is a preview that ends in the line, three cards and what is related', async () => {
    expect(await open(page, gatefold.url + fourth)).toMatch(
      /^preview; reason=meter-exhausted; left=0; of=3$/,
    );
    expect(await page.getByText(line, { exact: true }).count()).toBe(1);
    expect(plainQuotes(await words(page))).not.toContain(plainQuotes(end));
    await expectCards(page);
    expect(await page.getByRole('heading', { name: 'Related', exact: true }).isVisible()).toBe(true);
    await shoot(page, 'en-preview');
  });

  test('rereading the first costs nothing', async () => {
    expect(await open(page, gatefold.url + first)).toMatch(/^full; .*left=0; of=3$/);
    expect(await page.getByText(line, { exact: true }).count()).toBe(0);
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
    expect(await still.getByText(line, { exact: true }).isVisible()).toBe(true);
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
    await page.getByLabel(/email/i).fill('ada@example.org');
    await page.getByRole('button').click();
    await page.getByRole('textbox').waitFor();
    await shoot(page, 'en-code');
    const mail = await visitor.newPage();
    await mail.goto(`${gatefold.url}/-/outbox`);
    await mail.locator('article a[href*="/-/sign-in/link"]').first().click();
    await shoot(mail, 'en-link');
    await mail.getByRole('button').click();
    await mail.waitForURL(gatefold.url + fourth);
    await mail.close();

    await open(page, gatefold.url + fourth);
    await gatefold.command('grant', 'ada@example.org', 'all-access', '--until', '2099-01-01');
    expect((await page.reload())?.headers()['gatefold-access']).toMatch(/^full; reason=comp/);
    expect(plainQuotes(await words(page))).toContain(plainQuotes(end));
    expect(await page.locator('gatefold-notice').count()).toBe(0);
    await open(page, `${gatefold.url}/-/account`);
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

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    test('axe finds nothing serious on any page', async () => {
      const watched = await watchedContext(browser, { colorScheme, locale: 'en-GB' });
      const looked = await watched.newPage();
      const faults: string[] = [];
      for (const [name, path] of pagesToLookAt(sources)) {
        await looked.goto(gatefold.url + path);
        faults.push(...(await accessFaults(looked)));
        await shoot(looked, `${colorScheme}-${name}`);
      }
      expect(faults).toEqual([]);
      expect(watched.troubles()).toEqual([]);
      await watched.context.close();
    }, 60_000);
  });

  test.each([
    ['ar', 'rtl'],
    ['zh', 'ltr'],
    ['de', 'ltr'],
    ['fr', 'ltr'],
  ])('in %s, axe finds nothing serious, and the pages run %s', async (locale, direction) => {
    const watched = await watchedContext(browser, { locale });
    const looked = await watched.newPage();
    for (const path of [first, second, third]) await looked.goto(gatefold.url + path);
    const article = sources.find(({ language }) => language === locale)?.path ?? fourth;
    const faults: string[] = [];
    for (const [name, path] of [['preview', article], ...ownPages(article)] as const) {
      await looked.goto(gatefold.url + path);
      if (path !== article) expect(await looked.locator('html').getAttribute('dir')).toBe(direction);
      faults.push(...(await accessFaults(looked)));
      await shoot(looked, `${locale}-${name}`);
    }
    await looked.goto(`${gatefold.url}/-/sign-in`);
    await looked.locator('input[type=email]').fill(`${locale}@example.org`);
    await looked.getByRole('button').click();
    await looked.locator('input.code').waitFor();
    faults.push(...(await accessFaults(looked)));
    await shoot(looked, `${locale}-code`);
    expect(faults).toEqual([]);
    expect(watched.troubles()).toEqual([]);
    await watched.context.close();
  });

  const ownPages = (article: string): readonly (readonly [string, string])[] => [
    ['subscribe', `/-/subscribe?return=${encodeURIComponent(article)}`],
    ['sign-in', '/-/sign-in'],
    ['account', '/-/account'],
    ['own-not-found', '/-/nothing-here'],
    ['bad-address', '/%'],
  ];

  const pagesToLookAt = (articles: typeof sources): readonly (readonly [string, string])[] => {
    const locked = articles.find(({ access }) => access === 'locked')?.path ?? '/';
    const registered = articles.find(({ access }) => access === 'registered')?.path ?? '/';
    const arabic = articles.find(({ language }) => language === 'ar')?.path ?? '/';
    const chinese = articles.find(({ language }) => language === 'zh')?.path ?? '/';
    return [
      ['front', '/'],
      ['section', '/tidewater/section/food'],
      ['publication', '/lamplight'],
      ['full', first],
      ['ar-full', arabic],
      ['zh-full', chinese],
      ['preview', fourth],
      ['locked', locked],
      ['registered', registered],
      ['not-found', '/tidewater/nothing-here'],
      ...ownPages(fourth),
    ];
  };
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

const plainQuotes = (text: string): string => text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"');

describe('a site that isn’t ours, served by nginx', () => {
  let nginx: StaticNginx;
  let gatefold: GatefoldProcess;
  let directory: string;
  let visitor: WatchedContext;
  let page: Page;
  const [first, second, third, fourth] = [
    '/2026/05/low-water/',
    '/posts/weather-by-hand/',
    '/stories/quayside',
    '/2026/05/a-bell-for-fenwick/',
  ];
  let ends: ReadonlyMap<string, string>;

  beforeAll(async () => {
    const port = await freePort();
    const site = makeForeignSite(`http://127.0.0.1:${port}`);
    ends = new Map(site.articles.map(({ path, blocks }) => [path, lastWords(blocks.at(-1) ?? '')]));
    nginx = await startStaticNginx(site.files, await freePort());
    directory = mkdtempSync(join(tmpdir(), 'gatefold-policy-'));
    writeFileSync(join(directory, 'policy.yaml'), site.policy);
    gatefold = await startGatefold({
      port,
      settings: { ORIGIN_URL: nginx.url, POLICY_FILE: join(directory, 'policy.yaml'), LOG_LEVEL: 'error' },
    });
    visitor = await watchedContext(browser, { locale: 'en-GB' });
    page = await visitor.newPage();
  }, 90_000);
  afterAll(async () => {
    await visitor?.context.close();
    await Promise.all([gatefold?.stop(), nginx?.stop()]);
    rmSync(directory, { recursive: true, force: true });
  });

  test('three articles are there in full, the fourth is a preview with the line in the page’s own flow', async () => {
    for (const path of [first, second, third]) {
      expect(await open(page, gatefold.url + path)).toMatch(/^full; reason=free-read/);
      expect(await words(page)).toContain(ends.get(path));
    }
    await shoot(page, 'foreign-next-full');
    expect(await open(page, gatefold.url + fourth)).toMatch(/^preview; reason=meter-exhausted/);
    expect(await words(page)).not.toContain(ends.get(fourth));
    expect(await page.locator('.entry-content').getByText(line, { exact: true }).isVisible()).toBe(true);
    await shoot(page, 'foreign-wordpress-preview');
    expect(await open(page, gatefold.url + first)).toMatch(/^full; .*left=0/);
  });

  test.each(['/posts/the-ninth-arch/', '/stories/brass-keys', '/special/tale/', '/special/scroll/'])(
    'the prompt stands at the cut of %s',
    async (path) => {
      expect(await open(page, gatefold.url + path)).toMatch(/^preview/);
      expect(await page.getByText(line, { exact: true }).isVisible()).toBe(true);
      expect(await words(page)).not.toContain(ends.get(path));
      await shoot(page, `foreign${path.replaceAll('/', '-')}`);
      expect(await accessFaults(page)).toEqual([]);
    },
  );

  test('signing in and a grant open the fourth, and a revocation closes it', async () => {
    await page.goto(`${gatefold.url}/-/sign-in?return=${encodeURIComponent(fourth)}`);
    await page.getByLabel(/email/i).fill('grace@example.org');
    await page.getByRole('button').click();
    const mail = await visitor.newPage();
    await mail.goto(`${gatefold.url}/-/outbox`);
    await mail.locator('article a[href*="/-/sign-in/link"]').first().click();
    await mail.getByRole('button').click();
    await mail.waitForURL(gatefold.url + fourth);
    await mail.close();
    await gatefold.command('grant', 'grace@example.org', 'all-access', '--until', '2099-01-01');
    expect(await open(page, gatefold.url + fourth)).toMatch(/^full; reason=comp/);
    expect(await words(page)).toContain(ends.get(fourth));
    await gatefold.command('revoke', 'grace@example.org', 'all-access');
    expect(await open(page, `${gatefold.url}/2026/05/reserved/`)).toMatch(/^preview; reason=locked/);
  });

  test('nothing was asked of another machine, and no page complained', () => {
    expect(visitor.troubles()).toEqual([]);
  });

  test('with the origin gone, what was never seen says so in plain words', async () => {
    await nginx.stop();
    expect((await page.goto(`${gatefold.url}/never-seen`))?.status()).toBe(502);
    expect(await accessFaults(page)).toEqual([]);
    await shoot(page, 'foreign-502');
  });
});
