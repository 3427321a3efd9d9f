/** Insight and replay in a real browser: pictures that say what their tables say, by keyboard, in both schemes, with and without script. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { aView } from '../../insight/views.ts';
import { type ArticleOrigin, startArticleOrigin } from '../../support/article-origin.ts';
import { operatorAt } from '../../support/console-browser.ts';
import { dayMs, noon, type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { accessFaults, launchBrowser, shoot, watchedContext } from '../../support/watched-browser.ts';
import { counterOf, made } from './counted.ts';
import { draft, logViews, policyWith, someReaders } from './logged.ts';

let [origin, site, browser] = [] as unknown as [ArticleOrigin, RunningGateway, Browser];
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url });
  browser = await launchBrowser();
  await countSomeWeeks();
  await logViews(site, someReaders(site, 12, 'World'));
  await draft(site, policyWith(1));
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await origin?.stop();
});

const sections = ['World', 'Politics and what it costs', 'Sport', 'Culture'];

const countSomeWeeks = async (): Promise<void> => {
  const counter = counterOf(site);
  for (let day = 0; day < 28; day += 1)
    for (const [place, section] of sections.entries()) {
      const at = noon - day * dayMs;
      for (let n = 0; n < (4 - place) * (3 + (day % 7)); n += 1)
        counter.view(made({ at, section, ...(n % 3 === 0 ? {} : { read: { used: 1 + (n % 3), of: 3 } }) }));
      const sale = { at, section, rule: 'otherwise', article: `/tidewater/story-${place}` };
      for (let n = 0; n < 8 - place; n += 1) counter.reached('promptSeen', sale);
      for (let n = 0; n < 4 - place; n += 1) counter.reached('plansPage', sale);
      if (place < 2) counter.reached('checkoutBegun', { ...sale, plan: 'monthly' });
      if (day % 5 === place) counter.subscribed(`cs_${day}_${place}`, { ...sale, plan: 'monthly' });
    }
  await counter.close();
};

const signedIn = async (options: Parameters<typeof watchedContext>[1] = {}) => {
  const watched = await watchedContext(browser, options);
  const { secret } = await operatorAt(site, 'viewer');
  await watched.context.addCookies([{ name: 'gf_operator', value: secret, url: site.consoleUrl }]);
  return watched;
};

/** Of each picture: its name, and whether there are pixels of its first colour. */
const pictures = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-chart]')].map((figure) => {
      const canvas = figure.querySelector('canvas');
      const probe = document.createElement('canvas').getContext('2d');
      if (!canvas || !probe) return { name: figure.dataset.label, role: null, about: null, coloured: 0 };
      probe.fillStyle = getComputedStyle(figure).getPropertyValue('--chart-1').trim();
      probe.fillRect(0, 0, 1, 1);
      const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
      const drawn = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let coloured = 0;
      for (let at = 0; at < drawn.length; at += 4)
        if (drawn[at] === red && drawn[at + 1] === green && drawn[at + 2] === blue && drawn[at + 3] === 255)
          coloured += 1;
      const about = document.getElementById(canvas.getAttribute('aria-details') ?? '')?.tagName ?? null;
      return { name: canvas.getAttribute('aria-label'), role: canvas.getAttribute('role'), about, coloured };
    }),
  );

const noSidewaysScrolling = async (page: Page): Promise<void> => {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    // Pictures are drawn anew a little after the window has changed.
    await page.waitForFunction((most) => document.documentElement.scrollWidth <= most, width);
  }
};

for (const colorScheme of ['light', 'dark'] as const)
  test(`every picture is drawn and named, and leads to its table; nothing serious for axe (${colorScheme})`, async () => {
    const { context, newPage, troubles } = await signedIn({ colorScheme });
    const page = await newPage();
    await page.goto(`${site.consoleUrl}/-/console/insight`);
    await page.locator('canvas').nth(7).waitFor();
    const drawn = await pictures(page);
    expect(drawn).toHaveLength(9);
    for (const { name, role, about, coloured } of drawn) {
      expect([name, role, about]).toEqual([expect.stringMatching(/\w+.*table below/), 'img', 'TABLE']);
      expect(coloured).toBeGreaterThan(20);
    }
    expect(await accessFaults(page)).toEqual([]);
    await page.locator('summary').first().click();
    expect(await accessFaults(page)).toEqual([]);
    await page.locator('summary').first().click();
    await noSidewaysScrolling(page);
    await shoot(page, `insight-${colorScheme}`);
    expect(troubles()).toEqual([]);
    await context.close();
  });

test('a picture follows the window, and what stands under the pointer is what its table says', async () => {
  const { context, newPage } = await signedIn();
  const page = await newPage();
  await page.goto(`${site.consoleUrl}/-/console/insight`);
  const canvas = page.locator('[data-chart=lines] canvas').first();
  await canvas.waitFor();
  const before = await canvas.boundingBox();
  await page.setViewportSize({ width: 700, height: 800 });
  await page.waitForFunction(
    (wide) =>
      (document.querySelector('[data-chart=lines] canvas')?.getBoundingClientRect().width ?? 0) < wide,
    before?.width ?? 0,
  );
  const over = page.locator('[data-chart=lines] .u-over').first();
  await over.scrollIntoViewIfNeeded();
  const box = await over.boundingBox();
  if (!box) throw new Error('no picture');
  await page.mouse.move(box.x + box.width - 2, box.y + 20);
  const told = page.locator('[data-chart=lines] .insight-at').first();
  await page.waitForFunction(
    () => document.querySelector('[data-chart=lines] .insight-at')?.textContent !== '',
  );
  const last = page.locator('#days-table tbody tr').last();
  const [views, free, previews] = await Promise.all(
    [0, 1, 2].map((at) => last.locator('td').nth(at).textContent()),
  );
  expect(await told.textContent()).toBe(
    `2026-11-23: Article views ${views}, Free reads ${free}, Previews ${previews}`,
  );
  await context.close();
});

test('days and names are chosen by keyboard alone, and wide tables are reached by it', async () => {
  const { context, newPage } = await signedIn({ viewport: { width: 390, height: 844 } });
  const page = await newPage();
  await page.goto(`${site.consoleUrl}/-/console/insight`);
  await page.getByRole('link', { name: 'Last 7 days' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/days=7/);
  expect(await page.locator('#days-table tbody tr').count()).toBe(7);
  await page.getByLabel('Section', { exact: true }).focus();
  await page.keyboard.type('Sport');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/section=Sport/);
  expect(await page.locator('#section-table tbody tr').allTextContents()).toHaveLength(1);
  const wide = page.locator('section.insight-wide', { has: page.locator('#section-table') });
  await wide.focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(
    () => (document.querySelector('#section-table')?.parentElement?.scrollLeft ?? 0) > 0,
  );
  await context.close();
});

test('a viewer runs the replay by keyboard, hears how far it is, and reads the report', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { context, newPage, troubles } = await signedIn({ colorScheme });
    const page = await newPage();
    await page.goto(`${site.consoleUrl}/-/console/replay`);
    expect(await accessFaults(page)).toEqual([]);
    await shoot(page, `replay-begin-${colorScheme}`);
    await page.getByRole('button', { name: /^Run/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('With the draft 11 of 12 readers would be stopped, now 9.').waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await noSidewaysScrolling(page);
    await shoot(page, `replay-${colorScheme}`);
    expect(troubles()).toEqual([]);
    await context.close();
  }
});

test('without script the tables are there, and a replay is reached by its form', async () => {
  const { context, newPage } = await signedIn({ javaScriptEnabled: false });
  const page = await newPage();
  await page.goto(`${site.consoleUrl}/-/console/insight`);
  expect(await page.locator('[data-chart]:visible').count()).toBe(0);
  expect(await page.locator('#section-table:visible').count()).toBe(1);
  await page.goto(`${site.consoleUrl}/-/console/replay`);
  await page.getByRole('button', { name: /^Run/ }).click();
  await page.getByText('With the draft 11 of 12 readers would be stopped, now 9.').waitFor();
  await context.close();
});

test('a long replay shows how far it is and gives way to its report by itself, with script and without', async () => {
  await logViews(
    site,
    Array.from({ length: 50_000 }, (_, n) => ({
      ...aView({ at: noon - 50_000 + n, article: `/tidewater/long-${n % 90}`, reader: `r-${n % 9000}` }),
    })),
  );
  for (const javaScriptEnabled of [true, false]) {
    site.time.now += 60_000;
    const { context, newPage, troubles } = await signedIn({ javaScriptEnabled });
    const page = await newPage();
    await page.goto(`${site.consoleUrl}/-/console/replay`);
    await page.getByRole('button', { name: /^Run/ }).click();
    const bar = page.getByLabel('The log, by the draft and by what is in force');
    await bar.waitFor();
    if (javaScriptEnabled) {
      expect(await accessFaults(page)).toEqual([]);
      await page.waitForFunction(() => Number(document.querySelector('progress')?.value) > 1000);
      await shoot(page, 'replay-running');
    }
    await page.getByText(/of 9,012 readers would be stopped, now/).waitFor();
    expect(troubles()).toEqual([]);
    await context.close();
  }
});
