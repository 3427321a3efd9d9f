/** Every kind of view of an article in a real browser: whatever the page says to a reader can be seen, and it ends at its footer. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Reason } from '../../src/gate/decision.ts';
import { type Look, looks, seenFaults } from '../support/seen-by-readers.ts';
import { needsNoStore, type ViewKind, viewKinds } from '../support/view-kinds.ts';
import { openViewScene, type ViewScene } from '../support/view-scene.ts';
import { makeFolderSite, pathOf, type SiteLanguage, startOwnSite } from '../support/view-sites.ts';
import { launchBrowser } from '../support/watched-browser.ts';

/** A slow machine is no fault. */
const patienceMs = 180_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, patienceMs);
afterAll(() => browser?.close());

interface Visit {
  readonly language: SiteLanguage;
  /** Among others of its publication, alone in one without cards, or in its AMP form. */
  readonly place: 'news' | 'alone' | 'amp';
  readonly looks: readonly Look[];
}

const { narrowLight, narrowDark, wideLight, wideDark } = looks;
const everyLook = [narrowLight, narrowDark, wideLight, wideDark];
/** Each width and each scheme once, the other way round in the other language. */
const halfOf = { en: [narrowLight, wideDark], ar: [narrowDark, wideLight] };

const visitsOnOwnSite = (kind: ViewKind, reason: Reason): readonly Visit[] => {
  if (kind.says === 'nothing') return [{ language: 'en', place: 'news', looks: halfOf.en }];
  const news = (['en', 'ar'] as const).map(
    (language) => ({ language, place: 'news', looks: everyLook }) as const,
  );
  const alone = { language: 'en', place: 'alone', looks: halfOf.en } as const;
  const amp = { language: 'ar', place: 'amp', looks: halfOf.ar } as const;
  if (kind.withoutBody) return [...news, alone];
  // Another form of an article that was just read is a reread.
  if (kind.says === 'notice') return reason === 'free-read' ? news : [...news, amp];
  return [...news, alone, amp];
};

/** The same words among the looks of our own site. */
const visitsOnFolder = (kind: ViewKind): readonly Visit[] => {
  const [left, right] = (['en', 'ar'] as const).map(
    (language) => ({ language, looks: halfOf[language] }) as const,
  );
  if (!left || !right) return [];
  if (kind.says === 'nothing') return [{ ...left, place: 'news' }];
  const news = [left, right].map((half) => ({ ...half, place: 'news' }) as const);
  if (kind.name !== 'locked') return news;
  return [...news, { ...left, place: 'alone' }, { ...left, place: 'amp' }, { ...right, place: 'amp' }];
};

const addressOf = (kind: ViewKind, { language, place }: Visit): string =>
  place === 'amp' ? `${pathOf(kind, language)}/amp` : pathOf(kind, language, place);

const cards = ['#gatefold-more-from', '.gatefold-card h3', '.gatefold-card-facts', '.gatefold-card-excerpt'];

/** What has to be there, whatever it says. */
const wantedOf = (kind: ViewKind, { place }: Visit, cardsOnFull: boolean): readonly string[] => {
  if (kind.says === 'nothing') return cardsOnFull ? cards : [];
  if (kind.says === 'notice') return place === 'amp' ? ['a'] : ['[slot=words]', 'a[slot]'];
  const plans = kind.withoutPlans ? [] : ['li b'];
  const inPlain = ['h2', 'p', 'a', 'small'];
  const inSheet = ['.publication', '.sheet h2', '.why', '.other-way', '[slot=line]', '[slot=subscribe]'];
  return [
    ...(place === 'amp' ? inPlain : [...inSheet, '[slot=sign-in]', '[slot=reference]']),
    ...plans,
    ...(place === 'alone' ? [] : cards),
  ];
};

const kinds = Object.entries(viewKinds)
  .flatMap(([reason, some]) => some.map((kind) => ({ reason: reason as Reason, kind })))
  .filter(({ kind }) => kind.says !== 'refusal')
  // The store doesn't come back.
  .sort((one, other) => Number(needsNoStore(one.kind)) - Number(needsNoStore(other.kind)));

describe.each([
  ['on somebody’s own site', startOwnSite, kinds, visitsOnOwnSite, false],
  // Its own pages always have a body.
  [
    'on a site made of a folder',
    makeFolderSite,
    kinds.filter(({ kind }) => !kind.withoutBody),
    visitsOnFolder,
    true,
  ],
] as const)('%s', (_, makeSite, here, visitsOf, cardsOnFull) => {
  let scene: ViewScene;
  beforeAll(async () => {
    scene = await openViewScene(browser, await makeSite());
  }, patienceMs);
  afterAll(() => scene?.stop(), patienceMs);

  test.each(here)(
    'all can be seen of what $kind.name says ($reason)',
    async ({ kind, reason }) => {
      const faults: string[] = [];
      for (const visit of visitsOf(kind, reason)) {
        const page = await scene.pageFor(kind, visit.language);
        const address = addressOf(kind, visit);
        const answer = await page.goto(scene.url + address);
        expect([address, answer?.headers()['gatefold-access']]).toEqual([
          address,
          expect.stringMatching(`^${kind.says === 'prompt' ? 'preview' : 'full'}; reason=${reason}(;|$)`),
        ]);
        const found = await seenFaults(page, visit.looks, wantedOf(kind, visit, cardsOnFull));
        faults.push(...found.map((fault) => `${address}, ${fault}`));
      }
      expect(faults.slice(0, 20)).toEqual([]);
    },
    patienceMs,
  );
});
