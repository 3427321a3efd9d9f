/** Every kind of page of the sample site in a real browser: light and dark, in five languages, by axe and, when asked, in pictures. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type GatefoldProcess, startGatefold } from '../support/gatefold-process.ts';
import { sampleArticles } from '../support/sample-sources.ts';
import { accessFaults, launchBrowser, shoot, watchedContext } from '../support/watched-browser.ts';

let browser: Browser;
let gatefold: GatefoldProcess;
beforeAll(async () => {
  browser = await launchBrowser();
  gatefold = await startGatefold({ settings: { LOG_LEVEL: 'warn' } });
});
afterAll(async () => {
  await browser?.close();
  await gatefold?.stop();
});

type NamedPage = readonly [name: string, path: string];

const sources = sampleArticles();
const metered = sources.filter(({ access, language }) => access === 'metered' && language === 'en');
const [first, second, third, fourth] = metered.map(({ path }) => path) as [string, string, string, string];

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test('axe finds nothing serious on any page', async () => {
    const watched = await watchedContext(browser, { colorScheme, locale: 'en-GB' });
    const looked = await watched.newPage();
    const faults: string[] = [];
    for (const [name, path] of pagesToLookAt()) {
      await looked.goto(gatefold.url + path);
      faults.push(...(await accessFaults(looked)));
      await shoot(looked, `${colorScheme}-${name}`);
    }
    expect(faults).toEqual([]);
    expect(watched.troubles()).toEqual([]);
    await watched.context.close();
  });
});

test.each([
  ['ar', 'rtl'],
  ['zh', 'ltr'],
  ['de', 'ltr'],
  ['fr', 'ltr'],
])('in %s, axe finds nothing serious, and the pages run %s', async (locale, direction) => {
  const watched = await watchedContext(browser, { locale });
  const looked = await watched.newPage();
  for (const path of [first, second, third]) await looked.goto(gatefold.url + path);
  const article = sources.find(({ language }) => language === locale)?.path ?? fourth;
  const faults: string[] = [];
  for (const [name, path] of [['preview', article], ...ownPages(article)] as const) {
    await looked.goto(gatefold.url + path);
    if (path !== article) expect(await looked.locator('html').getAttribute('dir')).toBe(direction);
    faults.push(...(await accessFaults(looked)));
    await shoot(looked, `${locale}-${name}`);
  }
  await looked.goto(`${gatefold.url}/-/sign-in`);
  await looked.locator('input[type=email]').fill(`${locale}@example.org`);
  await looked.getByRole('button').click();
  await looked.locator('input.code').waitFor();
  faults.push(...(await accessFaults(looked)));
  await shoot(looked, `${locale}-code`);
  expect(faults).toEqual([]);
  expect(watched.troubles()).toEqual([]);
  await watched.context.close();
});

const ownPages = (article: string): readonly NamedPage[] => [
  ['subscribe', `/-/subscribe?return=${encodeURIComponent(article)}`],
  ['sign-in', '/-/sign-in'],
  ['account', '/-/account'],
  ['own-not-found', '/-/nothing-here'],
  ['bad-address', '/%'],
];

const pagesToLookAt = (): readonly NamedPage[] => {
  const locked = sources.find(({ access }) => access === 'locked')?.path ?? '/';
  const registered = sources.find(({ access }) => access === 'registered')?.path ?? '/';
  const arabic = sources.find(({ language }) => language === 'ar')?.path ?? '/';
  const chinese = sources.find(({ language }) => language === 'zh')?.path ?? '/';
  return [
    ['front', '/'],
    ['section', '/tidewater/section/food'],
    ['publication', '/lamplight'],
    ['full', first],
    ['ar-full', arabic],
    ['zh-full', chinese],
    ['preview', fourth],
    ['locked', locked],
    ['registered', registered],
    ['not-found', '/tidewater/nothing-here'],
    ...ownPages(fourth),
  ];
};
