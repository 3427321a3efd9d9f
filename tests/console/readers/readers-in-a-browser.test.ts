/** The readers' pages in a real browser: by keyboard alone, without faults for a screen reader, and how they look. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { EntitlementId } from '../../../src/entitlements/entitlement.ts';
import type { ReaderId } from '../../../src/readers/reader.ts';
import { readerIn, type SellingSite, startSelling } from '../../selling/selling-site.ts';
import { type ArticleOrigin, startArticleOrigin } from '../../support/article-origin.ts';
import { operatorAt } from '../../support/console-browser.ts';
import { comp, dayMs, noon } from '../../support/start-gateway.ts';
import { accessFaults, launchBrowser, shoot, watchedContext } from '../../support/watched-browser.ts';

let [origin, site, browser] = [] as unknown as [ArticleOrigin, SellingSite, Browser];
let ann: ReaderId;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startSelling(origin);
  const who = await site.visitor();
  await site.buy(who, 'monthly', { email: 'ann@example.com' });
  await site.signIn(who, 'ann@example.com');
  ann = readerIn(who)?.sub as ReaderId;
  await site.signIn(
    site.reader({ 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' }),
    'ann@example.com',
  );
  await site.account('bert.of.a.rather-long-name.indeed@correspondence.example.org', [
    comp('all', noon - dayMs, noon + 20 * dayMs),
    { ...comp('other', noon - dayMs, noon + dayMs), source: 'subscription', paymentDue: true },
  ]);
  for (let each = 10; each < 66; each += 1) await site.account(`reader-${each}@example.com`);
  const cara = site.reader();
  await site.signIn(cara, 'cara@example.com');
  for (const slug of ['one', 'two', 'three']) await cara.ask(`/tidewater/${slug}`);
  const { entitlements } = site.gateway.stores;
  const [held] = await entitlements.of(ann);
  await entitlements.remove(ann, held?.id as EntitlementId);
  await site.gateway.selling?.reconcile();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await origin?.stop();
});

const signedIn = async (context: BrowserContext, role: 'editor' | 'viewer'): Promise<Page> => {
  const { secret } = await operatorAt(site, role);
  await context.addCookies([{ name: 'gf_operator', value: secret, url: site.consoleUrl }]);
  return context.newPage();
};
const hasFocus = (page: Page): Promise<string> =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
  );
/** Goes on with Tab until what is wanted has the focus. */
const tabTo = async (page: Page, wanted: string): Promise<void> => {
  for (let each = 0; each < 150; each += 1) {
    if ((await hasFocus(page)).trim() === wanted) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`“${wanted}” can’t be reached by keyboard.`);
};
const fits = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

test('by keyboard alone: found, given a comp, taken back, signed out', async () => {
  const { context, troubles } = await watchedContext(browser);
  const page = await signedIn(context, 'editor');
  await page.goto(`${site.consoleUrl}/-/console/readers`);
  await page.getByLabel('Find').focus();
  await page.keyboard.type('car');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Readers beginning with “car”' }).waitFor();
  await tabTo(page, 'cara@example.com');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'cara@example.com' }).waitFor();
  expect(page.url()).not.toContain('cara');
  await page.getByLabel('Last day').focus();
  await page.keyboard.type('01312027');
  await tabTo(page, 'Give the comp');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('The comp is given').waitFor();
  await tabTo(page, 'Take back Everything');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Yes, take back Everything');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('Taken back').waitFor();
  await page
    .getByRole('button', { name: /^Sign out / })
    .first()
    .focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('Signed out').waitFor();
  await page.getByText('Not signed in anywhere.').waitFor();
  expect(troubles()).toEqual([]);
  await context.close();
});

test.each(['light', 'dark'] as const)('every page is accessible and fits, %s', async (colorScheme) => {
  const { context, troubles } = await watchedContext(browser, { colorScheme });
  const page = await signedIn(context, 'editor');
  const look = async (name: string): Promise<void> => {
    expect(await accessFaults(page)).toEqual([]);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      expect([name, width, await fits(page)]).toEqual([name, width, true]);
    }
    await shoot(page, `readers-${name}-${colorScheme}`);
  };
  await page.goto(`${site.consoleUrl}/-/console/readers`);
  await look('list');
  await page.goto(`${site.consoleUrl}/-/console/readers?only=owed`);
  await look('owed');
  await page.goto(`${site.consoleUrl}/-/console/readers/${ann}`);
  await look('reader');
  await page.getByRole('button', { name: 'Read from Stripe again' }).click();
  await page.getByText('It told nothing new').waitFor();
  await look('resynced');
  await page.goto(`${site.consoleUrl}/-/console/readers/drift`);
  await look('drift');
  await page.goto(`${site.consoleUrl}/-/console/readers`);
  await page.getByLabel('Find').fill('nobody');
  await page.keyboard.press('Enter');
  await page.getByText('Nobody’s address begins with').waitFor();
  await look('nobody');
  await page.goto(`${site.consoleUrl}/-/console/readers`);
  await page.getByText('Give a comp to an address').click();
  await page.getByLabel('Email address').fill('dora@example.com');
  await page.getByLabel('Last day').fill('2026-11-24');
  await page.locator('#comp-until').evaluate((field: HTMLInputElement) => {
    field.removeAttribute('min');
    field.value = '2020-01-01';
  });
  await page.getByRole('button', { name: 'Give the comp' }).click();
  await page.getByRole('alert').waitFor();
  await look('fault');
  expect(troubles().filter((trouble) => !/status of 422/.test(trouble))).toEqual([]);
  await context.close();
});
