/** Every page of the sandbox, in light and dark: looked at by axe, on a narrow phone, and at twice the text size. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  accessFaults,
  launchBrowser,
  shoot,
  type WatchedContext,
  watchedContext,
} from '../../support/watched-browser.ts';
import { checkout, line, portal } from './example-views.ts';
import { type PagesServer, servePages } from './pages-server.ts';

let browser: Browser;
let server: PagesServer;
beforeAll(async () => {
  browser = await launchBrowser();
  server = await servePages({
    checkout: (id) => {
      const view = checkouts.get(id);
      return view && { ...view, id };
    },
    portal: (id) => portals.get(id),
    submitCheckout: () => ({
      kind: 'declined',
      field: 'cvc',
      code: 'incorrect_cvc',
      message: 'The security code is wrong.',
    }),
  });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const checkouts = new Map([
  ['plain', checkout()],
  [
    'trial',
    checkout({
      trialDays: 14,
      amountDue: 0,
      emailFixed: true,
      email: 'ada@example.org',
      savedCard: { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2034 },
    }),
  ],
  [
    'pass',
    checkout({
      mode: 'payment',
      lines: [
        {
          priceId: 'price_pass',
          productName: 'Week pass',
          description: 'Opens everything for 7 days',
          quantity: 1,
          unitAmount: 980,
          currency: 'jpy',
        },
      ],
      currency: 'jpy',
      amountDue: 980,
      amountTotal: 980,
      locale: 'ja',
    }),
  ],
  ['expired', checkout({ status: 'expired' })],
  ['complete', checkout({ status: 'complete' })],
]);

const portals = new Map([
  ['full', portal({ id: 'full' })],
  ['empty', portal({ id: 'empty', customer: { id: 'cus_2' }, subscriptions: [], invoices: [] })],
  [
    'flow',
    portal({
      id: 'flow',
      flow: { kind: 'cancel', subscriptionId: 'sub_1', afterUrl: 'http://127.0.0.1:1/' },
    }),
  ],
]);
portals.set(
  'many',
  portal({ id: 'many', subscriptions: [{ ...portal().subscriptions[0]!, lines: [line(), line()] }] }),
);

const addresses = {
  'checkout with a code taken': 'checkout/plain?code=SPRING',
  'checkout with a wrong code': 'checkout/plain?code=NONE',
  'checkout after a refusal': 'checkout/plain?refused=insufficient_funds',
  'checkout of a trial': 'checkout/trial',
  'checkout of a pass in yen': 'checkout/pass',
  'checkout, expired': 'checkout/expired',
  'checkout, complete': 'checkout/complete',
  challenge: 'challenge/chl_1',
  portal: 'portal/full?done=card',
  'portal, empty': 'portal/empty',
  'portal, several lines': 'portal/many',
  'portal, straight to a task': 'portal/flow',
  'portal, cancel': 'portal/full/cancel/sub_1',
  'portal, switch': 'portal/full/switch/sub_1',
  'portal, card': 'portal/full/card',
  'portal, email': 'portal/full/email',
  invoice: 'invoices/in_2?portal=full',
  controls: '?done=clock',
  unknown: 'nowhere',
} as const;

const contexts = new Map<boolean, WatchedContext>();

/** One profile for each scheme: closing one while the next was opened took the whole browser away at times. */
const open = async (
  path: string,
  dark: boolean,
): Promise<{ page: Page; troubles: () => readonly string[] }> => {
  const context =
    contexts.get(dark) ?? (await watchedContext(browser, { colorScheme: dark ? 'dark' : 'light' }));
  contexts.set(dark, context);
  const page = await context.newPage();
  await page.goto(`${server.url}/-/sandbox/${path}`);
  return { page, troubles: context.troubles };
};

describe.each([
  ['light', false],
  ['dark', true],
] as const)('in %s', (scheme, dark) => {
  test.each(Object.entries(addresses))('axe finds no fault: %s', async (name, path) => {
    const { page, troubles } = await open(path, dark);
    expect(await accessFaults(page)).toEqual([]);
    expect(troubles().filter((trouble) => !/status of 410/.test(trouble))).toEqual([]);
    await shoot(page, `${name.replaceAll(/\W+/g, '-')}-${scheme}`);
    await page.close();
  });

  test('axe finds no fault on a form that came back', async () => {
    const { page } = await open('checkout/plain', dark);
    await page.getByRole('button', { name: 'Subscribe and pay' }).click();
    expect(await accessFaults(page)).toEqual([]);
    await shoot(page, `faults-of-fields-${scheme}`);
    await page.getByLabel('Email').fill('ada@example.org');
    await page.getByLabel('4242 4242 4242 4242').check();
    await page.getByRole('button', { name: 'Subscribe and pay' }).click();
    expect(await page.getByLabel('CVC').getAttribute('aria-invalid')).toBe('true');
    expect(await accessFaults(page)).toEqual([]);
    await shoot(page, `refused-card-${scheme}`);
    await page.close();
  });
});

test('nothing runs over the edge of a narrow phone, at twice the text size too', async () => {
  const { page } = await open('', false);
  await page.setViewportSize({ width: 320, height: 700 });
  for (const [name, path] of Object.entries(addresses)) {
    await page.goto(`${server.url}/-/sandbox/${path}`);
    for (const size of ['100%', '200%']) {
      await page.evaluate((percent) => {
        document.documentElement.style.fontSize = percent;
      }, size);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(`${name} ${size} ${over}`).toBe(`${name} ${size} 0`);
    }
  }
  await page.close();
});
