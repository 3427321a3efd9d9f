/** A new publisher in a real browser: the limit from 3 to 1, its effect seen before it is made, obeyed by a second process, and taken back. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { press, tabTo, typeInto } from '../support/by-keyboard.ts';
import { buildCommand } from '../support/command.ts';
import { type GatefoldProcess, projectRoot, startGatefold } from '../support/gatefold-process.ts';
import { accessOf, readerAt } from '../support/raw-client.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { until } from '../support/until.ts';
import { accessFaults, launchBrowser, shoot, watchedContext } from '../support/watched-browser.ts';

const browserLike = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140' };
const [first, second, third] = [
  '/tidewater/supper-at-four',
  '/tidewater/nine-metres-of-rope',
  '/tidewater/eleven-words-for-mud',
] as const;

let redis: RedisServer;
let here: GatefoldProcess;
let elsewhere: GatefoldProcess;
let browser: Browser;
/** The first test's sign-in: the printed link works once. */
let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>;
beforeAll(async () => {
  [redis, browser] = await Promise.all([startRedis(), launchBrowser(), buildCommand()]);
  const policy = readFileSync(join(projectRoot, 'config/policy.yaml'), 'utf8');
  expect(policy).toContain('visitor: 3');
  const settings = {
    REDIS_URL: redis.url,
    TOKEN_KEYS: `one:${randomBytes(32).toString('base64url')}`,
  };
  here = await startGatefold({ settings });
  elsewhere = await startGatefold({ settings: { ...settings, PUBLIC_URL: here.url } });
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([here?.stop(), elsewhere?.stop()]);
  await redis?.stop();
});

/** What somebody new gets for their second article, at the other process. */
const secondArticleElsewhere = async (): Promise<string> => {
  const reader = readerAt(elsewhere.url, browserLike);
  await reader.ask(first);
  return accessOf(await reader.ask(second)).reason;
};

const printedLink = (): string => {
  const link = /http\S+\/-\/console\/sign-in\/link\?link=\S+/.exec(here.printed())?.[0];
  if (!link) throw new Error(here.printed());
  return link;
};

/** Three readers with two articles each, and one who is stopped. */
const makeViews = async (): Promise<void> => {
  for (const count of [2, 2, 2, 4]) {
    const reader = readerAt(here.url, browserLike);
    for (const path of [first, second, third, '/tidewater/three-cuts'].slice(0, count))
      await reader.ask(path);
  }
};

const looksWell = async (page: Page, name: string): Promise<void> => {
  expect(await accessFaults(page)).toEqual([]);
  await shoot(page, `publisher-${name}`);
};

test('a new publisher changes the limit, sees the effect, publishes, is obeyed within a second, and takes it back', async () => {
  await makeViews();
  const { context, newPage, troubles } = await watchedContext(browser);
  const page = await newPage();
  const goTo = (place: string) =>
    page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: place, exact: true }).click();

  await page.goto(printedLink());
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await looksWell(page, 'overview');

  await goTo('Metered limits');
  await page.getByLabel('For visitors').first().fill('1');
  await page.getByRole('button', { name: 'Save in the draft: main' }).click();
  await page.getByText('Saved in the draft.').waitFor();
  await looksWell(page, 'limits');
  expect(await secondArticleElsewhere()).toBe('free-read');

  await goTo('See as a reader');
  await page.getByLabel('Article', { exact: true }).fill(second);
  await page.getByLabel('Articles read before, in this window').fill('1');
  await page.getByRole('button', { name: 'Show the page' }).click();
  await page.getByRole('heading', { name: /^As/ }).waitFor();
  const sides = page.locator('.see-side');
  expect(await sides.count()).toBe(2);
  expect(await sides.nth(0).textContent()).toContain('free-read');
  expect(await sides.nth(1).textContent()).toContain('meter-exhausted');
  const [published, drafted] = [0, 1].map((place) =>
    sides.nth(place).frameLocator('iframe').first().locator('gatefold-prompt'),
  );
  await drafted?.waitFor();
  expect(await published?.count()).toBe(0);
  await looksWell(page, 'see');

  await until(async () => {
    await page.goto(`${here.consoleUrl()}/-/console/replay`);
    return (await page.getByRole('button', { name: /^Run/ }).count()) > 0;
  }, 'views in the log');
  await page.getByRole('button', { name: /^Run/ }).click();
  await page.getByRole('heading', { name: 'Replaying' }).waitFor({ state: 'detached' });
  const replayed = await page.locator('main').textContent();
  // All four who read a second article would be stopped; as published only the one who read four was.
  expect(replayed).toMatch(/With the draft (4 of 4|5 of 5) readers would be stopped, now 1\./);
  await looksWell(page, 'replay');

  await goTo('Versions');
  await page
    .getByText('3 → 1')
    .or(page.getByText(/\b1\b.*\b3\b|\b3\b.*\b1\b/).first())
    .first()
    .waitFor();
  await looksWell(page, 'versions');
  await page.getByLabel('Note').fill('One is enough to get to know us');
  await page.getByRole('button', { name: /^Publish/ }).click();
  await page
    .getByText(/Published|published/)
    .first()
    .waitFor();
  await until(
    async () => (await secondArticleElsewhere()) === 'meter-exhausted',
    'the other process to obey',
  );
  expect(troubles()).toEqual([]);

  const stopped = readerAt(here.url, browserLike);
  await stopped.ask(first);
  await stopped.ask(second);
  const { text: ownPage } = await stopped.ask('/-/sign-in');
  const number = /visitor number: <code>([^<]+)</.exec(ownPage)?.[1] ?? '';
  await goTo('Explain');
  await page.getByLabel('Article', { exact: true }).fill(second);
  await page.getByLabel('One particular reader').check();
  await page
    .getByLabel(/number/i)
    .first()
    .fill(number ?? '');
  await page.getByRole('button', { name: 'Explain' }).click();
  await page.getByRole('heading', { name: /^For/ }).waitFor();
  const explained = await page.locator('main').textContent();
  expect(explained).toContain('meter-exhausted');
  expect(explained).toContain(first);
  await looksWell(page, 'explain');

  await goTo('Versions');
  await page
    .getByRole('button', { name: /Roll back|Go back/ })
    .first()
    .click();
  await until(async () => (await secondArticleElsewhere()) === 'free-read', 'the other process to obey');
  await looksWell(page, 'rolled-back');
  expect(troubles()).toEqual([]);
  signedIn = await context.storageState();
  await context.close();
});

test('the same by keyboard alone', async () => {
  const { context, newPage, troubles } = await watchedContext(browser, { storageState: signedIn });
  const page = await newPage();
  await page.goto(`${here.consoleUrl()}/-/console`);

  await press(page, 'link', 'Metered limits');
  await page.getByRole('heading', { name: 'Metered limits', level: 1 }).waitFor();
  await typeInto(page, 'textbox', 'For visitors', '1');
  await press(page, 'button', 'Save in the draft: main');
  await page.getByText('Saved in the draft.').waitFor();

  await press(page, 'link', 'See as a reader');
  await page.getByRole('heading', { name: 'See as a reader' }).waitFor();
  await typeInto(page, 'combobox', 'Article', second);
  await typeInto(page, 'textbox', 'Articles read before, in this window', '1');
  await press(page, 'button', 'Show the page');
  await page.getByRole('heading', { name: /^As a visitor/ }).waitFor();
  expect(await page.locator('.see-side').nth(1).textContent()).toContain('meter-exhausted');

  await press(page, 'link', 'Replay');
  await press(page, 'button', await buttonName(page, /^Run/));
  await page.getByRole('heading', { name: 'What it came to' }).waitFor();
  expect(await page.locator('main').textContent()).toContain('would be stopped');

  await press(page, 'link', 'Review and publish');
  await press(page, 'button', 'Publish the draft');
  await page.getByRole('status').filter({ hasText: 'Published' }).waitFor();
  await until(
    async () => (await secondArticleElsewhere()) === 'meter-exhausted',
    'the other process to obey',
  );

  await press(page, 'link', 'Explain');
  await page.getByRole('heading', { name: 'Explain', level: 1 }).waitFor();
  await typeInto(page, 'combobox', 'Article', second);
  await typeInto(page, 'textbox', 'Articles read before, in this window', '1');
  await press(page, 'button', 'Explain');
  await page.getByRole('heading', { name: /^For a visitor/ }).waitFor();
  expect(await page.locator('main').textContent()).toContain('meter-exhausted');

  await press(page, 'link', 'Versions');
  await page.getByRole('heading', { name: 'Versions', level: 1 }).waitFor();
  await tabTo(page, 'button', await buttonName(page, /Roll back|Go back/));
  await page.keyboard.press('Space');
  await until(async () => (await secondArticleElsewhere()) === 'free-read', 'the other process to obey');
  expect(troubles()).toEqual([]);
  await context.close();
});

const buttonName = async (page: Page, name: RegExp): Promise<string> => {
  const button = page.getByRole('button', { name }).first();
  await button.waitFor();
  return (await button.getAttribute('aria-label')) ?? (await button.textContent()) ?? '';
};
