/** What a refetch changed, in the words of the report. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { driftBetween, sameRights } from '../../src/billing/drift.ts';
import { createSeenFilter } from '../../src/billing/seen-filter.ts';
import type { Entitlement } from '../../src/entitlements/entitlement.ts';
import type { ReaderId } from '../../src/readers/reader.ts';
import { dayMs, noon } from './customer-facts.ts';

const right = (facts: object = {}): Entitlement =>
  ({
    id: 'cus_1/sub_1/all',
    product: 'all',
    source: 'subscription',
    startsAt: noon - dayMs,
    endsAt: noon + dayMs,
    ...facts,
  }) as Entitlement;

const one = 'one' as ReaderId;
const two = 'two' as ReaderId;
const drift = (before: readonly Entitlement[], after: readonly Entitlement[]) =>
  driftBetween(new Map([[one, before]]), new Map([[one, after]]), noon);

describe('drift', () => {
  test('is none where nothing that counts differs', () => {
    expect(drift([], [])).toEqual([]);
    expect(drift([right()], [right()])).toEqual([]);
    const ended = right({ id: 'cus_1/sub_0/all', endsAt: noon });
    expect(drift([right(), ended], [right()])).toEqual([]);
    expect(drift([right({ startsAt: noon - 9 })], [right({ startsAt: noon })])).toEqual([]);
  });

  test('is told by what it did to the reader', () => {
    expect(drift([], [right()])).toEqual(['paid-but-stopped']);
    expect(drift([right({ endsAt: noon })], [right()])).toEqual(['paid-but-stopped']);
    expect(drift([right()], [])).toEqual(['not-paid-but-let-in']);
    expect(drift([right()], [right({ endsAt: noon + 1 })])).toEqual(['other-dates']);
    expect(drift([right()], [right({ paymentDue: true })])).toEqual(['other-dates']);
    expect(drift([], [right({ startsAt: noon + 1 })])).toEqual(['other-dates']);
  });

  test('is looked at by product and by reader: a customer that changed hands shows both', () => {
    const puzzles = right({ id: 'cus_1/sub_1/puzzles', product: 'puzzles' });
    expect(drift([right()], [puzzles])).toEqual(['not-paid-but-let-in', 'paid-but-stopped']);
    const before = new Map([[one, [right()]]]);
    const after = new Map([[two, [right()]]]);
    expect(driftBetween(before, after, noon)).toEqual(['not-paid-but-let-in', 'paid-but-stopped']);
  });

  test('the same rights are the same in any order', () => {
    const rights = fc.uniqueArray(
      fc
        .record({ id: fc.integer(), startsAt: fc.integer(), endsAt: fc.integer() })
        .map(({ id, ...facts }) => right({ id: `cus_1/sub_${id}/all`, ...facts })),
      { selector: ({ id }) => id },
    );
    fc.assert(fc.property(rights, (list) => sameRights(list, list.toReversed(), noon)));
    fc.assert(fc.property(rights, (list) => list.length === 0 || !sameRights(list, list.slice(1), noon)));
  });
});

test('a seen filter never forgets, and hardly ever makes something up', () => {
  const filter = createSeenFilter();
  const id = (n: number): string => `cus_${n.toString(36)}`;
  for (let n = 0; n < 20_000; n += 1) filter.add(id(n));
  const numbers = Array.from({ length: 20_000 }, (_, n) => n);
  expect(numbers.every((n) => filter.has(id(n)))).toBe(true);
  expect(numbers.filter((n) => filter.has(id(n + 1_000_000)))).toEqual([]);
});
