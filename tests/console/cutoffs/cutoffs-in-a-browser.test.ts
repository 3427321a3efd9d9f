/** The cutoffs' page in a real browser: the picture follows the number, by keyboard and by hand, and nothing in it runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import {
  type ArticleOrigin,
  articlePage,
  sendHtml,
  startArticleOrigin,
} from '../../support/article-origin.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { projectRoot } from '../../support/gatefold-process.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';
import { accessFaults, launchBrowser, shoot, watchedContext } from '../../support/watched-browser.ts';

let [site, browser, editor] = [] as unknown as [RunningGateway, Browser, OperatorBrowser];
beforeAll(async () => {
  const policy = readFileSync(join(projectRoot, 'config/policy.yaml'), 'utf8');
  site = await startGateway({ contentDir: join(projectRoot, 'config/sample'), policy });
  editor = await operatorAt(site, 'editor');
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const signedIn = async (
  at: Pick<RunningGateway, 'consoleUrl'>,
  { secret }: OperatorBrowser,
  options?: BrowserContextOptions,
) => {
  const watched = await watchedContext(browser, options);
  await watched.context.addCookies([{ name: 'gf_operator', value: secret, url: at.consoleUrl }]);
  return watched;
};

const figures = async (page: Page): Promise<string> => (await page.locator('#cut-words').textContent()) ?? '';
const pictured = async (page: Page): Promise<string> => {
  const frame = page.frameLocator('#cut-frame');
  return (await frame.locator('.article-body').textContent()) ?? '';
};

test('the picture and its figures follow the number by keyboard alone, and Save keeps it in the draft', async () => {
  const { context, newPage, troubles } = await signedIn(site, editor);
  const page = await newPage();
  await page.goto(`${site.consoleUrl}/-/console/cutoffs?address=/tidewater/three-cuts`);
  expect(await figures(page)).toContain('Shows 2,000 of');
  expect(await accessFaults(page)).toEqual([]);
  const before = await pictured(page);

  await page.getByLabel('How much', { exact: true }).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('300');
  await until(async () => (await figures(page)).startsWith('Shows 300 of'), 'the figures');
  await until(async () => (await pictured(page)).length < before.length, 'the picture');
  const lastWords = (await page.locator('#cut-last bdi').textContent())?.replace(/^… /, '');
  expect(await pictured(page)).toContain(lastWords);

  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('cutoff-range');
  for (let press = 0; press < 5; press += 1) await page.keyboard.press('ArrowRight');
  await until(async () => (await figures(page)).startsWith('Shows 304 of'), 'the figures after the slider');

  const saved = page.getByRole('button', { name: 'Save in the draft' });
  await saved.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Saved in the draft' }).waitFor();
  expect(await page.locator('.cutoffs-row').first().textContent()).toContain('After 305 characters');
  // Going back leads to what was there before the number was moved, not through its pictures.
  await page.goBack();
  expect(page.url()).toMatch(/cutoffs\?address=/);
  expect(troubles()).toEqual([]);
  await context.close();
});

test('the cut is in sight, with the last of the preview above the prompt', async () => {
  const { context, newPage } = await signedIn(site, editor);
  const page = await newPage();
  await page.goto(`${site.consoleUrl}/-/console/cutoffs?address=/tidewater/three-cuts`);
  await page.locator('#cut-frame').scrollIntoViewIfNeeded();
  const prompt = page.frameLocator('#cut-frame').locator('gatefold-prompt');
  await prompt.waitFor();
  const inSight = async (): Promise<boolean> => {
    const [box, frame] = [await prompt.boundingBox(), await page.locator('#cut-frame').boundingBox()];
    return box !== null && frame !== null && box.y > frame.y && box.y < frame.y + frame.height;
  };
  // A picture that comes late moves what is below it, and the browser scrolls there once: then it is looked at anew.
  await until(async () => {
    for (let tries = 0; tries < 20; tries += 1) if (await inSight()) return true;
    await page.reload();
    await page.locator('#cut-frame').scrollIntoViewIfNeeded();
    await prompt.waitFor();
    return false;
  }, 'the prompt in sight');
  await page.getByLabel('a phone').check();
  expect((await page.locator('.seen-frame').boundingBox())?.width).toBeLessThanOrEqual(392);
  await context.close();
});

test('without script the button Show does the same', async () => {
  const { context, newPage } = await signedIn(site, editor, { javaScriptEnabled: false });
  const page = await newPage();
  await page.goto(`${site.consoleUrl}/-/console/cutoffs?address=/tidewater/three-cuts`);
  await page.getByLabel('How much', { exact: true }).fill('40');
  await page.getByLabel('A number of').selectOption('words');
  await page.getByLabel('a phone').check();
  await page.getByRole('button', { name: 'Show' }).click();
  expect(await figures(page)).toMatch(/, 40 of [\d,]+ words/);
  expect(await page.locator('.seen-frame').getAttribute('data-width')).toBe('phone');
  await page.locator('#cut-frame').scrollIntoViewIfNeeded();
  await page.frameLocator('#cut-frame').locator('gatefold-prompt').waitFor();
  await context.close();
});

test('scripts, forms and links of the framed page do nothing', async () => {
  const origin: ArticleOrigin = await startArticleOrigin();
  const other = await startGateway({ originUrl: origin.url });
  try {
    const body =
      '<p id="shown">Before.</p><a id="away" href="/tidewater/away">Away</a><p>And the rest of a text that goes on for long enough to be cut somewhere in the midst of it, since two hundred characters are soon over when somebody tells a story at length, and then goes on with it for one more sentence.</p>';
    const head =
      '<script>document.documentElement.dataset.ran = "yes"; parent.document.title = "taken"</script><meta http-equiv="refresh" content="0; url=/tidewater/refreshed">';
    origin.on('/tidewater/wild', sendHtml(articlePage('wild', { head, body })));
    const { context, newPage } = await signedIn(other, await operatorAt(other, 'viewer'));
    const page = await newPage();
    await page.goto(`${other.consoleUrl}/-/console/cutoffs?address=/tidewater/wild&width=phone`);
    await page.locator('#cut-frame').scrollIntoViewIfNeeded();
    const frame = page.frameLocator('#cut-frame');
    await frame.locator('gatefold-prompt').waitFor();
    await frame.locator('#away').click();
    await page.waitForTimeout(300);
    expect(await frame.locator('html').getAttribute('data-ran')).toBeNull();
    expect(await frame.locator('#shown').textContent()).toBe('Before.');
    expect(await page.title()).toBe('Cutoffs · Console of The Test Reader');
    expect(origin.count('/tidewater/away') + origin.count('/tidewater/refreshed')).toBe(0);
    expect(await page.getByRole('button', { name: 'Save in the draft' }).count()).toBe(0);
    await context.close();
  } finally {
    await other.stop();
    await origin.stop();
  }
});

test.each(['light', 'dark'] as const)(
  'nothing is scrolled sideways and nothing is hard to reach, in %s',
  async (colorScheme) => {
    const { context, newPage } = await signedIn(site, editor, { colorScheme });
    const page = await newPage();
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(`${site.consoleUrl}/-/console/cutoffs?rule=tidewater`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await accessFaults(page)).toEqual([]);
    }
    await page.locator('#cut-frame').scrollIntoViewIfNeeded();
    await page.frameLocator('#cut-frame').locator('gatefold-prompt').waitFor();
    await shoot(page, `cutoffs-${colorScheme}`);
    await context.close();
  },
);
