/** Limits and plans in a real browser, by keyboard alone: a limit goes from 3 to 1, and how it looks. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type SellingSite, startSelling } from '../../selling/selling-site.ts';
import { type ArticleOrigin, startArticleOrigin } from '../../support/article-origin.ts';
import { operatorAt } from '../../support/console-browser.ts';
import { accessFaults, launchBrowser, shoot, watchedContext } from '../../support/watched-browser.ts';

const policy = `
site: { name: The Reading Room, language: en, timeZone: Europe/London }
publications: [{ id: tidewater, name: The Tidewater Review, paths: /tidewater/** }]
products: [{ id: all, name: Everything in The Reading Room }, { id: food, name: Food, description: Recipes and more }]
articles: { paths: [/tidewater/*], body: .article-body }
cutoff: { characters: 200 }
meters:
  main: { window: month, visitor: 3, registered: 5, networkAllowance: 200 }
  weekly: { window: 30 days, visitor: 40 }
plans:
  - { id: monthly, name: Everything by the month, products: all, price: price_monthly, interval: month, trialDays: 14 }
  - { id: week, name: A week of everything, products: [all, food], price: price_week, passDays: 7 }
  - { id: later, name: Not yet, products: food }
rules:
  - { name: recipes, when: { section: Food }, access: metered, meter: weekly, products: [food, all] }
otherwise: { access: metered, meter: main, products: all }
`;

let origin: ArticleOrigin;
let site: SellingSite;
let browser: Browser;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startSelling(origin, { policy });
  for (const count of [1, 1, 1, 2, 2, 3, 4, 4]) {
    const reader = site.reader({ 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140' });
    for (let article = 0; article < count; article += 1) await reader.ask(`/tidewater/article-${article}`);
  }
  const { cookie } = await site.account('reads@example.com');
  await site.ask('/tidewater/article-1', { headers: { ...cookie, 'User-Agent': 'Mozilla/5.0 Chrome/140' } });
  await site.gateway.insight.flush();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await origin?.stop();
});

const signedIn = async (role: 'editor' | 'viewer') => {
  const watched = await watchedContext(browser);
  const { secret } = await operatorAt(site, role);
  await watched.context.addCookies([{ name: 'gf_operator', value: secret, url: site.consoleUrl }]);
  return watched;
};

/** Nothing serious, and nothing to be scrolled sideways, at both widths and in both schemes. */
const lookAt = async (page: Page, name: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await shoot(page, `${name}-${colorScheme}`);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await accessFaults(page)).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
    }
  }
};

/** Goes on by Tab until that field or button has the focus. */
const tabTo = async (page: Page, id: string): Promise<void> => {
  for (let steps = 0; steps < 120; steps += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.id)) === id) return;
  }
  throw new Error(`${id} can't be reached by Tab`);
};

test('an editor changes the monthly limit from 3 to 1 by keyboard alone', async () => {
  const { context, newPage, troubles } = await signedIn('editor');
  const page = await newPage();
  await page.goto(`${site.consoleUrl}/-/console/limits`);
  await lookAt(page, 'limits');
  await tabTo(page, 'meter-main.visitor');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('one');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  // The page opens at the field that is wrong, with what was typed.
  await page.locator('[id="meter-main.visitor"]:focus').waitFor();
  expect(await page.inputValue('[id="meter-main.visitor"]')).toBe('one');
  await lookAt(page, 'limits-fault');
  await page.focus('[id="meter-main.visitor"]');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  await page.getByRole('status').waitFor();
  expect(await page.textContent('[role=status]')).toContain('Saved in the draft');
  expect(await page.inputValue('[id="meter-main.visitor"]')).toBe('1');
  expect(await page.textContent('[id="meter-main.visitor.force"]')).toBe('In force: 3');
  expect(await page.textContent('[aria-label=Draft]')).toContain('1 change');
  await lookAt(page, 'limits-draft');
  await page.getByText('Add one', { exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Rename', { exact: true }).first().click();
  await page.getByText('Remove', { exact: true }).first().click();
  await lookAt(page, 'limits-open');
  expect(troubles().filter((trouble) => !/status of 422/.test(trouble))).toEqual([]);
  await context.close();
});

test('plans and products look right, and a plan’s price is changed by keyboard alone', async () => {
  const { context, newPage, troubles } = await signedIn('editor');
  const page = await newPage();
  await page.goto(`${site.consoleUrl}/-/console/plans`);
  await lookAt(page, 'plans');
  await tabTo(page, 'plan-monthly.products.all');
  await page.keyboard.press('Space');
  await page.getByLabel('Save in the draft: plan monthly').press('Enter');
  await page.getByRole('alert').waitFor();
  await page.locator('[id="plan-monthly.products.all"]:focus').waitFor();
  expect(await page.textContent('[id="plan-monthly.products.fault"]')).toBe('Tick at least one.');
  await lookAt(page, 'plans-fault');
  await page.goto(`${site.consoleUrl}/-/console/plans`);
  await tabTo(page, 'plan-monthly.price');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('price_of_nobody');
  await page.keyboard.press('Enter');
  await page.getByRole('status').waitFor();
  expect(await page.textContent('[id="plan-monthly.price.force"]')).toBe('In force: price_monthly');
  await page.getByText('Add a plan', { exact: true }).focus();
  await page.keyboard.press('Enter');
  await lookAt(page, 'plans-draft');
  expect(troubles().filter((trouble) => !/status of 422/.test(trouble))).toEqual([]);
  await context.close();
});

test('a viewer’s pages are accessible too', async () => {
  const { context, newPage, troubles } = await signedIn('viewer');
  const page = await newPage();
  for (const name of ['limits', 'plans']) {
    await page.goto(`${site.consoleUrl}/-/console/${name}`);
    expect(await page.locator('main form').count()).toBe(0);
    await lookAt(page, `${name}-viewer`);
  }
  expect(troubles()).toEqual([]);
  await context.close();
});
