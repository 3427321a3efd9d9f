/** The account in a real browser: every way to Stripe's portal is open under the page's own policy, and works without script. */

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page, Route } from 'playwright-core';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { dayMs, subscription } from '../billing/customer-facts.ts';
import { launchBrowser } from '../support/watched-browser.ts';
import { newAddress } from './on-both-stores.ts';
import { type PayingSite, payingSite } from './paying-site.ts';
import { mailed } from './site.ts';
import { noon, publicUrl } from './support.ts';

let [directory, stores, paper, server, browser] = [] as unknown as [
  string,
  Stores,
  PayingSite,
  Server,
  Browser,
];
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatefold-account-'));
  stores = await openStores({ dataDir: directory, warn: () => {} });
  paper = payingSite(stores);
  server = createServer(paper.app).listen(0, '127.0.0.1');
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
  await stores?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** The site's address is answered by the app on this machine, Stripe's by a page that says where it was reached. */
const answer = async (route: Route): Promise<void> => {
  const request = route.request();
  const url = new URL(request.url());
  if (url.origin !== publicUrl)
    return route.fulfill({ contentType: 'text/html', body: `<h1>${url.host}</h1>` });
  const { port } = server.address() as AddressInfo;
  const answered = await fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, {
    method: request.method(),
    headers: await request.allHeaders(),
    body: request.postDataBuffer() as never,
    redirect: 'manual',
  });
  const headers = Object.fromEntries(answered.headers);
  const cookies = answered.headers.getSetCookie();
  await route.fulfill({
    status: answered.status,
    headers: { ...headers, ...(cookies.length > 0 ? { 'set-cookie': cookies.join('\n') } : {}) },
    body: Buffer.from(await answered.arrayBuffer()),
  });
};

/** Without script: nothing on these pages needs any. */
const pageOf = async (here: { readonly jar: ReadonlyMap<string, string> }): Promise<Page> => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  await context.addCookies(
    [...here.jar].map(([name, value]) => ({ name, value, url: publicUrl, secure: true, httpOnly: true })),
  );
  await context.route('**/*', answer);
  return context.newPage();
};

test('each button leads to Stripe’s portal for its task', async () => {
  const { here } = await paper.paidBrowser({
    subscriptions: [subscription({ id: 'sub_x', status: 'past_due', owedSince: noon - dayMs })],
  });
  const page = await pageOf(here);
  for (const [name, flow] of [
    ['Update your card', 'payment-method'],
    ['Cancel', 'cancel'],
    ['Manage', undefined],
    ['Change card', 'payment-method'],
    ['Invoices', undefined],
  ] as const) {
    await page.goto(`${publicUrl}/-/account#payment`);
    await page.getByRole('button', { name, exact: true }).click();
    await page.waitForURL('https://billing.stripe.com/**');
    expect([name, paper.stripe.portals.at(-1)?.flow?.kind]).toEqual([name, flow]);
  }
  await page.context().close();
});

test('a browser that paid mends its address and confirms it by the code, then reads its account', async () => {
  const address = newAddress();
  const { here } = await paper.paidBrowser({ email: 'mistyped@example.con' });
  const page = await pageOf(here);
  await page.goto(`${publicUrl}/-/account`);
  const field = page.getByLabel('Email address');
  expect(await field.inputValue()).toBe('mistyped@example.con');
  await field.fill(address);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByLabel('Code from the message').fill(mailed(paper.mails.at(-1)).code);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${publicUrl}/-/account`);
  expect(await page.textContent('main')).toContain(`You’re signed in as ${address}`);
  expect(await page.getByRole('heading', { name: 'Confirm your address' }).count()).toBe(0);
  await page.context().close();
});

test('an account is erased by a box and a press', async () => {
  const { here } = await paper.paidBrowser();
  const page = await pageOf(here);
  await page.goto(`${publicUrl}/-/account`);
  await page.getByRole('link', { name: 'Erase your account' }).click();
  await page.getByLabel('End it now and erase my account').check();
  await page.getByRole('button', { name: 'Erase my account' }).click();
  await page.getByRole('heading', { name: 'Your account is erased' }).waitFor();
  expect(await page.textContent('main')).toContain('1 subscription was ended');
  await page.context().close();
});
