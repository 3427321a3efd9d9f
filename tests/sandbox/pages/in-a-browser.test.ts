/** The hosted checkout as a person meets it: without script, by keyboard, with the security policy that is really sent. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { CheckoutSubmission } from '../../../src/sandbox/hosted.ts';
import { launchBrowser, watchedContext } from '../../support/watched-browser.ts';
import { checkout } from './example-views.ts';
import { type PagesServer, servePages } from './pages-server.ts';

let browser: Browser;
let shop: PagesServer;
let server: PagesServer;
let page: Page;
let troubles: () => readonly string[];
const submitted: CheckoutSubmission[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  // Another origin: what the checkout goes back to is seldom where it stands.
  shop = await servePages();
  server = await servePages({
    checkout: () => checkout({ successUrl: `${shop.url}/-/sandbox/`, cancelUrl: `${shop.url}/-/sandbox/x` }),
    submitCheckout: (_, submission) => {
      submitted.push(submission);
      if ('number' in submission.payment && submission.payment.number.startsWith('4000'))
        return { kind: 'declined', field: 'number', code: 'card_declined', message: 'Declined.' };
      return { kind: 'paid', returnUrl: `${shop.url}/-/sandbox/?done=clock` };
    },
  });
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([server?.close(), shop?.close()]);
});

beforeEach(async () => {
  submitted.length = 0;
  const watched = await watchedContext(browser, { javaScriptEnabled: false });
  troubles = watched.troubles;
  page = await watched.newPage();
  await page.goto(`${server.url}/-/sandbox/checkout/cs_test_1`);
});
afterEach(async () => {
  expect(troubles()).toEqual([]);
  await page.context().close();
});

const pay = () => page.getByRole('button', { name: 'Subscribe and pay' }).click();

test('a test card is picked with one press, and its page leads to another origin', async () => {
  await page.getByLabel('Email').fill('ada@example.org');
  await page.getByLabel('4242 4242 4242 4242').check();
  expect(await page.getByLabel('Card number').isVisible()).toBe(false);
  await pay();
  expect(page.url()).toBe(`${shop.url}/-/sandbox/?done=clock`);
  expect(submitted[0]?.payment).toMatchObject({ kind: 'card', number: '4242424242424242' });
});

test('a declined card stands in the focus with the reason, and another one can be taken', async () => {
  await page.getByLabel('Email').fill('ada@example.org');
  await page.getByLabel('Card number').fill('4000 0000 0000 0002');
  await pay();
  const number = page.getByLabel('Card number');
  expect(await number.getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByRole('alert').allTextContents()).toEqual(['Declined.']);
  expect(await page.getByRole('textbox', { name: 'Card number' }).and(page.locator(':focus')).count()).toBe(
    1,
  );
  await number.fill('5555 5555 5555 4444');
  await pay();
  expect(page.url()).toContain(shop.url);
  expect(submitted).toHaveLength(2);
});

test('bank debit asks for an account instead of a card', async () => {
  await page.getByLabel('Email').fill('ada@example.org');
  await page.getByLabel('Bank debit').check();
  expect(await page.getByLabel('CVC').isVisible()).toBe(false);
  await page.getByLabel('AT86 1904 3002 3547 3202').check();
  await pay();
  expect(submitted[0]?.payment).toEqual({ kind: 'bank-debit', iban: 'AT861904300235473202' });
});

test('it can be paid by keyboard alone, in the order in which it is read', async () => {
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await page.getByLabel('Email').focus();
  await page.keyboard.type('ada@example.org');
  await press('Tab');
  await page.keyboard.type('Ada');
  await press('Tab', 'Tab');
  await page.keyboard.type('4242424242424242');
  await press('Enter');
  await page.waitForURL(`${shop.url}/**`);
  expect(submitted).toMatchObject([{ name: 'Ada', payment: { number: '4242424242424242' } }]);
});

test('the code in the summary is taken off before anything is paid', async () => {
  await page.getByLabel('Promotion code').fill('SPRING');
  await page.getByRole('button', { name: 'Apply' }).click();
  expect(await page.getByRole('button', { name: 'Subscribe and pay €6.75' }).count()).toBe(1);
  await page.getByRole('link', { name: 'Remove the code' }).click();
  expect(await page.getByRole('button', { name: 'Subscribe and pay €9.00' }).count()).toBe(1);
});

test('the way back leads to the site', async () => {
  expect(await page.getByRole('link', { name: 'Back' }).getAttribute('href')).toBe(`${shop.url}/-/sandbox/x`);
});
