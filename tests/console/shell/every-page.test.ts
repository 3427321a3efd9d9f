/** Every page of the console over the sample site: accessible, without sideways scrolling, at both widths and in both schemes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { consolePlaces } from '../../../src/console/shell/console-places.ts';
import { operatorAt } from '../../support/console-browser.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { accessFaults, launchBrowser, shoot, watchedContext } from '../../support/watched-browser.ts';

const root = join(import.meta.dirname, '../../..');

let site: RunningGateway;
let browser: Browser;
beforeAll(async () => {
  site = await startGateway({
    contentDir: join(root, 'config/sample'),
    policy: readFileSync(join(root, 'config/policy.yaml'), 'utf8'),
  });
  const reader = site.reader({ 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64)' });
  for (const path of articlePaths(await site.ask('/'))) await reader.ask(path);
  await site.gateway.insight.flush();
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const articlePaths = ({ text }: { readonly text: string }): readonly string[] =>
  [...new Set([...text.matchAll(/href="(\/[a-z-]+\/[a-z0-9-]+)"/g)].map(([, path = '']) => path))].slice(
    0,
    12,
  );

const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Links that would look for a page of the site's at the console's own origin, where there is none. */
const strays = async (page: Page): Promise<readonly string[]> => {
  const links = await page
    .locator('a[href]')
    .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
  const own = links.map((href) => new URL(href)).filter(({ origin }) => origin === site.consoleUrl);
  return own.map(({ pathname }) => pathname).filter((path) => !/^\/-\/(console(\/|$)|outbox$)/.test(path));
};

test.each(consolePlaces.map(({ path, name }) => [name, path] as const))(
  '%s',
  async (name, path) => {
    const owner = await operatorAt(site, 'owner');
    for (const [width, colorScheme] of [
      [390, 'dark'],
      [1280, 'light'],
    ] as const) {
      const { context, newPage, troubles } = await watchedContext(browser, { colorScheme });
      await context.addCookies([{ name: 'gf_operator', value: owner.secret, url: site.consoleUrl }]);
      const page = await newPage();
      await page.setViewportSize({ width, height: 844 });
      const answer = await page.goto(`${site.consoleUrl}${path}`);
      expect(answer?.status()).toBe(200);
      expect({ at: width, beyond: await overflow(page) }).toEqual({ at: width, beyond: 0 });
      // Each width and each scheme once: axe looks at contrast in one, and at what the other hides.
      expect(await accessFaults(page)).toEqual([]);
      expect(await page.locator('h1').count()).toBe(1);
      expect(await strays(page)).toEqual([]);
      await shoot(page, `console-${name.toLowerCase().replaceAll(' ', '-')}-${colorScheme}`);
      expect(troubles()).toEqual([]);
      await context.close();
    }
  },
  600_000,
);
