/** An origin is never asked more than the policy says, less when it says so, and not at all while it is down. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createManners } from '../../../src/sentry/learn/manners.ts';

/** When each of `count` questions is put, by somebody who asks as soon as may be. */
const askedTimes = (manners: ReturnType<typeof createManners>, count: number, from = 0): number[] => {
  let now = from;
  return Array.from({ length: count }, () => {
    now = Math.max(now, manners.freeAt());
    manners.asked(now);
    return now;
  });
};

test('no second has more questions than the policy allows, after a rest neither', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 100_000 }), (perSecond, from) => {
      const times = askedTimes(
        createManners(() => perSecond),
        200,
        from,
      );
      for (const [index, time] of times.entries()) {
        const before = times[index - perSecond];
        if (before !== undefined) expect(time - before).toBeGreaterThanOrEqual(1000 - 1e-6);
      }
    }),
  );
});

test('a policy of more a second is obeyed from the next question on', () => {
  let perSecond = 1;
  const manners = createManners(() => perSecond);
  askedTimes(manners, 1);
  perSecond = 10;
  const [second = 0, third = 0] = askedTimes(manners, 2);
  expect(third - second).toBe(100);
});

test('nobody who needn’t be spared is', () => {
  expect(
    askedTimes(
      createManners(() => Number.POSITIVE_INFINITY),
      3,
    ),
  ).toEqual([0, 0, 0]);
});

describe('an origin that asks for less', () => {
  test('is left alone for as long as it says, and asked half as hard from then on', () => {
    const manners = createManners(() => 10);
    manners.answered();
    manners.asked(0);
    manners.busy(0, 17_000);
    const [first = 0, second = 0] = askedTimes(manners, 2);
    expect([first, second - first]).toEqual([17_000, 200]);
  });

  test('is left alone longer each time when it doesn’t say for how long, and never for more than an hour', () => {
    const manners = createManners(() => 10);
    manners.answered();
    const rests = Array.from({ length: 9 }, () => {
      const now = Math.max(0, manners.freeAt());
      manners.busy(now);
      return (manners.freeAt() - now) / 1000;
    });
    expect(rests).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
  });

  test('says it once, however many questions were under way', () => {
    const manners = createManners(() => 10);
    manners.answered();
    for (let n = 0; n < 4; n += 1) manners.busy(0);
    expect(manners.freeAt()).toBe(30_000);
  });

  test('has its pace back after some hundred answers', () => {
    const manners = createManners(() => 10);
    manners.busy(0, 1000);
    for (let n = 0; n < 200; n += 1) manners.answered();
    const [first = 0, second = 0] = askedTimes(manners, 2);
    expect(second - first).toBe(100);
  });
});

describe('an origin that fails', () => {
  test('is left alone once several questions in a row came to nothing: single pages may fail by themselves', () => {
    const manners = createManners(() => 1000);
    manners.answered();
    manners.failed(0);
    manners.failed(0);
    expect(manners.freeAt()).toBeLessThan(1000);
    manners.failed(0);
    expect(manners.freeAt()).toBe(5000);
    manners.failed(5000);
    expect(manners.freeAt()).toBe(15_000);
  });

  test('is hopeless after ten in a row, and at once when it never answered', () => {
    const manners = createManners(() => 10);
    manners.answered();
    for (let n = 0; n < 9; n += 1) manners.failed(n);
    expect(manners.isHopeless()).toBe(false);
    manners.failed(9);
    expect(manners.isHopeless()).toBe(true);
    manners.answered();
    expect(manners.isHopeless()).toBe(false);
    const never = createManners(() => 10);
    for (let n = 0; n < 3; n += 1) never.failed(n);
    expect(never.isHopeless()).toBe(true);
  });
});
