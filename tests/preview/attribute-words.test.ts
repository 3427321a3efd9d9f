/** What an article says in attributes beyond its cut is found, and what it says before the cut is public. */
import { expect, test } from '@jest/globals';
import { parsePage } from '../../src/article/parse-page.ts';
import { attributeWordsIn } from '../../src/preview/attribute-words.ts';
import { expectLinear } from '../support/counted-work.ts';

const wordsOf = (before: string, after: string): readonly string[] => {
  const html = `<!doctype html>${before}<hr>${after}`;
  const beyond = { start: html.indexOf('<hr>'), end: html.length };
  return attributeWordsIn(parsePage(html), beyond).split('\n').filter(Boolean);
};

test('descriptions, titles and labels are what an article says', () => {
  const after = `<img alt="A lamp\n in the seventh window"><table summary="Prices of tar by the year"></table>
<a title="Where the key was found" href="/x"><i aria-label="The keeper at his desk"></i></a><track label="Spoken by the lock keeper">`;
  expect(wordsOf('', after)).toEqual([
    'A lamp in the seventh window',
    'Prices of tar by the year',
    'Where the key was found',
    'The keeper at his desk',
    'Spoken by the lock keeper',
  ]);
});

test('what isn’t said is left: addresses, classes, and what is too short to be known again', () => {
  expect(
    wordsOf('', '<img src="/a/long/address/of/a/picture.png" class="one two three four" alt="A lamp">'),
  ).toEqual([]);
});

test.each([
  '<img alt="A lamp in the window">',
  '<meta property="og:image:alt" content="A lamp in the window">',
])('what stands before the cut too is public: %s', (before) => {
  expect(wordsOf(before, '<img alt="A lamp in the window">')).toEqual([]);
});

test('in work by the length', () => {
  const page = (count: number) =>
    parsePage('<img alt="A lamp in the window" title="of the tower">'.repeat(count));
  const pages = new Map([250, 1_000].map((count) => [count, page(count)]));
  expectLinear((count) => attributeWordsIn(pages.get(count) ?? page(count), { start: 100, end: 1e6 }), 250);
});
