/** Seeing and explaining in a real browser: by keyboard alone, without script, nothing runs in a frame, and how it looks. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { policyVersions } from '../../../src/policy/versions/policy-versions.ts';
import {
  type ArticleOrigin,
  articlePage,
  sendHtml,
  startArticleOrigin,
} from '../../support/article-origin.ts';
import { operatorAt } from '../../support/console-browser.ts';
import { noon, type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';
import { accessFaults, launchBrowser, shoot, watchedContext } from '../../support/watched-browser.ts';

const policy = readFileSync('config/policy.yaml', 'utf8');
const article = '/tidewater/three-cuts';

let site: RunningGateway;
let browser: Browser;
beforeAll(async () => {
  site = await startGateway({ contentDir: 'config/sample', policy });
  await until(async () => (await site.ask(article)).status === 200, 'the sample');
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

/** No robot’s name: what robots fetch isn’t counted anyway. */
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';

const signedIn = async (options: Parameters<typeof watchedContext>[1] = {}, at: RunningGateway = site) => {
  const watched = await watchedContext(browser, { userAgent, ...options });
  const { secret } = await operatorAt(at, 'viewer');
  await watched.context.addCookies([{ name: 'gf_operator', value: secret, url: at.consoleUrl }]);
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
const tabTo = async (page: Page, selector: string): Promise<void> => {
  for (let count = 0; count < 80; count += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`the keyboard doesn’t reach ${selector}`);
};

const draft = async (text: string): Promise<void> => {
  const versions = policyVersions({ store: site.gateway.stores.versions, clock: () => site.time.now });
  const { draft, newest } = await versions.desk();
  await versions.saveDraft({
    text,
    revision: draft.revision,
    basedOn: newest?.number ?? 1,
    author: 'editor@desk.example',
  });
};

/** What a frame shows. */
const framed = (page: Page, id: string) => page.frameLocator(`#${id}`);

test('by keyboard alone: a visitor who has read 3 is seen on a desk and on a phone, then explained', async () => {
  const { context, newPage, troubles } = await signedIn();
  const page = await newPage();
  await page.goto(`${site.consoleUrl}/-/console/see`);
  await lookAt(page, 'see-empty');
  await page.setViewportSize({ width: 1280, height: 900 });
  await tabTo(page, '#address');
  await page.keyboard.type(article);
  await tabTo(page, '#reads');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/see\?address=/);
  expect(await page.getByText('Gatefold-Access: preview; reason=meter-exhausted; left=0; of=3').count()).toBe(
    1,
  );
  for (const id of ['published-desk', 'published-phone'])
    await framed(page, id).getByText('You’re reading a preview, subscribe to read more.').waitFor();
  // At its real width, drawn as wide as there is room for.
  expect(
    await framed(page, 'published-phone')
      .locator('html')
      .evaluate(() => window.innerWidth),
  ).toBe(390);
  expect(
    await framed(page, 'published-desk')
      .locator('html')
      .evaluate(() => window.innerWidth),
  ).toBe(1280);
  await lookAt(page, 'see');
  await page.setViewportSize({ width: 1280, height: 900 });
  // A page has many links: there is a way past them.
  await tabTo(page, '.see-past');
  await page.keyboard.press('Enter');
  await tabTo(page, 'a[href^="/-/console/explain"]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/explain\?address=.*reads=3/);
  expect(await page.locator('.explain-lines pre').textContent()).toMatch(
    /^Gatefold-Access: preview; reason=meter-exhausted; left=0; of=3\n/,
  );
  await lookAt(page, 'explain');
  expect(troubles()).toEqual([]);
  await context.close();
});

test('a draft stands beside what is published; on a phone, below it', async () => {
  await draft(policy.replace(/visitor: 3/, 'visitor: 1'));
  const { context, newPage, troubles } = await signedIn();
  const page = await newPage();
  await page.goto(`${site.consoleUrl}/-/console/see?address=${article}&as=visitor&reads=1`);
  const sides = page.locator('.see-side');
  expect(await sides.count()).toBe(2);
  const boxes = async () => [await sides.nth(0).boundingBox(), await sides.nth(1).boundingBox()];
  await page.setViewportSize({ width: 1280, height: 900 });
  const [left, right] = await boxes();
  expect([left?.y === right?.y, (right?.x ?? 0) > (left?.x ?? 0)]).toEqual([true, true]);
  await page.setViewportSize({ width: 390, height: 844 });
  const [above, below] = await boxes();
  expect([above?.x === below?.x, (below?.y ?? 0) > (above?.y ?? 0)]).toEqual([true, true]);
  await lookAt(page, 'see-draft');
  expect(troubles()).toEqual([]);
  await context.close();
});

test('somebody’s own state, a reference and a mistake are explained on pages without faults', async () => {
  const reader = site.reader();
  await reader.ask(article);
  const { id } = await site.account('ann@example.org', []);
  const { context, newPage, troubles } = await signedIn();
  const page = await newPage();
  const number = (reader.jar.get('gf_visitor') ?? '').split('.').slice(0, 2).join('.');
  await page.goto(`${site.consoleUrl}/-/console/explain?address=${article}&number=${number}`);
  expect(await page.getByRole('cell', { name: article }).count()).toBe(1);
  await lookAt(page, 'explain-counted');
  const served = await site.ask(article, { method: 'POST', headers: { 'Content-Length': '0' } });
  const code = /\b([2-9b-z]{4}-[2-9b-z]{4}-[2-9b-z]{4})\b/.exec(served.text)?.[1] ?? '';
  await page.goto(`${site.consoleUrl}/-/console/explain?code=${code}`);
  await lookAt(page, 'explain-reference');
  await page.goto(
    `${site.consoleUrl}/-/console/explain?address=https://elsewhere.example/&number=reader.${id}`,
  );
  // The browser moves the focus a little after the page is there.
  await page.locator('#address:focus').waitFor();
  await lookAt(page, 'explain-fault');
  expect(troubles().filter((trouble) => !/status of 422/.test(trouble))).toEqual([]);
  await context.close();
});

test('without script the form works, and every field is there for the reader that needs it', async () => {
  const { context, newPage } = await signedIn({ javaScriptEnabled: false });
  const page = await newPage();
  await page.goto(`${site.consoleUrl}/-/console/see`);
  await page.getByLabel('Article', { exact: true }).fill(article);
  await page.getByLabel('A subscriber', { exact: true }).check();
  expect(await page.locator('#reads').isVisible()).toBe(false);
  await page.getByLabel('What they hold').selectOption({ index: 0 });
  await page.getByRole('button', { name: 'Show the page' }).click();
  await page.waitForURL(/as=subscriber/);
  expect(await page.getByText('full; reason=subscription').count()).toBeGreaterThan(0);
  await context.close();
});

test('in a frame no script runs, no link leads away, and no mark tells that a prompt was seen', async () => {
  const origin: ArticleOrigin = await startArticleOrigin();
  const script = `<script>document.documentElement.dataset.ran = 'yes'; fetch('/ran')</script>
<img src="/nothing.png" onerror="document.documentElement.dataset.ran = 'yes'"><meta http-equiv="refresh" content="0; url=/elsewhere">`;
  origin.on(
    '/tidewater/active',
    sendHtml(
      articlePage('active', {
        body: `<p><a id="away" href="/away">Away</a> ${'word '.repeat(200)}</p>${script}`,
        head: script,
      }),
    ),
  );
  const own = await startGateway({ originUrl: origin.url });
  const { context, newPage } = await signedIn({}, own);
  try {
    const page = await newPage();
    await page.goto(`${own.consoleUrl}/-/console/see?address=/tidewater/active&as=visitor&reads=3`);
    for (const id of ['published-desk', 'published-phone']) {
      const frame = framed(page, id);
      await frame.locator('gatefold-prompt').evaluate((prompt) => prompt.scrollIntoView());
      expect(await frame.locator('html').getAttribute('data-ran')).toBeNull();
      await frame.locator('#away').evaluate((link) => (link as unknown as { click(): void }).click());
    }
    await page.waitForTimeout(500);
    for (const frame of page.frames().slice(1)) expect(frame.url()).toContain('/-/console/see/page');
    expect(origin.seen.filter(({ url }) => /^\/(ran|away|elsewhere)/.test(url))).toEqual([]);
    expect(context.pages()).toHaveLength(1);
    expect(await promptsSeen(own)).toBe(0);
    // The same prompt in a reader’s own browser does tell.
    const readers = await browser.newContext({ userAgent });
    const reading = await readers.newPage();
    for (const slug of ['a', 'b', 'c', 'd']) await reading.goto(`${own.url}/tidewater/${slug}`);
    await reading.locator('gatefold-prompt').scrollIntoViewIfNeeded();
    await until(async () => (await promptsSeen(own)) > 0, 'the mark');
    await readers.close();
  } finally {
    await context.close();
    await own.stop();
    await origin.stop();
  }
});

const promptsSeen = async ({ gateway }: RunningGateway): Promise<number> => {
  await gateway.insight.flush();
  const rows = await gateway.stores.insight.day('funnel', new Date(noon).toISOString().slice(0, 10));
  return rows.filter(({ row }) => /promptSeen/.test(row)).reduce((sum, { count }) => sum + count, 0);
};
