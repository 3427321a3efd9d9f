/** Cover art: the same for ever for one article, another for another, and a sound drawing always. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { coverArt } from '../../src/origin/folder/cover-art.ts';

const character = fc.constantFrom('tidal' as const, 'lamplit' as const);

test('an article’s art depends on its address alone', () => {
  fc.assert(
    fc.property(character, fc.string(), (kind, seed) => {
      expect(coverArt(kind, seed)).toBe(coverArt(kind, seed));
    }),
    { numRuns: 20 },
  );
});

test('different articles get different art', () => {
  for (const kind of ['tidal', 'lamplit'] as const) {
    const drawn = Array.from({ length: 50 }, (_, index) => coverArt(kind, `review/article-${index}`));
    expect(new Set(drawn).size).toBe(50);
  }
});

test('no drawing holds a number that isn’t one, or more than twenty kilobytes', () => {
  fc.assert(
    fc.property(character, fc.string(), (kind, seed) => {
      const svg = coverArt(kind, seed);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      expect(svg.length).toBeLessThan(20_000);
    }),
    { numRuns: 100 },
  );
});
