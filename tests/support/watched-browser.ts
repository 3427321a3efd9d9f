/** A real Chromium in which nothing goes unnoticed: no console error, no failed script, no request to another machine. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { patienceMs } from './patience.ts';

/**
 * Everything that is waited for in it is waited for with the tests' patience.
 * @param more further switches of Chromium's
 * @param env its environment; this process's own unless told otherwise
 */
export const launchBrowser = async (
  more: readonly string[] = [],
  env?: Readonly<Record<string, string | undefined>>,
): Promise<Browser> => {
  const browser = await launched({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    timeout: patienceMs / tries,
    ...(env === undefined ? {} : { env }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...more,
    ],
  });
  const newContext = browser.newContext.bind(browser);
  const newPage = browser.newPage.bind(browser);
  browser.newContext = async (options) => patient(await newContext(options));
  browser.newPage = async (options) => patient(await newPage(options));
  return browser;
};

/** A Chromium that is started beside others sometimes never says that it is there; the next one does. */
const tries = 3;

const launched = async (
  options: Parameters<typeof chromium.launch>[0],
  left = tries - 1,
): Promise<Browser> => {
  try {
    return await chromium.launch(options);
  } catch (error) {
    if (left === 0) throw error;
    return launched(options, left - 1);
  }
};

const patient = <Opened extends Page | BrowserContext>(opened: Opened): Opened => {
  opened.setDefaultTimeout(patienceMs);
  opened.setDefaultNavigationTimeout(patienceMs);
  return opened;
};

export interface WatchedContext {
  readonly context: BrowserContext;
  newPage(): Promise<Page>;
  /** What went wrong so far, in words; asking empties it. */
  troubles(): readonly string[];
}

/** A browser profile of its own: nothing is shared with another one. */
export const watchedContext = async (
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<WatchedContext> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const troubles: string[] = [];
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.hostname !== '127.0.0.1')
      troubles.push(`asked another machine: ${url.href}`);
  });
  context.on('console', (message) => {
    // A page that is itself an error page is announced here by the browser, not by the page.
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (/the server responded with a status of (400|404|502)/.test(message.text())) return;
    troubles.push(`${message.type()} on ${message.page()?.url()}: ${message.text()}`);
  });
  context.on('weberror', (error) => troubles.push(`failed: ${String(error.error())}`));
  return { context, newPage: () => context.newPage(), troubles: () => troubles.splice(0) };
};

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact?: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds serious or critical on the page, in words. */
export const accessFaults = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe);
  const violations = await page.evaluate(async (): Promise<Violation[]> => {
    const { axe: runner } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: Violation[] }> };
    };
    return (await runner.run()).violations;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes: [first] }) =>
        `${page.url()} ${id}: ${first?.html.slice(0, 200)} ${first?.failureSummary ?? ''}`,
    );
};

const folder = process.env.GATEFOLD_SHOTS;

/** Keeps pictures of the whole page at both widths in the folder that GATEFOLD_SHOTS names; does nothing without it. */
export const shoot = async (page: Page, name: string): Promise<void> => {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const before = page.viewportSize() ?? { width: 1280, height: 900 };
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await seeAll(page);
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize(before);
};

/** Pictures that load when they come into view have to come into view once. */
const seeAll = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  });
