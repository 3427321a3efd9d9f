/** Signing in to the console in a real browser: by keyboard, without script, from a page of another site, and how it looks. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openStores, type Stores } from '../../../src/stores/open-stores.ts';
import { until } from '../../support/until.ts';
import { accessFaults, launchBrowser, shoot, watchedContext } from '../../support/watched-browser.ts';
import { type Desk, desk, mailedTo } from '../site.ts';

let [directory, stores, server, elsewhere, browser, here, url] = [] as unknown as [
  string,
  Stores,
  Server,
  Server,
  Browser,
  Desk,
  string,
];
const portOf = (one: Server): number => (one.address() as AddressInfo).port;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatefold-console-'));
  stores = await openStores({ dataDir: directory, warn: () => {} });
  server = createServer().listen(0, '127.0.0.1');
  await until(() => server.listening, 'the console');
  url = `http://127.0.0.1:${portOf(server)}`;
  here = desk({ stores, publicUrl: url, operators: [] });
  server.on('request', here.app);
  elsewhere = createServer((_, response) => {
    const form = `<form method="post" action="${url}/-/console/do/publish"><button>Win</button></form>`;
    response
      .setHeader('Content-Type', 'text/html')
      .end(`<title>Mail</title><a href="${url}/-/console/do/read">the console</a>${form}`);
  }).listen(0, '127.0.0.1');
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
  elsewhere?.close();
  await stores?.close();
  rmSync(directory, { recursive: true, force: true });
});

test('by keyboard alone and without script, with the code; every page is accessible', async () => {
  const { context, newPage, troubles } = await watchedContext(browser);
  const page = await newPage();
  await page.goto(`${url}/-/console`);
  await page.waitForURL(`${url}/-/console/sign-in`);
  expect(await accessFaults(page)).toEqual([]);
  await shoot(page, 'console-sign-in');
  await page.getByLabel('Email address').focus();
  await page.keyboard.type('owner@localhost');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Look in your mail' }).waitFor();
  expect(await accessFaults(page)).toEqual([]);
  await shoot(page, 'console-code');
  await until(() => here.mails.length > 0, 'the mail');
  await page.getByLabel('Code from the message').fill('1');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await shoot(page, 'console-wrong-code');
  await page.getByLabel('Code from the message').fill(mailedTo(here.mails.at(-1)).code);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/-/console`);
  expect(await page.textContent('h1')).toBe('owner@localhost owner');
  expect(await page.evaluate(() => document.cookie)).toBe('');
  await page.goto(`${url}/-/console/do/publish`);
  expect(await page.textContent('h1')).toBe('Changes are posted');
  expect(await accessFaults(page)).toEqual([]);
  await shoot(page, 'console-refusal');
  expect(troubles().filter((trouble) => !/status of 405/.test(trouble))).toEqual([]);
  await context.close();
});

test('by the link that the start printed; then another site’s link leads in and its form does nothing', async () => {
  const { context, newPage } = await watchedContext(browser);
  const page = await newPage();
  await page.goto((await here.signIn.firstSignInLink(here.time.now)) ?? '');
  expect(await accessFaults(page)).toEqual([]);
  await shoot(page, 'console-link');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${url}/-/console`);

  // By name and not by number: another site, as the browser sees it.
  await page.goto(`http://localhost:${portOf(elsewhere)}/`);
  await page.getByRole('link', { name: 'the console' }).click();
  await page.waitForURL(`${url}/-/console/do/read`);
  expect(await page.textContent('body')).toContain('"role":"owner"');

  await page.goto(`http://localhost:${portOf(elsewhere)}/`);
  await page.getByRole('button', { name: 'Win' }).click();
  await page.getByRole('heading', { name: 'This came from another site' }).waitFor();
  expect(here.done.filter(({ action }) => action === 'publish')).toEqual([]);
  await context.close();
});

test('who isn’t signed in and follows another site’s link is asked to sign in, and gets there', async () => {
  const { context, newPage } = await watchedContext(browser);
  const page = await newPage();
  await page.goto(`http://localhost:${portOf(elsewhere)}/`);
  await page.getByRole('link', { name: 'the console' }).click();
  await page.waitForURL(`${url}/-/console/sign-in?return=%2F-%2Fconsole%2Fdo%2Fread`);
  const before = here.mails.length;
  await page.getByLabel('Email address').fill('owner@localhost');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await until(() => here.mails.length > before, 'the mail');
  await page.goto(`${url}/-/console/sign-in/link?link=${mailedTo(here.mails.at(-1)).link}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${url}/-/console/do/read`);
  await context.close();
});
