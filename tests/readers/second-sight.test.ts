/** What is remembered of texts that come once, and what of those that come again. */
import { describe, expect, test } from '@jest/globals';
import { createSecondSight } from '../../src/readers/second-sight.ts';

const cookieOf = (visitor: number): string =>
  `theme=dark; gf_visitor=network.${String(visitor).padStart(22, '0')}.${'s'.repeat(43 - 6)}${String(visitor).padStart(6, '0')}`;

describe('a second sight', () => {
  test('a text is new the first time and known the second', () => {
    const cameBefore = createSecondSight();
    expect(cameBefore(cookieOf(1))).toBe(false);
    expect(cameBefore(cookieOf(1))).toBe(true);
    expect(cameBefore('')).toBe(false);
    expect(cameBefore('')).toBe(true);
  });

  test('thousands that come once are hardly ever taken for known', () => {
    const cameBefore = createSecondSight();
    const mistaken = Array.from({ length: 20_000 }, (_, visitor) => cameBefore(cookieOf(visitor)));
    expect(mistaken.filter(Boolean).length).toBeLessThan(20);
  });
});
