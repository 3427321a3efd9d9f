/** What every store guarantees of counts: each batch once and whole, and no more rows than there is room for. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Chart, Counted, Increment, InsightStore } from '../../../src/insight/insight-store.ts';
import { newReaderId } from './entitlements.ts';
import { dayMs, noon } from './meter-asks.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

let lastDay = Date.UTC(2026, 0, 1);
/** A day that no other test counts on. */
const newDay = (): string => {
  lastDay += dayMs;
  return new Date(lastDay).toISOString().slice(0, 10);
};

const on = (day: string, row: string, by = 1, chart: Chart = 'funnel'): Increment => ({
  chart,
  day,
  row,
  otherwise: 'other',
  by,
});

const sorted = (rows: readonly Counted[]): readonly Counted[] =>
  rows.toSorted((one, another) => (one.row < another.row ? -1 : 1));

export function insightContract(name: string, store: () => StoreUnderTest): void {
  describe(`counts in ${name}`, () => {
    const instances = instancesOf(store);
    let insight: InsightStore;
    let elsewhere: InsightStore;
    beforeAll(async () => {
      const [one, another] = await Promise.all([instances.open(), instances.open()]);
      insight = one.insight;
      elsewhere = another.insight;
    });
    afterAll(instances.closeAll);

    const newId = (): string => `batch-${newReaderId()}`;

    test('are the sums of what every instance added, by chart and day', async () => {
      const [day, next] = [newDay(), newDay()];
      await insight.add(
        newId(),
        [on(day, 'a', 2), on(day, 'b'), on(next, 'a', 5), on(day, 'a', 7, 'sellers')],
        noon,
      );
      await elsewhere.add(newId(), [on(day, 'a', 3)], noon);
      expect(sorted(await insight.day('funnel', day))).toEqual([
        { row: 'a', count: 5 },
        { row: 'b', count: 1 },
      ]);
      expect(await elsewhere.day('funnel', next)).toEqual([{ row: 'a', count: 5 }]);
      expect(await insight.day('sellers', day)).toEqual([{ row: 'a', count: 7 }]);
      expect(await insight.day('reads', day)).toEqual([]);
    });

    test('rows may be named as publishers name their sections', async () => {
      const [day, row] = [newDay(), '["Œuvres \\u0000 & \'“quotes”","rule 1",null,"preview"]'];
      await insight.add(newId(), [on(day, row)], noon);
      expect(await elsewhere.day('funnel', day)).toEqual([{ row, count: 1 }]);
    });

    test('a batch that is added again, by whichever instance, counts once', async () => {
      const [day, id] = [newDay(), newId()];
      await Promise.all([insight, elsewhere, insight].map((each) => each.add(id, [on(day, 'a', 2)], noon)));
      await elsewhere.add(id, [on(day, 'a', 2)], noon + 2 * dayMs);
      expect(await insight.day('funnel', day)).toEqual([{ row: 'a', count: 2 }]);
    });

    test('batches of many instances at once are all counted', async () => {
      const day = newDay();
      const both = [insight, elsewhere];
      await Promise.all(
        Array.from({ length: 60 }, (_, n) =>
          both[n % 2]?.add(newId(), [on(day, 'a'), on(day, `r${n % 3}`)], noon),
        ),
      );
      expect(sorted(await insight.day('funnel', day))).toEqual([
        { row: 'a', count: 60 },
        ...[0, 1, 2].map((n) => ({ row: `r${n}`, count: 20 })),
      ]);
    });

    test('a full day counts new rows as other ones, and goes on counting those it has', async () => {
      const day = newDay();
      const rows = Array.from({ length: 600 }, (_, n) => on(day, `row-${n}`, 1, 'reads'));
      await insight.add(newId(), rows, noon);
      await elsewhere.add(newId(), [on(day, 'row-0', 1, 'reads'), on(day, 'new', 4, 'reads')], noon);
      const table = new Map((await insight.day('reads', day)).map(({ row, count }) => [row, count]));
      expect(table.size).toBe(501);
      expect([table.get('row-0'), table.get('other'), table.get('new')]).toEqual([2, 104, undefined]);
    });
  });
}
