/** What an article that means harm can do in the frames of the console, in a real Chromium: nothing runs, leads away or is counted. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  type ArticleOrigin,
  articlePage,
  bodyHtml,
  sendHtml,
  startArticleOrigin,
} from '../../support/article-origin.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { launchBrowser } from '../../support/watched-browser.ts';

const head = `<meta http-equiv="refresh" content="1; url=/tidewater/refreshed">
<link rel="prefetch" href="/tidewater/ahead"><link href="/tidewater/ahead" rel=prerender>
<link rel=stylesheet href="/prefetch.css"><base target="_self">
<script>document.title = 'ran'; fetch('/-/console/api/v1/overview', { credentials: 'include' })</script>`;
const body = bodyHtml('harmful').replace(
  '<p>',
  `<p><a id="self" class="x" target="_self" href="/tidewater/next">a</a>
<a id="top" target=_top href="/tidewater/next">b</a> <a id="blank" href="/tidewater/next">c</a>
<code>target = "_self"</code>
<form action="/-/console/sign-out/everywhere" method="post" target="_top"><button id="form">d</button></form>
<iframe src="/-/console/team"></iframe><object data="/tidewater/next"></object>`,
);

let origin: ArticleOrigin;
let site: RunningGateway;
let browser: Browser;
let context: BrowserContext;
let owner: OperatorBrowser;
beforeAll(async () => {
  origin = await startArticleOrigin();
  origin.on('/tidewater/harmful', sendHtml(articlePage('harmful', { head, body })));
  site = await startGateway({ originUrl: origin.url });
  owner = await operatorAt(site, 'owner');
  browser = await launchBrowser();
  context = await browser.newContext();
  await context.addCookies([
    { name: 'gf_operator', value: owner.secret, url: site.consoleUrl, httpOnly: true, sameSite: 'Strict' },
  ]);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await origin?.stop();
});

const counted = async () => ({
  decisions: (await site.gateway.metrics.text()).match(/^gatefold_decisions.*$/gm),
  logged: await site.gateway.stores.decisionLog.size(),
});

/** The look itself, and what a browser asks for by itself. */
const ownWork = ['/tidewater/harmful', '/favicon.ico'];

/** By keys, so that nothing hangs on where it is drawn. */
const press = async (page: Page, at: { focus(): Promise<void> }): Promise<void> => {
  await at.focus();
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
};

test.each([
  ['in the console’s frame', '/-/console/see?address=/tidewater/harmful&as=visitor'],
  ['alone, at the top of a window', '/-/console/see/page?address=/tidewater/harmful&as=visitor'],
])('%s: no link, form, script or loading ahead does anything, and nothing is counted', async (_, path) => {
  const before = await counted();
  origin.seen.length = 0;
  const page = await context.newPage();
  await page.goto(`${site.consoleUrl}${path}`);
  const isPicture = (url: string): boolean => url.includes('/-/console/see/page');
  const picture = page.frames().find((frame) => isPicture(frame.url()));
  for (const id of ['self', 'top', 'blank', 'form']) await press(page, picture!.locator(`#${id}`));
  // Longer than the page's own refresh waits.
  await page.waitForTimeout(1000);
  expect(page.url()).toBe(`${site.consoleUrl}${path}`);
  expect(await picture!.title()).toBe('Story harmful');
  expect(isPicture(picture!.url())).toBe(true);
  expect(await picture!.locator('code').textContent()).toBe('target = "_self"');
  expect(context.pages()).toHaveLength(1);
  const asked = origin.seen.map(({ url }) => url).filter((url) => !ownWork.includes(url));
  expect([...new Set(asked)]).toEqual(['/prefetch.css']);
  for (const { headers } of origin.seen) expect(headers.cookie).toBeUndefined();
  expect(await counted()).toEqual(before);
  expect((await owner.get('/-/console')).status).toBe(200);
  await page.close();
});
