/** The sample site in a browser: on a phone and at a desk, in light and dark, nothing overflows and nobody is shut out. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/watched-browser.ts';
import { ask, open, SAMPLE, SITE_URL } from './support.ts';

const folder = open(SAMPLE);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser: Browser;

beforeAll(async () => {
  await folder.ready();
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const articleIn = (language: string): string =>
  folder.contentCatalogue().find((entry) => entry.language.startsWith(language))?.path ?? '/missing';

const visit = async (page: Page, address: string): Promise<string[]> => {
  const elsewhere: string[] = [];
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== SITE_URL) elsewhere.push(url.href);
    const { status, headers, bytes } = await ask(folder, url.pathname + url.search);
    await route.fulfill({ status, headers: Object.fromEntries(headers), body: bytes });
  });
  await page.goto(SITE_URL + address);
  return elsewhere;
};

// Axe looks at contrast in one scheme, and at what a width hides in the other: each once.
test.each([
  [390, 'dark'],
  [1280, 'light'],
] as const)('at %i pixels, %s', async (width, colorScheme) => {
  const addresses = [
    '/',
    '/tidewater',
    '/lamplight',
    '/tag/sea',
    '/absent',
    ...['en', 'zh', 'ar'].map(articleIn),
  ];
  for (const address of addresses) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    expect([address, await visit(page, address)]).toEqual([address, []]);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect([address, overflow]).toEqual([address, 0]);
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>('axe.run({ resultTypes: ["violations"] })');
    expect([address, violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)]).toEqual([address, []]);
    await page.close();
  }
});

test('the first thing that the keyboard reaches leads to the text', async () => {
  const page = await browser.newPage();
  await visit(page, articleIn('en'));
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe('#page-main');
  expect(await page.evaluate('document.activeElement.getBoundingClientRect().top >= 0')).toBe(true);
  await page.close();
});

test('an Arabic article starts at the right', async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await visit(page, articleIn('ar'));
  const houseName = '.house-name';
  expect(
    await page.evaluate(`document.querySelector('${houseName}').getBoundingClientRect().left > 640`),
  ).toBe(true);
  await page.close();
});
