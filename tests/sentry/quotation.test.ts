/** That a page may share phrases and a quotation with an article, and no more of it, however it is cut up. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ArticleId } from '../../src/article/article.ts';
import { GUARANTEED_UNITS, RUN_UNITS } from '../../src/sentry/fingerprints.ts';
import { isQuotation, longestQuotation } from '../../src/sentry/quotation.ts';

const article = '/news/a' as ArticleId;

/** What is found of a copied stretch: passages at most a window apart. */
const stretch = (begin: number, units: number, steps: readonly number[]) => {
  const found = [{ article, position: begin }];
  let position = begin;
  for (const step of steps) {
    position += step;
    if (position + RUN_UNITS > begin + units) break;
    found.push({ article, position });
  }
  return found;
};

const steps = fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1_000, maxLength: 1_000 });

describe('what a page with a text of its own may hold of an article', () => {
  test('phrases, however many', () => {
    const phrases = Array.from({ length: 500 }, (_, place) => stretch(place * 100, 40, [4, 4]));
    expect(isQuotation(phrases.flat())).toBe(true);
  });

  test('a quotation, and no stretch much longer', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.integer({ min: RUN_UNITS, max: 600 }), steps, (begin, units, apart) => {
        const verdict = isQuotation(stretch(begin, units, apart));
        if (units <= longestQuotation) expect(verdict).toBe(true);
        if (units > longestQuotation + 15) expect(verdict).toBe(false);
      }),
    );
  });

  test('not the whole article in short pieces, in any order', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          Array.from({ length: 20 }, (_, place) => place * 100),
          { minLength: 5 },
        ),
        fc.integer({ min: GUARANTEED_UNITS + 15, max: 90 }),
        steps,
        (begins, units, apart) => {
          expect(isQuotation(begins.flatMap((begin) => stretch(begin, units, apart)))).toBe(false);
        },
      ),
    );
  });
});
