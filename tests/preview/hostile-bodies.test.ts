/** Whatever a body is made of, nothing after the cut leaves, and the page around it stays in one piece. */
import { describe, expect, test } from '@jest/globals';
import { parsePage } from '../../src/article/parse-page.ts';
import { workOf } from '../support/counted-work.ts';
import { HOSTILE_BODIES } from './hostile-bodies.ts';
import { characters, cut, expectWellFormed, partsOf, sentBytes } from './page-checks.ts';

const START =
  '<!doctype html>\n<html lang="en"><head><title>Harbour</title></head><body><nav id="page-start">Home</nav><main>';
const END = '<aside>Read next</aside></main><footer id="page-end">Imprint</footer></body></html>\n';

const pageWith = (body: string): string => `${START}<article id="story">${body}</article>${END}`;

describe('hostile bodies', () => {
  test('there are at least 60 of them', () => expect(HOSTILE_BODIES.length).toBeGreaterThanOrEqual(60));

  test.each(HOSTILE_BODIES)('nothing withheld leaves: $name', ({ body, swallows }) => {
    const html = pageWith(body);
    const result = cut(html);
    expect(sentBytes(result)).not.toContain('CANARY');
    expect(result.kind).toBe('parts');
    if (!swallows) expectWellFormed(html, result, { start: START, end: END });
  });

  test.each(HOSTILE_BODIES)('nothing leaves at any place of the cut: $name', ({ body }) => {
    const html = pageWith(body);
    for (const count of [0, 1, 5, 12, 25, 29]) {
      expect(sentBytes(cut(html, { cutoff: characters(count) }))).not.toContain('CANARY');
    }
  });

  test.each(HOSTILE_BODIES)(
    'the whole text is given when the cutoff reaches its end: $name',
    ({ body, hides }) => {
      const result = cut(pageWith(body), { cutoff: characters(1_000_000) });
      const parts = partsOf(result);
      expect(parts.complete).toBe(!hides);
      expect(parts.previewText).toBe(parts.fullText);
      if (hides) expect(sentBytes(result)).not.toContain('CANARY');
    },
  );
});

describe('bounds', () => {
  test.each<readonly [string, (count: number) => string]>([
    ['open elements', (count) => '<div>'.repeat(count)],
    ['open formatting elements', (count) => '<b>'.repeat(count)],
    ['nested lists', (count) => '<ul><li>'.repeat(count)],
    ['nested tables', (count) => '<table><tr><td>'.repeat(count)],
    [
      'open formatting elements, reopened in many paragraphs',
      (count) =>
        `<p>${Array.from({ length: 400 }, (_, index) => `<b id="${index}">`).join('')}</p>${'<p>x</p>'.repeat(count)}`,
    ],
  ])('more %s than any page has withhold the article, and ten times as many cost no more work', (_, body) => {
    const withheld = (count: number): void => {
      const result = cut(pageWith(`${body(count)}CANARY`));
      expect(result.kind).toBe('no-body');
      expect(sentBytes(result)).not.toContain('CANARY');
    };
    withheld(3_000);
    const some = workOf(() => withheld(3_000));
    expect(workOf(() => withheld(30_000))).toBeLessThan(1.5 * some);
  });

  test('a page that is too deep is still read for what its head says', () => {
    expect(parsePage(pageWith('<div>'.repeat(100_000))).whole).toBe(false);
  });
});
