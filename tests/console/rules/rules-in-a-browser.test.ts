/** The list of rules in a real browser: by drag, by keys alone, without script, with a thousand rules, and how it looks. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type ArticleOrigin, startArticleOrigin } from '../../support/article-origin.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';
import { accessFaults, launchBrowser, shoot, watchedContext } from '../../support/watched-browser.ts';
import { manyRules } from './many-rules.ts';

const policy = `
site: { name: The Tidewater Review, language: en, timeZone: Europe/London }
publications: [{ id: tidewater, name: Tidewater, paths: /tidewater/** }]
products: [{ id: all, name: Everything }, { id: food, name: Food and drink }]
meters:
  main: { window: month, visitor: 3, registered: 5 }
articles:
  paths: [/tidewater/*]
  body: .article-body
cutoff: { characters: 200 }
rules:
  - { name: sponsored, when: { tag: [sponsored, advertorial] }, access: open }
  - { name: food, when: { section: Food, olderThanDays: 30 }, access: locked, products: [food, all], cutoff: { words: 60 } }
  - { name: tides, when: { publication: tidewater }, access: metered, products: all }
  - { name: harbour, when: { path: /tidewater/harbour, publication: tidewater }, access: registered }
  - { name: languages, when: { language: [fr, de] }, access: own-or-metered, products: all }
otherwise: { access: own-or-metered, products: all }
preview: { moreFrom: false, related: false }
`;

let [origin, browser, site] = [] as unknown as [ArticleOrigin, Browser, RunningGateway];
let editor: OperatorBrowser;
beforeAll(async () => {
  origin = await startArticleOrigin();
  browser = await launchBrowser();
});
afterEach(async () => {
  await site.stop();
});
afterAll(async () => {
  await browser?.close();
  await origin?.stop();
});

const openRules = async (text: string, options: BrowserContextOptions = {}) => {
  site = await startGateway({ originUrl: origin.url, policy: text });
  editor = await operatorAt(site, 'editor');
  const watched = await watchedContext(browser, options);
  await watched.context.addCookies([{ name: 'gf_operator', value: editor.secret, url: site.consoleUrl }]);
  const page = await watched.newPage();
  await page.goto(`${site.consoleUrl}/-/console/rules`);
  return { ...watched, page };
};

const shown = (page: Page): Promise<readonly string[]> =>
  page
    .locator('.rules-list > li')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-rule') ?? ''));
const numbers = (page: Page): Promise<readonly string[]> =>
  page.locator('.rules-list .rules-number').allTextContents();

/** As the server has it. */
const saved = async (): Promise<readonly string[]> =>
  (await editor.api('GET', '/rules')).body.rules.map(({ name }: { name: string }) => name);

const untilSaved = (order: readonly string[]): Promise<void> =>
  until(async () => (await saved()).join() === order.join(), `the order ${order.join(', ')}`);

const start = ['sponsored', 'food', 'tides', 'harbour', 'languages'];

test('a rule dragged by its handle is saved where it was dropped, once, and the page follows', async () => {
  const { page, context, troubles } = await openRules(policy, { viewport: { width: 1280, height: 1800 } });
  const grip = await page.getByRole('button', { name: 'Move harbour' }).boundingBox();
  const target = await page.locator('#rule-sponsored').boundingBox();
  if (!grip || !target) throw new Error('The rows aren’t there.');
  await page.mouse.move(grip.x + 10, grip.y + 10);
  await page.mouse.down();
  await page.mouse.move(target.x + 60, target.y + target.height / 2, { steps: 4 });
  await page.mouse.move(target.x + 60, target.y + 3, { steps: 4 });
  expect(await page.locator('.rules-above').getAttribute('data-rule')).toBe('sponsored');
  await page.mouse.up();
  const order = ['harbour', 'sponsored', 'food', 'tides', 'languages'];
  await untilSaved(order);
  expect(await shown(page)).toEqual(order);
  expect(await numbers(page)).toEqual(['1', '2', '3', '4', '5']);
  await page.getByText('harbour is number 1 of 5. Saved in the draft.').waitFor();
  await page.getByRole('region', { name: 'Draft' }).getByText('1 change').waitFor();
  expect(await page.locator('.rules-shadow').count()).toBe(0);
  await page.getByText('Would match 0 views.').first().waitFor();
  expect(troubles()).toEqual([]);
  await context.close();
});

test('a finger drags too', async () => {
  const { page, context } = await openRules(policy, {
    hasTouch: true,
    viewport: { width: 390, height: 844 },
  });
  const grip = page.getByRole('button', { name: 'Move sponsored' });
  await page.locator('#rules-how').evaluate((above) => above.scrollIntoView());
  const [from, to] = [await grip.boundingBox(), await page.locator('#rule-food').boundingBox()];
  if (!from || !to) throw new Error('The rows aren’t there.');
  const touch = await context.newCDPSession(page);
  const at = (x: number, y: number) => [{ x, y }];
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints });
  const [x, y] = [from.x + from.width / 2, from.y + 15];
  await send('touchStart', at(x, y));
  for (const part of [0.3, 0.6, 1]) await send('touchMove', at(x, y + part * (to.y + to.height - 10 - y)));
  await send('touchEnd', []);
  await untilSaved(['food', 'sponsored', 'tides', 'harbour', 'languages']);
  await context.close();
});

test('by keys alone: taken up, moved, put down or left, with the focus kept and each step said', async () => {
  const { page, context, troubles } = await openRules(policy);
  const said = page.locator('#rules-said');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await page.getByRole('button', { name: 'Move languages' }).focus();
  await page.keyboard.press('Space');
  expect(await page.getByRole('button', { name: 'Move languages' }).getAttribute('aria-pressed')).toBe(
    'true',
  );
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  expect(await said.textContent()).toContain('languages: number 3 of 5');
  expect(await focused()).toBe('Move languages');
  expect(await saved()).toEqual(start);
  await page.keyboard.press('Escape');
  expect(await shown(page)).toEqual(start);
  expect(await focused()).toBe('Move languages');
  await page.keyboard.press('Space');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await untilSaved(['sponsored', 'languages', 'food', 'tides', 'harbour']);
  await said.getByText('languages is number 2 of 5. Saved in the draft.').waitFor();
  expect(await focused()).toBe('Move languages');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  expect(await shown(page)).toEqual(['sponsored', 'languages', 'food', 'tides', 'harbour']);
  await page.getByRole('button', { name: 'Down: languages' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  expect(await focused()).toBe('Down: languages');
  await untilSaved(['sponsored', 'food', 'tides', 'languages', 'harbour']);
  expect(await numbers(page)).toEqual(['1', '2', '3', '4', '5']);
  expect(troubles()).toEqual([]);
  await context.close();
});

test('who moves a rule in a list that somebody else has changed sees what happened and the list as it is', async () => {
  const { page, context } = await openRules(policy);
  const other = await operatorAt(site, 'editor');
  const { revision } = (await other.api('GET', '/rules')).body;
  await other.post('/-/console/rules/move', { revision: String(revision), from: '1', to: '5' });
  await page.getByRole('button', { name: 'Down: food' }).click();
  await page.getByText(`${other.email} changed the draft while this page was open`).waitFor();
  const order = ['food', 'tides', 'harbour', 'languages', 'sponsored'];
  expect(await shown(page)).toEqual(order);
  expect(await saved()).toEqual(order);
  await page.getByRole('button', { name: 'Down: food' }).click();
  await untilSaved(['tides', 'food', 'harbour', 'languages', 'sponsored']);
  await context.close();
});

test('without script: moved by its buttons and by numbers, added, tried and removed', async () => {
  const { page, context } = await openRules(policy, { javaScriptEnabled: false });
  await page.getByRole('button', { name: 'Up: tides' }).click();
  expect(await shown(page)).toEqual(['sponsored', 'tides', 'food', 'harbour', 'languages']);
  await page.getByLabel('Move number').fill('5');
  await page.getByLabel('to number').fill('1');
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  expect((await shown(page))[0]).toBe('languages');
  await page.getByRole('link', { name: 'Add a rule' }).click();
  await page.getByLabel('Name').fill('archive');
  await page.getByLabel('Sections', { exact: true }).fill('Letters, Obituaries');
  await page.getByLabel('Older than … days').fill('365');
  await page.getByLabel('Access').selectOption('open');
  await page.getByLabel('Number in the list').fill('2');
  await page.getByRole('button', { name: 'Save in the draft' }).click();
  await page.getByText('Articles in section Letters or Obituaries, older than 365 days').waitFor();
  expect((await shown(page))[1]).toBe('archive');
  await page.getByRole('link', { name: 'Count what each would match' }).click();
  await page.getByText('Would match 0 views.').first().waitFor();
  await page.getByLabel('Address of an article').fill('/tidewater/harbour');
  await page.getByRole('button', { name: 'Which rule?' }).click();
  expect(await page.locator('.rules-tried').allTextContents()).toEqual([
    expect.stringContaining('tides'),
    expect.stringContaining('tides'),
  ]);
  await page.getByRole('link', { name: 'archive' }).click();
  await page.getByText('Remove this rule').click();
  await page.getByRole('button', { name: 'Yes, remove' }).click();
  expect(await shown(page)).toEqual(['languages', 'sponsored', 'tides', 'food', 'harbour']);
  await context.close();
});

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('the pages are accessible, never scroll sideways, and look as they should in both schemes', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page, context, troubles } = await openRules(policy, { colorScheme });
    const reader = site.reader({ 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140' });
    for (const slug of ['a', 'b', 'c', 'harbour', 'd']) await reader.ask(`/tidewater/${slug}`);
    await site.gateway.insight.flush();
    const { revision } = (await editor.api('GET', '/rules')).body;
    const late = { ...faultyForm, revision: String(revision) };
    for (const [name, path] of [
      ['list', ''],
      ['try', '?address=/tidewater/harbour'],
      ['edit', '/edit?name=food'],
      ['new', '/new'],
      ['otherwise', '/otherwise'],
    ]) {
      await page.goto(`${site.consoleUrl}/-/console/rules${path}`);
      await look(page, `rules-${name}-${colorScheme}`);
    }
    await page.goto(`${site.consoleUrl}/-/console/rules/edit?name=food`);
    for (const [field, value] of Object.entries(late))
      await page.locator(`[name="${field}"]`).first().evaluate(typeIn, value);
    await page.getByRole('button', { name: 'Save in the draft' }).click();
    await page.locator('#path-fault').waitFor();
    await look(page, `rules-faults-${colorScheme}`);
    await editor.post('/-/console/rules/move', { revision: String(revision), up: 'harbour' });
    await page.goto(`${site.consoleUrl}/-/console/rules`);
    await page.getByText('Would match 4 views.').waitFor();
    await look(page, `rules-draft-${colorScheme}`);
    expect(troubles().filter((trouble) => !/status of 422/.test(trouble))).toEqual([]);
    await context.close();
    if (colorScheme === 'light') await site.stop();
  }
});

const faultyForm = {
  name: 'Food & Drink',
  path: '/fine/**\nno-slash',
  olderThanDays: '99',
  newerThanDays: '3',
};

const typeIn = (field: Element, value: string): void => {
  (field as HTMLInputElement).value = value;
};

const look = async (page: Page, name: string): Promise<void> => {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    expect([name, width, await overflow(page)]).toEqual([name, width, 0]);
    expect(await accessFaults(page)).toEqual([]);
  }
  await shoot(page, name);
};

test('a thousand rules are filtered as one types, and moved far by keys', async () => {
  const { page, context, troubles } = await openRules(manyRules(1000));
  await page.getByLabel('Show only rules with').fill('section 777');
  await page.getByText('1 of 1000 rules shown.').waitFor();
  await page.getByLabel('Show only rules with').fill('');
  await page.getByText('1 of 1000 rules shown.').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Move rule-899', exact: true }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect((await shown(page)).slice(0, 4)).toEqual(['rule-0', 'rule-1', 'rule-899', 'rule-2']);
  await page.keyboard.press('Space');
  await page.getByText('rule-899 is number 3 of 1000. Saved in the draft.').waitFor();
  expect((await saved()).slice(0, 4)).toEqual(['rule-0', 'rule-1', 'rule-899', 'rule-2']);
  expect(troubles()).toEqual([]);
  await context.close();
});
