/** The look at a page that the tests of what readers see rest on: it finds what can't be seen, however that came about. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { renderNotice } from '../../src/pages/notice.tsx';
import { renderPrompt } from '../../src/pages/prompt.tsx';
import { looks, seenFaults } from '../support/seen-by-readers.ts';
import { launchBrowser } from '../support/watched-browser.ts';
import { opened } from './browser.ts';
import { card, english, noticeFacts, promptFacts } from './example-facts.ts';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  page = await opened(browser, html);
});
afterAll(() => browser?.close());

const spoken = card({
  excerpt: 'Long before the first light the pilots walk down to the quay. '.repeat(4).trim(),
});
const cards = {
  moreFrom: { publication: 'Harbour Quarterly', cards: [spoken, spoken, spoken] },
  related: [spoken],
};
const plans = [{ name: 'Digital', priceText: '€9 a month', description: 'Every article' }];
const style = ':root{color-scheme:light dark}body{margin:0}main{max-width:42rem;margin:0 auto;padding:1rem}';
const html = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>A</title><style>${style}</style>
  <main><h1>Title</h1><div class="article-body">${renderNotice(noticeFacts(2), english)}<p>Own words.</p>
  ${renderPrompt(promptFacts({ cards, plans }), english)}</div></main><footer>The end.</footer></html>`;

const wanted = ['.why', '.gatefold-card h3', '[slot=subscribe]'];
const { narrowLight, wideDark } = looks;

/** What is found while these rules stand in the prompt's own tree, or in the page. */
const faultsUnder = async (rules: { inside?: string; outside?: string }): Promise<string> => {
  await page.evaluate(({ inside = '', outside = '' }) => {
    const sheetOf = (text: string) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      return [sheet];
    };
    const root = document.querySelector('gatefold-prompt')?.shadowRoot;
    if (root) root.adoptedStyleSheets = sheetOf(inside);
    document.adoptedStyleSheets = sheetOf(outside);
  }, rules);
  return (await seenFaults(page, [narrowLight, wideDark], wanted)).join('\n');
};

test('on a page as it should be nothing is found', async () => {
  expect(await faultsUnder({})).toBe('');
});

describe('it is found', () => {
  const aPixel = 'display: block; width: 1px; height: 1px; margin-block-end: -1px';
  test.each([
    [
      'when cards get the looks of a mark of one pixel',
      `.gatefold-card-set { ${aPixel}; opacity: 0 }`,
      /opacity of 0/,
    ],
    [
      'when they are squeezed into it',
      `.gatefold-card-set { ${aPixel} }`,
      /broken in the middle of its words/,
    ],
    [
      'when they run out of the page below',
      `.gatefold-card-set { ${aPixel} }`,
      /the page is \d+ px high, and ends at/,
    ],
    ['when nothing is displayed', '.why { display: none }', /takes no room/],
    ['when it keeps its room alone', '.why { visibility: hidden }', /is hidden/],
    ['when it is nearly clear', '.frame { opacity: .3 } .sheet { opacity: .9 }', /opacity of 0\.27/],
    ['in the colour of its ground', '.why { color: var(--gf-background) }', /contrast of 1\.0/],
    [
      'in a colour that only its letters have',
      '.why { -webkit-text-fill-color: transparent }',
      /contrast of 1\.0/,
    ],
    ['as small as a dot', '.why { font-size: 1px }', /px high/],
    ['when it is drawn smaller than it is', '.why { transform: scale(.2) }', /px high/],
    ['in a box that hides the rest', '.sheet { height: 3em; overflow: hidden }', /clipped by section\.sheet/],
    [
      'in a box that has to be scrolled',
      '.sheet { height: 3em; overflow: auto }',
      /clipped by section\.sheet/,
    ],
    ['cut away by a shape', '.gatefold-card h3 { clip-path: inset(50%) }', /clipped by h3/],
    ['behind a filter', '.why { filter: opacity(0) }', /filter or a mask of p\.why/],
    ['behind a mask', '.why { mask-image: linear-gradient(transparent, transparent) }', /filter or a mask/],
    ['left of the page', '.why { position: absolute; left: -9999px }', /outside of the page/],
    ['by its first line left of the page', '.why { text-indent: -9999px }', /outside of the page/],
    [
      'under something else',
      '.sheet::after { content: ""; position: absolute; inset: 0; background: var(--gf-background) }',
      /covered by section\.sheet/,
    ],
    ['behind its own ground', '.why { position: relative; z-index: -1 }', /covered by/],
    ['on other words', '.ways { margin-block-start: -3em }', /lies on/],
    ['after a hole', '.ways { margin-block-start: 600px }', /hole of 6\d\d px/],
    ['in a page that is too wide', '.frame { inline-size: 1500px; max-inline-size: none }', /px wide/],
  ])('%s', async (_, inside, fault) => {
    expect(await faultsUnder({ inside })).toMatch(fault);
  });

  test.each([
    [
      'when the page goes on after its footer',
      'html { padding-bottom: 3000px }',
      /the page is \d+ px high, and ends/,
    ],
    [
      'when the site’s own words are pushed out of sight',
      'h1 { position: absolute; top: -99px }',
      /in h1 is outside/,
    ],
    ['when the site’s footer is hidden', 'footer { visibility: hidden }', /in footer is hidden/],
    [
      'when something of the site’s lies over it',
      'main::after { content: ""; position: fixed; inset: 0; background: red }',
      /covered by main/,
    ],
    [
      'when the words stand below the footer',
      'body { display: flex; flex-direction: column-reverse }',
      /below the footer’s end/,
    ],
  ])('%s', async (_, outside, fault) => {
    expect(await faultsUnder({ outside })).toMatch(fault);
  });

  test('when a word has no place in the tree that shows it', async () => {
    const other = await opened(browser, html.replace('<p slot="line">', '<p slot="gone">'));
    const faults = await seenFaults(other, [narrowLight], wanted);
    expect(faults.join('\n')).toMatch(/has no place in gatefold-prompt/);
    await other.close();
  });

  test('when the page’s policy lets no style through', async () => {
    const policy = `<meta http-equiv="Content-Security-Policy" content="style-src 'none'">`;
    const other = await opened(browser, html.replace('<title>', `${policy}<title>`));
    const faults = await seenFaults(other, [narrowLight], wanted);
    expect(faults.join('\n')).toMatch(/a policy of the page stops a style of gatefold-prompt/);
    await other.close();
  });

  test('when a part isn’t there at all', async () => {
    expect((await seenFaults(page, [narrowLight], ['.more'])).join('\n')).toMatch(/there is no \.more/);
  });
});
