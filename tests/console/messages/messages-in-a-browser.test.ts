/** The messages' page in a real browser: the picture follows what is typed, in any direction of writing, and nothing in it runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
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

const signedIn = async (options?: BrowserContextOptions) => {
  const watched = await watchedContext(browser, options);
  await watched.context.addCookies([{ name: 'gf_operator', value: editor.secret, url: site.consoleUrl }]);
  return watched;
};

test('the prompt in the picture follows the text as it is typed, and Save keeps it, by keyboard alone', async () => {
  const { context, newPage, troubles } = await signedIn();
  const page = await newPage();
  await page.goto(`${site.consoleUrl}/-/console/messages`);
  const line = page.frameLocator('#messages-frame').locator('gatefold-prompt p[slot=line]');
  expect(await line.textContent()).toBe('You’re reading a preview, subscribe to read more.');
  const own = page.getByLabel('Your own text of line', { exact: true });
  await own.focus();
  await page.keyboard.type('Here the fold is. <script>document.title="x"</script>');
  await until(
    async () => (await line.textContent())?.startsWith('Here the fold is. <script>') === true,
    'the picture',
  );
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Here the fold is.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Saved in the draft' }).waitFor();
  expect(page.url()).toMatch(/#line$/);
  expect(await line.textContent()).toBe('Here the fold is.');
  await page.getByRole('button', { name: 'Back to the built-in text of line' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/done=saved#line$/);
  await until(
    async () => (await line.textContent())?.startsWith('You’re reading') === true,
    'the built-in text',
  );
  expect(troubles()).toEqual([]);
  await context.close();
});

test('without script the picture is chosen by its button, and messages are saved the same', async () => {
  const { context, newPage } = await signedIn({ javaScriptEnabled: false });
  const page = await newPage();
  await page.goto(`${site.consoleUrl}/-/console/messages?group=notice`);
  await page.getByLabel('Shown', { exact: true }).selectOption({ label: 'The last one' });
  await page.getByRole('button', { name: 'Show' }).click();
  const frame = page.frameLocator('#messages-frame').locator('gatefold-notice');
  expect(await frame.textContent()).toContain('This is your last free article');
  await page.getByLabel('Your own text of notice.last', { exact: true }).fill('Last one, until {date}');
  await page.getByRole('button', { name: 'Save notice.last', exact: true }).click();
  expect(await page.getByRole('status').textContent()).toContain('Saved in the draft');
  await context.close();
});

test.each(['light', 'dark'] as const)(
  'accessible, and never scrolled sideways, in %s',
  async (colorScheme) => {
    const { context, newPage } = await signedIn({ colorScheme });
    const page = await newPage();
    for (const [name, query] of [
      ['prompt', 'locale=en'],
      ['ar-notice', 'locale=ar&group=notice'],
      ['account', 'locale=de&group=account'],
      ['search', 'q=spam'],
    ]) {
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 844 });
        await page.goto(`${site.consoleUrl}/-/console/messages?${query}`);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        expect(await accessFaults(page)).toEqual([]);
      }
      await shoot(page, `messages-${name}-${colorScheme}`);
    }
    await context.close();
  },
);

test('Arabic stands from right to left, in the texts, the fields and the picture', async () => {
  const { context, newPage } = await signedIn();
  const page = await newPage();
  await page.goto(`${site.consoleUrl}/-/console/messages?locale=ar`);
  const own = page.getByLabel('Your own text of line', { exact: true });
  await own.fill('اشترك');
  expect(await own.evaluate((field) => getComputedStyle(field).direction)).toBe('rtl');
  const builtIn = page.locator('[id="line-built-in"] bdi');
  expect(await builtIn.evaluate((text) => getComputedStyle(text).direction)).toBe('rtl');
  const line = page.frameLocator('#messages-frame').locator('gatefold-prompt');
  await until(async () => (await line.textContent())?.includes('اشترك') === true, 'the picture');
  expect(await line.getAttribute('dir')).toBe('rtl');
  await context.close();
});
