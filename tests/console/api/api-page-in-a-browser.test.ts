/** The management API's page in a real browser: narrow and wide, light and dark, by keyboard, without script. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { operatorAt } from '../../support/console-browser.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { accessFaults, launchBrowser, shoot, watchedContext } from '../../support/watched-browser.ts';

let here: RunningGateway;
let browser: Browser;
beforeAll(async () => {
  here = await startGateway({ ticking: true });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await here?.stop();
});

test.each(['light', 'dark'] as const)(
  'in %s it is accessible, and nothing runs over the edge of a phone',
  async (colorScheme) => {
    const { secret } = await operatorAt({ ...here, time: { now: Date.now() } }, 'viewer');
    const { context, newPage, troubles } = await watchedContext(browser, {
      colorScheme,
      javaScriptEnabled: true,
    });
    await context.addCookies([{ name: 'gf_operator', value: secret, url: here.consoleUrl }]);
    const page = await newPage();
    await page.goto(`${here.consoleUrl}/-/console/api`);
    await shoot(page, `api-${colorScheme}-closed`);
    const first = page.getByLabel('What it takes and answers: overview');
    await first.focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#call-overview ~ details[open]').count()).toBe(1);
    await page.evaluate(() => {
      for (const part of document.querySelectorAll('details')) part.open = true;
    });
    expect(await accessFaults(page)).toEqual([]);
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect([width, over]).toEqual([width, 0]);
    }
    await shoot(page, `api-${colorScheme}`);
    expect(troubles()).toEqual([]);
    await context.close();
  },
);
