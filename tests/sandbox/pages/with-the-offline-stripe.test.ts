/** The hosted pages on the real offline Stripe, in Chromium: what a person does there is what the API then says. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type Stripe from 'stripe';
import { accessFaults, launchBrowser, shoot, watchedContext } from '../../support/watched-browser.ts';
import { openShop, type Shop } from './open-shop.ts';

let browser: Browser;
let shop: Shop;
let page: Page;
let troubles: () => readonly string[];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  shop = await openShop();
  const watched = await watchedContext(browser);
  troubles = watched.troubles;
  page = await watched.newPage();
});
afterEach(async () => {
  expect(troubles().filter((trouble) => !/status of 410/.test(trouble))).toEqual([]);
  expect(shop.warnings).toEqual([]);
  await page.context().close();
  await shop.close();
});

const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
const take = async (number: string) => {
  const radio = page.getByLabel(number);
  if (!(await radio.isVisible())) await page.getByText('more test numbers').click();
  await radio.check();
};
const subscribe = async (number: string, over: Stripe.Checkout.SessionCreateParams = {}) => {
  const session = await shop.checkout('price_monthly', over);
  await page.goto(session.url!);
  if (await page.getByLabel('Email').isVisible()) await page.getByLabel('Email').fill('ada@example.org');
  await take(number);
  await press(/^Subscribe|^Start/);
  return session;
};
const subscribed = async (number: string): Promise<{ customer: string; subscription: string }> => {
  const session = await subscribe(number);
  await page.waitForURL(`${shop.url}/back**`);
  const { customer, subscription } = await shop.stripe.checkout.sessions.retrieve(session.id);
  return { customer: String(customer), subscription: String(subscription) };
};
const openPortal = async (params: Stripe.BillingPortal.SessionCreateParams) => {
  const { url } = await shop.stripe.billingPortal.sessions.create({
    return_url: `${shop.url}/account`,
    ...params,
  });
  await page.goto(url);
};
const statusOf = async (subscription: string) =>
  (await shop.stripe.subscriptions.retrieve(subscription)).status;

describe('the checkout', () => {
  test('a card that works is paid and leads back with the session’s id filled in', async () => {
    const { id } = await subscribe('4242 4242 4242 4242');
    expect(page.url()).toBe(`${shop.url}/back?session_id=${id}`);
    const session = await shop.stripe.checkout.sessions.retrieve(id);
    expect([session.status, session.payment_status]).toEqual(['complete', 'paid']);
    expect(await statusOf(String(session.subscription))).toBe('active');
    await page.goto(`${shop.url}/-/sandbox/checkout/${id}`);
    expect(await page.getByRole('heading').first().textContent()).toBe('This is done already');
    await page.getByRole('link', { name: 'Go on' }).click();
    expect(page.url()).toBe(`${shop.url}/back?session_id=${id}`);
  });

  test('a declined card says so, and another one is taken', async () => {
    const { id } = await subscribe('4000 0000 0000 0002');
    expect(await page.getByRole('alert').textContent()).toContain('declined');
    expect((await shop.stripe.checkout.sessions.retrieve(id)).status).toBe('open');
    await take('5555 5555 5555 4444');
    await press('Subscribe and pay');
    expect(page.url()).toContain('/back?session_id=');
  });

  test.each([
    ['4000 0000 0000 0069', 'Expires (MM / YY)'],
    ['4000 0000 0000 0127', 'CVC'],
  ])('what is wrong with %s stands at %s', async (number, label) => {
    await subscribe(number);
    expect(await page.getByLabel(label).getAttribute('aria-invalid')).toBe('true');
    expect(await accessFaults(page)).toEqual([]);
  });

  test('what was mistyped stands at its field', async () => {
    const { url } = await shop.checkout('price_monthly');
    await page.goto(url!);
    await page.getByLabel('Email').fill('ada@example.org');
    await page.getByLabel('Card number').fill('4242 4242 4242 4241');
    await press('Subscribe and pay');
    expect(await page.getByLabel('Card number').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Card number').fill('4242 4242 4242 4242');
    await page.getByLabel('Expires').fill('01 / 20');
    await press('Subscribe and pay');
    expect(await page.getByRole('alert').textContent()).toContain('in the past');
  });

  test('the bank asks, and is told no, then yes', async () => {
    const { id } = await subscribe('4000 0027 6000 3184');
    await shoot(page, 'real-challenge');
    await press('Fail authentication');
    expect(await page.getByRole('alert').textContent()).toContain('didn’t confirm');
    expect((await shop.stripe.checkout.sessions.retrieve(id)).status).toBe('open');
    await page.getByLabel('Email').fill('ada@example.org');
    await take('4000 0027 6000 3184');
    await press('Subscribe and pay');
    await press('Complete authentication');
    expect(page.url()).toBe(`${shop.url}/back?session_id=${id}`);
    expect((await shop.stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid');
  });

  test('a code is taken off, and the trial is free', async () => {
    const { url } = await shop.checkout('price_monthly', { allow_promotion_codes: true });
    await page.goto(url!);
    await page.getByLabel('Promotion code').fill('welcome');
    await press('Apply');
    await shoot(page, 'real-promotion');
    await page.getByRole('button', { name: 'Subscribe and pay €9.00' }).waitFor();
    const session = await subscribe('4242 4242 4242 4242', { subscription_data: { trial_period_days: 14 } });
    const { payment_status, subscription } = await shop.stripe.checkout.sessions.retrieve(session.id);
    expect([payment_status, await statusOf(String(subscription))]).toEqual([
      'no_payment_required',
      'trialing',
    ]);
  });

  test('a pass by bank debit is processing first, and paid days later', async () => {
    const { id, url } = await shop.checkout('price_week', { mode: 'payment' });
    await page.goto(url!);
    await page.getByLabel('Email').fill('ada@example.org');
    await page.getByLabel('Bank debit').check();
    await page.getByLabel('DE89 3704 0044 0532 0130 00').check();
    await press(/^Pay/);
    expect(page.url()).toContain('/back?session_id=');
    const status = async () => (await shop.stripe.checkout.sessions.retrieve(id)).payment_status;
    expect(await status()).toBe('unpaid');
    await page.goto(`${shop.url}/-/sandbox/`);
    await press('1 week');
    expect(await page.getByRole('status').textContent()).toContain('The clock has moved');
    expect(await status()).toBe('paid');
  });

  test('an expired one says so', async () => {
    const { id, url } = await shop.checkout('price_monthly');
    await shop.stripe.checkout.sessions.expire(id);
    expect((await page.goto(url!))?.status()).toBe(410);
    await page.getByRole('link', { name: 'Back to the site' }).click();
    expect(page.url()).toBe(`${shop.url}/plans`);
  });
});

describe('the portal', () => {
  test('cancel, resume and switch are what the API says afterwards', async () => {
    const { customer, subscription } = await subscribed('4242 4242 4242 4242');
    await openPortal({ customer });
    await shoot(page, 'real-portal');
    expect(await accessFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Cancel: Plan monthly' }).click();
    await press('Cancel the subscription');
    expect(await page.getByRole('status').textContent()).toContain('Canceled');
    const canceled = await shop.stripe.subscriptions.retrieve(subscription);
    expect(canceled.cancel_at).toBe(canceled.items.data[0]?.current_period_end);
    await press('Resume: Plan monthly');
    expect((await shop.stripe.subscriptions.retrieve(subscription)).cancel_at).toBeNull();
    await page.getByRole('link', { name: 'Switch plan: Plan monthly' }).click();
    await press('Switch');
    const [item] = (await shop.stripe.subscriptions.retrieve(subscription)).items.data;
    expect(item?.price.id).toBe('price_yearly');
    await page.getByRole('link', { name: 'Change the email address' }).click();
    await page.getByLabel('Email').fill('new@example.org');
    await press('Save the address');
    expect(await shop.stripe.customers.retrieve(customer)).toMatchObject({ email: 'new@example.org' });
    await page.getByRole('link', { name: 'invoice' }).first().click();
    await shoot(page, 'real-invoice');
    await page.getByRole('link', { name: 'Your subscriptions' }).click();
    await page.getByRole('link', { name: 'Back to the site' }).click();
    expect(page.url()).toBe(`${shop.url}/account`);
  });

  test('a failed renewal is mended by another card and paying what is open', async () => {
    const { customer, subscription } = await subscribed('4242 4242 4242 4242');
    await openPortal({ customer });
    await page.getByRole('link', { name: 'Change the card' }).click();
    await take('4000 0000 0000 0341');
    await press('Save the card');
    expect(await page.getByText('Visa ending in 0341').isVisible()).toBe(true);
    await page.goto(`${shop.url}/-/sandbox/`);
    await press('1 month');
    await press('1 day');
    await shop.sandbox.controls.settled();
    await page.reload();
    await shoot(page, 'real-controls');
    expect(await page.getByText('invoice.payment_failed').first().isVisible()).toBe(true);
    expect(await statusOf(subscription)).toBe('past_due');
    await openPortal({ customer });
    await shoot(page, 'real-past-due');
    expect(await page.getByText('Payment failed', { exact: true }).isVisible()).toBe(true);
    await press(/^Pay now/);
    expect(await page.getByRole('alert').textContent()).toContain('declined');
    await page.getByRole('link', { name: 'Change the card' }).click();
    await take('4242 4242 4242 4242');
    await press('Save the card');
    await press(/^Pay now/);
    expect(await page.getByRole('status').textContent()).toBe('The invoice is paid.');
    expect(await statusOf(subscription)).toBe('active');
  });

  test('deep links lead to their task, through the bank’s question, and back', async () => {
    const { customer, subscription } = await subscribed('4242 4242 4242 4242');
    const returningTo = (path: string) =>
      ({ type: 'redirect', redirect: { return_url: `${shop.url}${path}` } }) as const;
    await openPortal({
      customer,
      flow_data: { type: 'payment_method_update', after_completion: returningTo('/mended') },
    });
    await take('4000 0027 6000 3184');
    await press('Save the card');
    await press('Fail authentication');
    expect(await page.getByRole('alert').textContent()).toContain('didn’t confirm');
    await take('4000 0027 6000 3184');
    await press('Save the card');
    await press('Complete authentication');
    expect(page.url()).toBe(`${shop.url}/mended`);
    await openPortal({
      customer,
      flow_data: {
        type: 'subscription_cancel',
        subscription_cancel: { subscription },
        after_completion: returningTo('/left'),
      },
    });
    await page.getByLabel('Now').check();
    await press('Cancel the subscription');
    expect(page.url()).toBe(`${shop.url}/left`);
    expect(await statusOf(subscription)).toBe('canceled');
  });
});

test('the controls send an event again, and mischief holds', async () => {
  await subscribed('4242 4242 4242 4242');
  await shop.sandbox.controls.settled();
  await page.goto(`${shop.url}/-/sandbox/`);
  const before = shop.sent.length;
  await press(/^Send again: checkout.session.completed/);
  await shop.sandbox.controls.settled();
  expect(shop.sent.slice(before)).toEqual(['checkout.session.completed']);
  await page.getByLabel('Copies of each').fill('3');
  await page.getByLabel('In a random order').check();
  await press('Set');
  expect(shop.sandbox.controls.mischief()).toEqual({ delayMs: 0, copies: 3, shuffle: true, dropOfTen: 0 });
  expect(await page.getByLabel('In a random order').isChecked()).toBe(true);
});
