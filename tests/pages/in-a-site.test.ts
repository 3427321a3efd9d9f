/** Prompt, notice and cards inside somebody else's page: neither can hurt the other, and readers reach all of it. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { isolatedStyleHashes } from '../../src/pages/isolated-style.ts';
import { launchBrowser } from '../support/watched-browser.ts';
import { article, opened, ownStyle } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const attack = `
  * { all: unset !important; display: none !important; font-size: 80px !important; color: red !important;
      direction: rtl !important; text-align: right !important; opacity: .1 !important; transform: rotate(9deg) !important;
      animation: spin 1s infinite !important; letter-spacing: 9px !important; visibility: hidden !important;
      position: fixed !important; background: lime !important; text-transform: uppercase !important }
  p { font-size: 80px !important; color: red !important; margin: 90px !important; line-height: 9 !important }
  *::before, *::after { content: "HACKED" !important; display: block !important }
  *::first-letter { font-size: 200px !important; color: red !important }
  a:focus, a:focus-visible { outline: none !important }
  slot, section, h2, ul, li, template + *, [slot] { display: none !important; color: red !important }
  html, body, main, .body { all: revert !important; display: block !important; margin: 0 !important; visibility: visible !important; position: static !important;
    font-size: 80px !important; color: red !important; text-transform: uppercase !important; letter-spacing: 9px !important; line-height: 5 !important }
  main::before, body::before, html::before, .body::before { content: none !important }
`;

/** All computed styles of everything inside Gatefold's elements, pseudo-elements included. */
const stylesInside = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const look = (element: Element): string[] =>
      [null, '::before', '::after', '::first-letter'].map((pseudo) => {
        const style = getComputedStyle(element, pseudo);
        // Chromium lists custom properties in an order of its own, which differs from one page to the next.
        const names = Array.from(style).sort();
        return `${element.tagName}${pseudo ?? ''} ${names.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';')}`;
      });
    return Array.from(document.querySelectorAll('gatefold-prompt, gatefold-notice')).flatMap((host) => [
      ...look(host).slice(0, 3),
      ...Array.from(host.children).flatMap((child) => look(child).slice(0, 3)),
      ...Array.from(host.shadowRoot?.querySelectorAll(':not(style)') ?? []).flatMap((inner) =>
        look(inner).slice(0, 3),
      ),
    ]);
  });

/** Readable: one line for each property that differs. */
const differences = (before: readonly string[], after: readonly string[]): string[] =>
  after.flatMap((style, index) => {
    const [was, is] = [before[index]?.split(';') ?? [], style.split(';')];
    const element = style.slice(0, style.indexOf(' '));
    return is.flatMap((property, at) =>
      property === was[at] ? [] : [`${element} ${was[at]} → ${property}`],
    );
  });

describe('inside a site’s page', () => {
  test('the most hostile style sheet changes no computed style of prompt, notice or cards', async () => {
    const plain = 'body{margin:0}';
    const calm = await opened(browser, article('en', plain));
    const before = await stylesInside(calm);
    const attacked = await opened(browser, article('en', `${plain}${attack}`));
    const after = await stylesInside(attacked);
    expect(before.length).toBeGreaterThan(60);
    expect(differences(before, after)).toEqual([]);
    expect(await attacked.locator('gatefold-prompt a[slot=subscribe]').isVisible()).toBe(true);
    await Promise.all([calm.close(), attacked.close()]);
  });

  test('a drop cap meant for the article’s first paragraph does not reach the prompt', async () => {
    const dropCap =
      'p:first-of-type::first-letter, a::first-letter{font-size:99px!important;float:left!important}';
    const heights = [];
    for (const css of ['', dropCap]) {
      const page = await opened(
        browser,
        article(
          'en',
          `body{margin:0}#own::first-letter{font-size:inherit!important;float:none!important}${css}`,
        ),
      );
      heights.push(
        await page.locator('gatefold-prompt').evaluate((host) => host.getBoundingClientRect().height),
      );
      await page.close();
    }
    expect(heights[1]).toBe(heights[0]);
  });

  test('prompt and notice change no computed style of the site’s own elements', async () => {
    const look = (page: Page) =>
      page.evaluate(() =>
        Array.from(document.querySelectorAll('h1, #own, section, #h, ul, li, #link')).map((element) => {
          const style = getComputedStyle(element);
          const moved = /^(block-size|height|perspective-origin|transform-origin)$/;
          return Array.from(style)
            .filter((name) => !moved.test(name))
            .sort()
            .map((name) => `${name}:${style.getPropertyValue(name)}`)
            .join(';');
        }),
      );
    const [without, inserted] = await Promise.all([
      opened(browser, article('en', ownStyle, false)),
      opened(browser, article('en', ownStyle)),
    ]);
    expect(await look(inserted)).toEqual(await look(without));
    await Promise.all([without.close(), inserted.close()]);
  });

  test.each([
    [
      'three columns with the text in the middle',
      'body{margin:0}.body{display:grid;grid-template-columns:1fr min(40rem,90%) 1fr}.body>*{grid-column:2}',
    ],
    ['a centred flex column', 'body{margin:0}.body{display:flex;flex-direction:column;align-items:center}'],
    ['a root of ten pixels', 'html{font-size:62.5%}body{margin:0 1rem}'],
  ])('in %s the prompt has its full width', async (_, css) => {
    const page = await opened(browser, article('en', css), { width: 390 });
    const box = await page.locator('gatefold-prompt .sheet').boundingBox();
    expect(box?.width).toBeGreaterThan(360);
    await page.close();
  });

  test('the line and the links are in the text of the page, also where nothing looks into shadow trees', async () => {
    const page = await opened(browser, article('en', ownStyle));
    // biome-ignore lint/performance/useDomNodeTextContent: what is shown is the question here
    const text = await page.evaluate(() => document.body.innerText);
    expect(text).toContain('You’re reading a preview, subscribe to read more.');
    expect(text).toMatch(/Subscribe\s+Sign in/);
    expect(text).toContain('2 of 3 free articles left until 1 December');
    await page.close();
  });

  test('a Content-Security-Policy that names the hashes lets the styles through', async () => {
    const csp = `default-src 'none'; style-src ${isolatedStyleHashes}`;
    const page = await opened(browser, article('en', ''), { csp });
    const background = await page
      .locator('gatefold-prompt .sheet')
      .evaluate((box) => getComputedStyle(box).backgroundColor);
    expect(background).toBe('rgb(250, 248, 245)');
    await page.close();
  });

  test('custom properties of the site reach the prompt', async () => {
    const page = await opened(
      browser,
      article('en', ':root{--gatefold-accent:rgb(0, 80, 160);--gatefold-font:monospace}'),
    );
    const style = await page
      .locator('gatefold-prompt a[slot=subscribe]')
      .evaluate((link) => [getComputedStyle(link).backgroundColor, getComputedStyle(link).fontFamily]);
    expect(style).toEqual(['rgb(0, 80, 160)', 'monospace']);
    await page.close();
  });

  test('dark where the site is dark, light where it knows no dark', async () => {
    const backgroundOf = async (css: string) => {
      const page = await opened(browser, article('en', css), { dark: true });
      const colour = await page
        .locator('gatefold-prompt .sheet')
        .evaluate((box) => getComputedStyle(box).backgroundColor);
      await page.close();
      return colour;
    };
    expect(await backgroundOf(':root{color-scheme:light dark}')).toBe('rgb(32, 30, 27)');
    expect(await backgroundOf('')).toBe('rgb(250, 248, 245)');
    expect(await backgroundOf(':root{--gatefold-color-scheme:light dark}')).toBe('rgb(32, 30, 27)');
  });

  test('the keyboard reaches subscribe, sign in and every card in reading order, with a visible outline', async () => {
    const page = await opened(browser, article('en', attack));
    const seen: string[] = [];
    for (let press = 0; press < 7; press += 1) {
      await page.keyboard.press('Tab');
      seen.push(
        await page.evaluate(() => {
          const inner = document.activeElement?.shadowRoot?.activeElement;
          const focused = inner ?? document.activeElement;
          const outline = getComputedStyle(focused ?? document.body, inner ? '::after' : null).outlineStyle;
          return `${focused?.getAttribute('slot') ?? focused?.getAttribute('href')} ${outline}`;
        }),
      );
    }
    const order = ['subscribe', 'subscribe', 'sign-in', '/harbour/pilots', '/b', '/c', '/d'];
    expect(seen).toEqual(order.map((name) => `${name} solid`));
    await page.close();
  });

  test('to a screen reader it is a region named by its line', async () => {
    const page = await opened(browser, article('en', ownStyle));
    const name = 'You’re reading a preview, subscribe to read more.';
    expect(await page.getByRole('region', { name }).count()).toBe(1);
    expect(await page.getByRole('heading', { name, level: 2 }).count()).toBe(1);
    expect(await page.getByRole('note').count()).toBe(1);
    await page.close();
  });

  test('in Arabic it stands from right to left whatever the site says', async () => {
    const page = await opened(browser, article('ar', `gatefold-prompt{direction:ltr!important}`));
    expect(
      await page
        .locator('gatefold-prompt h2')
        .first()
        .evaluate((heading) => getComputedStyle(heading).direction),
    ).toBe('rtl');
    await page.close();
  });
});
