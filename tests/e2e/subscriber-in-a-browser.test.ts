/** From the prompt to paid access and back in a real browser, with mail over SMTP and the sandbox's Stripe. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { mailServer } from '../readers/mail-server.ts';
import { cards, choosePlan, moveClock, payWith, readToThePrompt } from '../support/buying-pages.ts';
import { type GatefoldProcess, startGatefold } from '../support/gatefold-process.ts';
import { lastWords, open, previewLine, words } from '../support/reading-pages.ts';
import { sampleArticles } from '../support/sample-sources.ts';
import { until } from '../support/until.ts';
import { accessFaults, launchBrowser, shoot, watchedContext } from '../support/watched-browser.ts';

let browser: Browser;
let mail: Awaited<ReturnType<typeof mailServer>>;
beforeAll(async () => {
  [browser, mail] = await Promise.all([launchBrowser(), mailServer()]);
});
afterAll(async () => {
  await browser?.close();
  await mail?.close();
});

const tidewater = sampleArticles().filter(
  ({ access, path }) => access === 'metered' && path.startsWith('/tidewater/'),
);
const paths = tidewater.map(({ path }) => path);
const endOf = (path: string): string =>
  lastWords(tidewater.find((article) => article.path === path)?.blocks ?? []);

const begin = () =>
  startGatefold({
    run: ['config/start.mjs'],
    settings: { LOG_LEVEL: 'warn', SMTP_URL: mail.url, MAIL_FROM: 'The Reading Room <room@example.org>' },
  });

const newReader = async (): Promise<Page> => {
  const { context } = await watchedContext(browser, { locale: 'en-GB' });
  return context.newPage();
};

/** The link in the newest mail to that address. */
const mailedLink = async (address: string): Promise<string> => {
  const find = () => mail.got.findLast(({ to }) => to.includes(address))?.raw.replace(/=\r?\n/g, '');
  await until(() => find() !== undefined, `a mail to ${address}`);
  const link = /http:\S+\/-\/sign-in\/link\?link=(?:3D)?[\w-]+/.exec(find() ?? '')?.[0];
  return (link ?? '').replace('link=3D', 'link=');
};

const signInByLink = async (page: Page, site: string, address: string): Promise<void> => {
  await page.goto(`${site}/-/sign-in`);
  await page.getByLabel(/email/i).fill(address);
  await page.getByRole('button').click();
  await page.locator('input.code').waitFor();
  await page.goto(await mailedLink(address));
  await page.getByRole('button').first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/-/sign-in'));
};

describe('a subscriber’s whole way', () => {
  let gatefold: GatefoldProcess;
  let payer: Page;
  let second: Page;
  let stopped: string;
  const email = 'ada.reader@example.org';

  beforeAll(async () => {
    gatefold = await begin();
    [payer, second] = await Promise.all([newReader(), newReader()]);
  });
  afterAll(() => gatefold?.stop());

  test('out of free reads, a reader pays and is back on the article, in full', async () => {
    stopped = await readToThePrompt(payer, gatefold.url, paths);
    expect(await words(payer)).not.toContain(endOf(stopped));
    await choosePlan(payer, 'The Tidewater Review');
    expect(await accessFaults(payer)).toEqual([]);
    await payWith(payer, cards.works, email);
    await payer.waitForURL(gatefold.url + stopped);
    expect(await words(payer)).toContain(endOf(stopped));
    expect(await payer.getByText(previewLine, { exact: true }).count()).toBe(0);
    expect(await open(payer, gatefold.url + stopped)).toBe('full; reason=subscription');
  });

  test('the account says what is paid for, and asks for the address to be confirmed', async () => {
    await payer.goto(`${gatefold.url}/-/account`);
    expect(await words(payer)).toContain('Renews on');
    expect(await payer.getByLabel(/email/i).inputValue()).toBe(email);
    expect(await accessFaults(payer)).toEqual([]);
    await shoot(payer, 'subscriber-account-unproved');
  });

  test('a second browser signs in by mail and reads, and the one that paid goes on reading', async () => {
    expect(await open(second, gatefold.url + stopped)).toMatch(/^full; reason=free-read/);
    await signInByLink(second, gatefold.url, email);
    for (const path of paths)
      expect(await open(second, gatefold.url + path)).toBe('full; reason=subscription');
    expect(await open(payer, gatefold.url + stopped)).toBe('full; reason=subscription');
  });

  test('cancelled in the portal, it can be read until its end and no longer', async () => {
    await second.goto(`${gatefold.url}/-/account`);
    await shoot(second, 'subscriber-account');
    await second.getByRole('button', { name: 'Cancel', exact: true }).click();
    await second.getByRole('button', { name: 'Cancel the subscription' }).click();
    await second.waitForURL(/\/-\/account/);
    expect(await words(second)).toContain('you can read until then and nothing more is charged');
    expect(await open(second, gatefold.url + stopped)).toBe('full; reason=subscription');
    const operator = await newReader();
    await moveClock(operator, gatefold.url, '1 week', '1 week');
    expect(await open(second, gatefold.url + stopped)).toBe('full; reason=subscription');
    await moveClock(operator, gatefold.url, '1 month');
    await second.goto(`${gatefold.url}/-/account`);
    expect(await words(second)).not.toContain('Renews on');
    const ended = await readToThePrompt(second, gatefold.url, paths);
    expect(await words(second)).not.toContain(endOf(ended));
    expect(gatefold.printed()).not.toContain(email);
  });
});

describe('cards that don’t simply work', () => {
  let gatefold: GatefoldProcess;
  beforeAll(async () => {
    gatefold = await begin();
  });
  afterAll(() => gatefold?.stop());

  test('a declined card says so, and another one is taken in its place', async () => {
    const reader = await newReader();
    const stopped = await readToThePrompt(reader, gatefold.url, paths);
    await choosePlan(reader, 'The Tidewater Review');
    await payWith(reader, cards.declined, 'declined@example.org');
    await reader
      .getByText(/declined/i)
      .first()
      .waitFor();
    await shoot(reader, 'subscriber-declined');
    await payWith(reader, cards.works);
    await reader.waitForURL(gatefold.url + stopped);
    expect(await open(reader, gatefold.url + stopped)).toBe('full; reason=subscription');
  });

  test('a bank that asks and gets no yes opens nothing; with a yes the article opens', async () => {
    const reader = await newReader();
    const stopped = await readToThePrompt(reader, gatefold.url, paths);
    await choosePlan(reader, 'The Tidewater Review');
    await payWith(reader, cards.asksTheBank, 'bank@example.org');
    await reader.getByRole('button', { name: 'Fail authentication' }).click();
    await reader.waitForURL(/\/-\/sandbox\/checkout\//);
    const other = await reader.context().newPage();
    expect(await open(other, gatefold.url + stopped)).toMatch(/^preview/);
    await payWith(reader, cards.asksTheBank, 'bank@example.org');
    await reader.getByRole('button', { name: 'Complete authentication' }).click();
    await reader.waitForURL(gatefold.url + stopped);
    expect(await open(reader, gatefold.url + stopped)).toBe('full; reason=subscription');
  });

  test('a renewal that fails leaves grace with a banner; a mended card takes it away', async () => {
    const reader = await newReader();
    const stopped = await readToThePrompt(reader, gatefold.url, paths);
    await choosePlan(reader, 'Everything, by the month');
    await payWith(reader, cards.failsLater, 'late@example.org');
    await reader.waitForURL(gatefold.url + stopped);
    expect(await open(reader, gatefold.url + stopped)).toBe('full; reason=subscription');
    const operator = await newReader();
    await moveClock(operator, gatefold.url, '1 week', '1 week', '1 day');
    await until(async () => {
      await open(reader, gatefold.url + stopped);
      return (await words(reader)).includes('Your last payment failed');
    }, 'the banner of the grace');
    expect(await words(reader)).toContain(endOf(stopped));
    expect(await accessFaults(reader)).toEqual([]);
    await shoot(reader, 'subscriber-grace');
    await reader.getByRole('link', { name: /update (your )?card/i }).click();
    await reader.waitForURL(/\/-\/account/);
    await shoot(reader, 'subscriber-account-past-due');
    await reader
      .getByRole('button', { name: /update (your )?card/i })
      .first()
      .click();
    await reader.getByLabel(cards.works).check();
    await reader.getByRole('button', { name: 'Save the card' }).click();
    await reader.waitForURL(/\/-\/account/);
    // Stripe's news of what happened meanwhile takes its time in reality, while the clock has jumped.
    const isPaidFor = async (): Promise<boolean> => {
      const answer = await open(reader, gatefold.url + stopped);
      return (
        answer === 'full; reason=subscription' && !(await words(reader)).includes('Your last payment failed')
      );
    };
    await moveClock(operator, gatefold.url, '1 week');
    await until(isPaidFor, 'the banner to go');
    await moveClock(operator, gatefold.url, '1 month');
    await until(isPaidFor, 'the renewal to arrive');
  });
});
