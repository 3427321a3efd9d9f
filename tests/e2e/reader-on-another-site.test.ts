/** The same reader on a site that isn't ours, served by a real nginx: the prompt stands in pages that never heard of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { makeForeignSite } from '../support/foreign-site/foreign-site.ts';
import { type GatefoldProcess, startGatefold } from '../support/gatefold-process.ts';
import { lastWords, open, previewLine, signInByMail, words } from '../support/reading-pages.ts';
import { freePort } from '../support/server-process.ts';
import { type StaticNginx, startStaticNginx } from '../support/static-nginx.ts';
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
    ends = new Map(site.articles.map(({ path, blocks }) => [path, lastWords(blocks)]));
    nginx = await startStaticNginx(site.files, await freePort());
    directory = mkdtempSync(join(tmpdir(), 'gatefold-policy-'));
    writeFileSync(join(directory, 'policy.yaml'), site.policy);
    gatefold = await startGatefold({
      port,
      settings: { ORIGIN_URL: nginx.url, POLICY_FILE: join(directory, 'policy.yaml'), LOG_LEVEL: 'error' },
    });
    visitor = await watchedContext(browser, { locale: 'en-GB' });
    page = await visitor.newPage();
  });
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
    expect(await page.locator('.entry-content').getByText(previewLine, { exact: true }).isVisible()).toBe(
      true,
    );
    await shoot(page, 'foreign-wordpress-preview');
    expect(await open(page, gatefold.url + first)).toMatch(/^full; .*left=0/);
  });

  test.each(['/posts/the-ninth-arch/', '/stories/brass-keys', '/special/tale/', '/special/scroll/'])(
    'the prompt stands at the cut of %s',
    async (path) => {
      expect(await open(page, gatefold.url + path)).toMatch(/^preview/);
      expect(await page.getByText(previewLine, { exact: true }).isVisible()).toBe(true);
      expect(await words(page)).not.toContain(ends.get(path));
      await shoot(page, `foreign${path.replaceAll('/', '-')}`);
      expect(await accessFaults(page)).toEqual([]);
    },
  );

  test('signing in and a grant open the fourth, and a revocation closes it', async () => {
    await page.goto(`${gatefold.url}/-/sign-in?return=${encodeURIComponent(fourth)}`);
    await signInByMail(page, visitor.context, {
      site: gatefold.url,
      email: 'grace@example.org',
      target: fourth,
    });
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
