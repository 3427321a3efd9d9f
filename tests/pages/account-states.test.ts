/** The account page in every state, looked at by axe, on the narrowest phone, and in every language. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { renderAccountPage } from '../../src/pages/account-page.tsx';
import { renderErasedPage, renderErasePage } from '../../src/pages/erase-page.tsx';
import { signInMail } from '../../src/pages/mail-sign-in.tsx';
import type { Messages } from '../../src/pages/messages/create-messages.ts';
import { renderPaymentNotice } from '../../src/pages/payment-notice.tsx';
import { renderLinkPage, renderSignInPage } from '../../src/pages/sign-in-page.tsx';
import { renderSignedInPage } from '../../src/pages/signed-in-page.tsx';
import { launchBrowser } from '../support/watched-browser.ts';
import { accountStates, standings, subscriptionIn } from './account-states.ts';
import { opened, ownStyle } from './browser.ts';
import { accountFacts, english, hostile, locales, messagesIn, site } from './example-facts.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const pages: Readonly<Record<string, (messages: Messages) => string>> = {
  ...Object.fromEntries(
    Object.entries(accountStates).map(([name, facts]) => [
      name,
      (messages: Messages) => renderAccountPage(facts, messages),
    ]),
  ),
  erase: (messages) =>
    renderErasePage({ site, running: ['Digital', ''], customer: true, fault: 'live' }, messages),
  'erase, once more': (messages) =>
    renderErasePage({ site, running: [], customer: false, mayEnd: true, fault: 'partly' }, messages),
  erased: (messages) => renderErasedPage({ site, ended: 2, customer: true }, messages),
  'signed in': (messages) =>
    renderSignedInPage({ site, signedOut: ['Firefox, Linux', ''], allowed: 3, returnTo: '/a' }, messages),
  'signed out elsewhere': (messages) =>
    renderSignInPage({ site, returnTo: '/', wasSignedOut: { allowed: 1 } }, messages),
  'a link where something was paid': (messages) =>
    renderLinkPage({ site, link: 'x', paidHere: true }, messages),
  'a failed payment, above an article': (messages) =>
    `<!doctype html><html lang="en"><title>A</title><style>${ownStyle}</style><main><h1>A</h1>${renderPaymentNotice({ payBy: messages.date(0), link: '/-/account#payment', amp: false }, messages)}<p>Own words.</p></main>`,
};

const faultsIn = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const runner = (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      }
    ).axe;
    const { violations } = await runner.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  });
};

describe.each(Object.keys(pages))('%s', (name) => {
  const html = (locale: string): string => pages[name]?.(messagesIn(locale)) ?? '';

  test('axe finds no fault, in light and in dark', async () => {
    for (const dark of [false, true]) {
      const page = await opened(browser, html(dark ? 'ar' : 'en'), { dark });
      expect(await faultsIn(page)).toEqual([]);
      await page.close();
    }
  });

  test('nothing runs over the edge of a narrow phone at twice the text size, in any language', async () => {
    const page = await browser.newPage({ viewport: { width: 320, height: 700 } });
    for (const locale of locales) {
      await page.setContent(html(locale).replace('</title>', '</title><style>html{font-size:200%}</style>'));
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(`${locale} ${over}`).toBe(`${locale} 0`);
    }
    await page.close();
  });

  test.each(locales)('leaves no placeholder unfilled in %s', (locale) => {
    expect(html(locale).replace(/<style>.*?<\/style>/gs, '')).not.toMatch(/\{[a-z]+\}/i);
  });
});

describe('the account page', () => {
  const pageOf = (name: string): string => renderAccountPage(accountStates[name] ?? accountFacts, english);

  test('whoever owes money is told first, and the line above an article leads there', () => {
    const html = pageOf('past due');
    expect(html).toMatch(/<section class="stack" id="payment"/);
    expect(html).toContain('Update your card by 12 December 2026 to keep reading.');
  });

  test('cancelling is one button on the subscription itself, and goes when it is cancelled', () => {
    const cancels = (html: string): number => html.match(/value="cancel"/g)?.length ?? 0;
    expect(cancels(pageOf('renewing'))).toBe(1);
    const ending = {
      customers: [{ id: 'cus_1', subscriptions: [subscriptionIn({ kind: 'ends', at: 0 })] }],
      elsewhere: [],
    };
    const html = renderAccountPage({ ...accountFacts, billing: ending }, english);
    expect(cancels(html)).toBe(0);
    expect(html).toContain('>Resume</button>');
  });

  test('buttons of several subscriptions are told apart by what they belong to', () => {
    const html = pageOf('several, and Stripe silent');
    for (const [, id] of html.matchAll(/aria-describedby="([^"]+)"/g)) expect(html).toContain(`id="${id}"`);
  });

  test.each(locales)('each standing has words of its own in %s', (locale) => {
    const html = renderAccountPage(accountStates['every standing'] ?? accountFacts, messagesIn(locale));
    const told = [...html.matchAll(/<small[^>]*>([^<]+)<\/small>/g)].slice(0, standings.length);
    expect(new Set(told.map(([, words]) => words)).size).toBe(standings.length);
  });

  test('what strangers wrote stays text', () => {
    const html = renderAccountPage(
      {
        ...accountFacts,
        billing: {
          customers: [
            {
              id: hostile,
              subscriptions: [subscriptionIn({ kind: 'unpaid' }, { id: hostile, planName: hostile })],
            },
          ],
          elsewhere: [hostile],
          typedEmail: hostile,
        },
      },
      english,
    );
    expect(html).not.toContain('<script');
    expect(html.match(/<\/title>/g)).toHaveLength(1);
  });
});

describe('the mail that confirms an address', () => {
  const facts = {
    siteName: site.name,
    link: 'https://read.example/-/sign-in/link?link=a',
    code: '48291345',
    expiresInMinutes: 15,
  };

  test.each(locales)('in %s says so, and is another than the one that signs in', (locale) => {
    const [confirm, signIn] = [true, false].map((confirming) =>
      signInMail({ ...facts, confirming }, messagesIn(locale)),
    );
    expect(confirm?.subject).toContain(site.name);
    expect(confirm?.subject).not.toBe(signIn?.subject);
    for (const body of [confirm?.text, confirm?.html])
      for (const part of [facts.link, facts.code]) expect(body).toContain(part);
  });
});
