/** Everything that readers see, in light and dark, looked at by axe and on the narrowest phone. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { renderAccountPage } from '../../src/pages/account-page.tsx';
import { renderErrorPage } from '../../src/pages/error-page.tsx';
import { renderMoreFrom } from '../../src/pages/more-from.tsx';
import { pageStyleHash } from '../../src/pages/page-shell.tsx';
import { renderCodePage, renderLinkPage, renderSignInPage } from '../../src/pages/sign-in-page.tsx';
import { renderSignedOutPage } from '../../src/pages/signed-out-page.tsx';
import { renderSubscribePage } from '../../src/pages/subscribe-page.tsx';
import { launchBrowser } from '../support/watched-browser.ts';
import { article, cards, opened, ownStyle } from './browser.ts';
import { accountFacts, english, locales, messagesIn, site } from './example-facts.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const ownPages = (locale: string): Record<string, string> => {
  const messages = messagesIn(locale);
  const offer = [
    {
      name: 'Digital',
      description: 'Every article',
      priceText: '€9',
      products: ['A'],
      checkout: { action: '/-/checkout', fields: { plan: 'd' } },
    },
  ];
  return {
    error: renderErrorPage({ site, code: 'origin-timeout' }, messages),
    arranged: renderSubscribePage(
      { site, offer: [{ name: 'Digital', products: ['A'] }], returnTo: '/a', articleTitle: 'T' },
      messages,
    ),
    offer: renderSubscribePage({ site, offer, returnTo: '/a' }, messages),
    'sign-in': renderSignInPage({ site, returnTo: '/a', fault: 'email', email: 'ada@' }, messages),
    code: renderCodePage(
      { site, returnTo: '/a', email: 'ada@example.org', requestId: 'r', expiresInMinutes: 15 },
      messages,
    ),
    link: renderLinkPage({ site, link: 'x' }, messages),
    account: renderAccountPage(accountFacts, messages),
    'signed-out': renderSignedOutPage({ site }, messages),
    sandbox: renderSignedOutPage({ site: { ...site, sandbox: true } }, messages),
  };
};

const faultsIn = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const runner = (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
      }
    ).axe;
    const { violations } = await runner.run();
    return violations.map(
      ({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
    );
  });
};

describe.each([
  ['light', false],
  ['dark', true],
])('in %s', (_, dark) => {
  test.each(['en', 'ar'])(
    'axe finds no fault in an article with notice, prompt and cards (%s)',
    async (locale) => {
      const page = await opened(browser, article(locale, ownStyle), { dark });
      expect(await faultsIn(page)).toEqual([]);
      await page.close();
    },
  );

  test.each(Object.keys(ownPages('en')))('axe finds no fault on the page %s', async (name) => {
    const page = await opened(browser, ownPages(dark ? 'ar' : 'en')[name]!, { dark });
    expect(await faultsIn(page)).toEqual([]);
    await page.close();
  });
});

describe('own pages', () => {
  test.each(locales)(
    'nothing runs over the edge of a narrow phone, at twice the text size too (%s)',
    async (locale) => {
      const everything = { ...ownPages(locale), article: article(locale, 'body{margin:0 1rem}') };
      const page = await browser.newPage({ viewport: { width: 320, height: 700 } });
      for (const [name, html] of Object.entries(everything)) {
        for (const size of ['100%', '200%']) {
          await page.setContent(html.replace('</title>', `</title><style>html{font-size:${size}}</style>`));
          const over = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(`${name} ${size} ${over}`).toBe(`${name} ${size} 0`);
        }
      }
      await page.close();
    },
  );

  test.each(locales)(
    'the sandbox’s band is one line or two on a phone, and leads to the controls (%s)',
    async (locale) => {
      const page = await opened(browser, ownPages(locale).sandbox!, { width: 390 });
      const controls = page.locator('.band').getByRole('link');
      expect(await controls.getAttribute('href')).toBe('/-/sandbox/');
      const [band, link] = [await page.locator('.band').boundingBox(), await controls.boundingBox()];
      expect(band).toMatchObject({ x: 0, width: 390 });
      expect(band!.height).toBeLessThan(80);
      expect(link!.height).toBeGreaterThanOrEqual(24);
      await page.close();
    },
  );

  test('their style passes a policy that allows only its hash', async () => {
    const page = await opened(browser, renderErrorPage({ site, code: 'not-found' }, english), {
      csp: `default-src 'none'; style-src ${pageStyleHash}`,
    });
    expect(await page.evaluate(() => getComputedStyle(document.body).display)).toBe('grid');
    await page.close();
  });

  test('the cards that stand alone have room of their own', async () => {
    const page = await opened(
      browser,
      `<!doctype html><title>A</title>${renderMoreFrom({ ...cards, amp: false }, english)}`,
    );
    expect(await page.getByRole('link').count()).toBe(4);
    await page.close();
  });
});
