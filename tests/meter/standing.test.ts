/** What a reader is told they have left is never nonsense. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { MeterReading } from '../../src/meter/meter-store.ts';
import { standingAfter } from '../../src/meter/standing.ts';
import type { MeterId } from '../../src/policy/policy.ts';

const meter = 'monthly' as MeterId;
const reading = (outcome: MeterReading['outcome'], used: number): MeterReading => ({
  outcome,
  used,
  resetsAt: 7,
});

test('left is never below none nor above the allowance, whatever was used', () => {
  const outcome = fc.constantFrom('charged', 'known', 'available', 'exhausted', 'network-exhausted');
  fc.assert(
    fc.property(
      outcome,
      fc.nat(50),
      fc.integer({ min: -3, max: 50 }),
      fc.boolean(),
      (kind, used, allowance, counting) => {
        const { left, of } = standingAfter(meter, reading(kind, used), allowance, counting);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBeLessThanOrEqual(of);
      },
    ),
  );
});

test('what is left counts down by one for each article charged', () => {
  const left = [1, 2, 3].map((used) => standingAfter(meter, reading('charged', used), 3, true).left);
  expect(left).toEqual([2, 1, 0]);
});

test('a HEAD tells what its GET would leave; a prefetch that gets no article uses up nothing', () => {
  expect(standingAfter(meter, reading('available', 0), 3, true).left).toBe(2);
  expect(standingAfter(meter, reading('available', 0), 3, false).left).toBe(3);
});

test('a lowered allowance shows as none left', () => {
  expect(standingAfter(meter, reading('known', 9), 3, true)).toEqual({ meter, left: 0, of: 3, resetsAt: 7 });
});
