/** The twelve pages that readers see, and how a reader comes to each. Their pictures are in `references/`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { cards, payWith } from '../support/buying-pages.ts';
import { projectRoot } from '../support/gatefold-process.ts';
import { signInByMail } from '../support/reading-pages.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { viewKinds } from '../support/view-kinds.ts';
import { pathOf, startOwnSite, viewPolicy } from '../support/view-sites.ts';

export interface ReaderPage {
  /** Of its pictures. */
  readonly name: string;
  /** As somebody new, in a browser of their own. */
  readonly arrive: (page: Page, sites: Sites) => Promise<unknown>;
}

export interface Sites {
  /** A small reading site: a folder of Markdown. */
  readonly folder: string;
  /** Somebody's own site, whose articles have no body that can be found. */
  readonly own: string;
}

const article = '/harbour/the-pilots-of-the-outer-bank';
const another = '/harbour/a-rope-and-its-other-end';
const email = 'ada.reader@example.org';

export const readerPages: readonly ReaderPage[] = [
  { name: 'front', arrive: (page, { folder }) => page.goto(`${folder}/`) },
  { name: 'free-read', arrive: (page, { folder }) => page.goto(folder + article) },
  {
    name: 'preview',
    arrive: async (page, { folder }) => {
      await page.goto(folder + another);
      await page.goto(folder + article);
    },
  },
  { name: 'registration', arrive: (page, { folder }) => page.goto(`${folder}/lantern/how-to-carry-fire`) },
  {
    name: 'right-to-left',
    arrive: (page, { folder }) => page.goto(`${folder}/lantern/the-mending-of-lamps`),
  },
  {
    name: 'amp',
    arrive: async (page, { folder }) => {
      // What AMP's own script does, which is on another machine.
      await page.route(/^https:\/\/cdn\.ampproject\.org\//, (route) =>
        route.fulfill({ contentType: 'text/javascript', body: 'document.body.style.animation = "none"' }),
      );
      await page.goto(folder + another);
      await page.goto(`${folder}${article}/amp`);
    },
  },
  {
    name: 'withheld',
    arrive: async (page, { own }) => page.goto(own + pathOf(withoutBody, 'en')),
  },
  {
    name: 'subscribe',
    arrive: (page, { folder }) => page.goto(`${folder}/-/subscribe?return=${encodeURIComponent(article)}`),
  },
  { name: 'sign-in', arrive: (page, { folder }) => page.goto(`${folder}/-/sign-in`) },
  {
    name: 'code',
    arrive: async (page, { folder }) => {
      await page.goto(`${folder}/-/sign-in`);
      await page.getByLabel(/email/i).fill(email);
      await page.getByRole('button').click();
      await page.locator('input.code').waitFor();
    },
  },
  {
    name: 'account',
    arrive: async (page, { folder }) => {
      await page.goto(`${folder}/-/sign-in`);
      await signInByMail(page, page.context(), { site: folder, email, target: '/' });
      await page.goto(`${folder}/lantern/the-mending-of-lamps`);
      await page.locator('gatefold-prompt a[slot=subscribe]').click();
      await page.getByRole('button', { name: /Everything, by the year/ }).click();
      await page.waitForURL(/\/-\/sandbox\/checkout\//);
      await payWith(page, cards.works);
      await page.waitForURL(`${folder}/lantern/the-mending-of-lamps`);
      await page.goto(`${folder}/-/account`);
    },
  },
  { name: 'error', arrive: (page, { folder }) => page.goto(`${folder}/-/nothing-here`) },
];

const withoutBody = viewKinds.uncuttable[0]!;

export interface OpenSites extends Sites {
  stop(): Promise<void>;
}

/** Both stand still at one moment, so that every date on them is the same each time. */
export const openSites = async (): Promise<OpenSites> => {
  const here = join(projectRoot, 'tests/pictures');
  const ownSite = await startOwnSite();
  const folder = await startGateway({
    contentDir: join(here, 'site'),
    policy: readFileSync(join(here, 'policy.yaml'), 'utf8'),
  });
  const own = await startGateway({ ...ownSite.source, policy: viewPolicy });
  await readSome(own);
  return {
    folder: folder.url,
    own: own.url,
    stop: async () => {
      await folder.stop();
      await own.stop();
      await ownSite.stop();
    },
  };
};

/** What is known of a site that was read before: its cards. */
const readSome = async (own: RunningGateway): Promise<void> => {
  for (const [kind] of [viewKinds.locked, viewKinds.prefetch, viewKinds.open])
    if (kind) for (const language of ['en', 'ar'] as const) await own.ask(pathOf(kind, language));
};

/** A reader whom nobody has met. */
export const newReader = async (browser: Browser): Promise<{ context: BrowserContext; page: Page }> => {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'UTC',
    deviceScaleFactor: 1,
    userAgent:
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  });
  return { context, page: await context.newPage() };
};
