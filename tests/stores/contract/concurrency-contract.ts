/** What every meter store guarantees when everybody comes at once. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MeterReading, MeterSubject } from '../../../src/meter/meter-store.ts';
import type { Stores } from '../../../src/stores/open-stores.ts';
import { article, askOf, freshSubject } from './meter-asks.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

const many = Array.from({ length: 500 }, (_, index) => index);

const tally = (readings: readonly MeterReading[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { outcome } of readings) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};

export function concurrencyContract(name: string, store: () => StoreUnderTest): void {
  describe(`everybody at once in ${name}`, () => {
    const instances = instancesOf(store);
    let one: Stores;
    let other: Stores;
    beforeAll(async () => {
      [one, other] = await Promise.all([instances.open(), instances.open()]);
    });
    afterAll(instances.closeAll);

    test('500 simultaneous first reads against an allowance of 3 give exactly 3', async () => {
      const who = freshSubject();
      const readings = await Promise.all(
        many.map((n) => one.meters.admit(askOf({ ...who, article: article(n) }))),
      );
      expect(tally(readings)).toEqual({ charged: 3, exhausted: 497 });
      expect(await one.meters.reads(askOf(who))).toHaveLength(3);
    });

    test('the same across two instances', async () => {
      const who = freshSubject();
      const readings = await Promise.all(
        many.map((n) => (n % 2 ? one : other).meters.admit(askOf({ ...who, article: article(n) }))),
      );
      expect(tally(readings)).toEqual({ charged: 3, exhausted: 497 });
      expect(await other.meters.reads(askOf(who))).toHaveLength(3);
    });

    test('500 reads of one article at once are one free read', async () => {
      const who = freshSubject();
      const readings = await Promise.all(
        many.map((n) => (n % 2 ? one : other).meters.admit(askOf({ ...who, allowance: 1 }))),
      );
      expect(tally(readings)).toEqual({ charged: 1, known: 499 });
    });

    test('500 new visitors of one network against a network allowance of 10 give exactly 10', async () => {
      const { slot } = freshSubject();
      const readings = await Promise.all(
        many.map((n) =>
          (n % 2 ? one : other).meters.admit(
            askOf({ slot, subject: `v:${slot}.${n}` as MeterSubject, networkAllowance: 10 }),
          ),
        ),
      );
      expect(tally(readings)).toEqual({ charged: 10, 'network-exhausted': 490 });
    });

    test('visitors of many networks, asking in the same moment, each get their own answer', async () => {
      const asks = many.map((n) => askOf({ article: article(n), allowance: n % 3 }));
      const readings = await Promise.all(asks.map((ask) => one.meters.admit(ask)));
      const expected = asks.map((ask) => (ask.allowance === 0 ? 'exhausted' : 'charged'));
      expect(readings.map((reading) => reading.outcome)).toEqual(expected);
    });
  });
}
