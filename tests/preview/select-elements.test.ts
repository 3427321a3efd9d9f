/** That a selector finds what CSS says, and that none takes out of all proportion long, whatever the page. */
import { describe, expect, test } from '@jest/globals';
import { selectAll } from 'css-select';
import type { AnyNode, Element } from 'domhandler';
import fc from 'fast-check';
import { parsePage } from '../../src/article/parse-page.ts';
import type { ParsedPage } from '../../src/article/parsed-page.ts';
import { selectElements, selectorWorkFor } from '../../src/preview/select-elements.ts';
import { cut, partsOf, sentBytes } from './page-checks.ts';

const page = (body: string): ParsedPage => parsePage(`<!doctype html><html><body>${body}</body></html>`);

/** Where the elements that were found stand in the source. */
const places = (elements: readonly Element[] | string) =>
  typeof elements === 'string'
    ? elements
    : elements.map(({ sourceCodeLocation }) => sourceCodeLocation?.startOffset);

const found = (on: ParsedPage, selector: string) => places(selectElements(on, selector, selectorWorkFor(on)));

const plainly = (on: ParsedPage, selector: string) =>
  places(selectAll<AnyNode, Element>(selector, on.document.children as AnyNode[]));

test('what is found is what CSS says', () => {
  const html = fc
    .array(
      fc.constantFrom(
        ...['<div class="a">', '<p class="b">', '<section id="x" lang="de">', '<b>', 'words', '<br>'],
        ...['</div>', '</p>', '</section>', '</b>', '<i data-n="1 2"></i>', '<!--more-->'],
      ),
      { maxLength: 30 },
    )
    .map((parts) => page(parts.join('')));
  const compound = fc.constantFrom(
    ...['div', '.a', '#x', '*', 'p.b', '[data-n~="1"]', 'i:empty', ':first-child', ':nth-child(2n+1)'],
    ...[':not(.a)', 'div:has(> p)', ':is(p, b)', ':last-of-type', ':contains("words")', ':lang(de)'],
  );
  const selector = fc
    .tuple(compound, fc.constantFrom(' ', ' > ', ' ~ ', ' + ', ', '), compound)
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(html, selector, (on, wanted) => {
      expect(found(on, wanted)).toEqual(plainly(on, wanted));
    }),
    { numRuns: 500 },
  );
});

const deep = page(`${'<div>'.repeat(400)}${'<div>x</div>'.repeat(4000)}`);
const flat = page('<p>x</p>'.repeat(8000));
const wordy = page('<b>'.repeat(400) + 'x'.repeat(500_000));
const pages = { deep, flat, wordy };

describe('ordinary selectors have work enough', () => {
  test.each([
    '.article-body',
    'main article .entry-content p',
    'body > div',
    'p:first-of-type',
    '#content, .story',
  ])('%s', (selector) => {
    for (const on of [deep, flat]) expect(found(on, selector)).toEqual(plainly(on, selector));
  });

  test('thirty of them that find nothing, too', () => {
    const work = selectorWorkFor(flat);
    for (let index = 0; index < 30; index += 1) {
      expect(places(selectElements(flat, `.missing-${index}`, work))).toEqual([]);
    }
  });
});

describe('a selector that takes too long is given up', () => {
  test.each([
    ['a chain of descendants', 'deep', `.none ${'div '.repeat(12)}div`],
    ['neighbours of neighbours', 'flat', '.none ~ p ~ p ~ p ~ p'],
    ['counted neighbours', 'flat', 'p:nth-last-of-type(77777)'],
    ['what holds something', 'deep', 'div:has(div:has(div:has(div:has(.none))))'],
    ['texts', 'wordy', ':contains("x")'],
  ] as const)('%s', (_, name, selector) => {
    const on = pages[name];
    const work = selectorWorkFor(on);
    const allowed = work.left;
    expect(places(selectElements(on, selector, work))).toBe('too-much');
    // Not one step more than allowed, but for the one that was too much.
    expect(work.left).toBeLessThan(0);
    expect(work.left).toBeGreaterThan(-allowed);
  });

  test('and leaves nothing for those after it, so that a page with many of them costs no more', () => {
    const work = selectorWorkFor(deep);
    selectElements(deep, `.none ${'div '.repeat(12)}div`, work);
    expect(places(selectElements(deep, 'div', work))).toBe('too-much');
  });
});

const hostile = `${'<div>'.repeat(400)}<article id="story"><p>${'Withheld words. '.repeat(40)}</p></article>${'<div>x</div>'.repeat(4000)}`;

test('a page whose body can’t be found in time is withheld whole, and the selector is named', () => {
  const slow = `.none ${'div '.repeat(12)}div`;
  const result = cut(`<!doctype html><html><body>${hostile}</body></html>`, {
    bodySelectors: [slow, '#story'],
  });
  expect(result.kind).toBe('no-body');
  expect(result.unusableSelectors).toEqual([slow]);
  expect(sentBytes(result)).not.toContain('Withheld words');
});

test('an article whose mark can’t be found in time is cut at its beginning', () => {
  const fallback = { by: 'characters', count: 100, ending: 'exact' } as const;
  const marker = `.none ${'div '.repeat(12)}div`;
  const result = cut(`<!doctype html><html><body>${hostile}</body></html>`, {
    cutoff: { by: 'marker', marker, fallback },
  });
  expect(partsOf(result).previewText).toBe('');
});
