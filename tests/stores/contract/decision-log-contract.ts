/** What every store guarantees of the decision log: chunks in order of time, as many as are wanted. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DecisionLogStore, LogChunk } from '../../../src/insight/decision-log-store.ts';
import { noon } from './meter-asks.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

const everything = { views: 1_000_000, since: 0 };

const chunk = (id: string, from: number, count = 10): LogChunk => ({
  id,
  from: noon + from,
  count,
  data: `data of ${id}, ${count}`,
});

export function decisionLogContract(name: string, store: () => StoreUnderTest): void {
  describe(`the decision log in ${name}`, () => {
    const instances = instancesOf(store);
    let log: DecisionLogStore;
    let elsewhere: DecisionLogStore;
    beforeAll(async () => {
      const [one, another] = await Promise.all([instances.open(), instances.open()]);
      log = one.decisionLog;
      elsewhere = another.decisionLog;
    });
    afterAll(instances.closeAll);
    // The chunk that is put stays, and everything else gives way to it.
    beforeEach(() => log.put(chunk('last', 1_000_000_000, 1), { views: 1, since: 0 }));

    const all = async (of = elsewhere): Promise<LogChunk[]> => {
      const found: LogChunk[] = [];
      for await (const each of of.chunks()) found.push(each);
      return found.filter(({ id }) => id !== 'last');
    };
    const ids = async (): Promise<string[]> => (await all()).map(({ id }) => id);

    test('gives back what was put, oldest first, on every instance', async () => {
      const [a, b, c] = [chunk('a', 1), chunk('b', 2), chunk('c', 3)];
      for (const each of [b, c, a]) await log.put(each, everything);
      expect(await all()).toEqual([a, b, c]);
      expect(await all(log)).toEqual([a, b, c]);
      expect(await elsewhere.size()).toBe(31);
    });

    test('more chunks than are read at once all come, and once', async () => {
      const many = Array.from({ length: 45 }, (_, n) => chunk(`many-${String(n).padStart(2, '0')}`, n % 7));
      for (const each of many) await log.put(each, everything);
      const found = await all();
      expect(found.map(({ from }) => from)).toEqual(many.map(({ from }) => from).sort());
      expect(new Set(found.map(({ id }) => id)).size).toBe(45);
    });

    test('a chunk that is put again takes its own place', async () => {
      await log.put(chunk('grows', 1, 3), everything);
      await log.put(chunk('grows', 1, 9), everything);
      expect(await all()).toEqual([chunk('grows', 1, 9)]);
      expect(await log.size()).toBe(10);
    });

    test('the oldest give way to more views than are kept, whichever instance put them', async () => {
      const limits = { views: 30, since: 0 };
      await log.put(chunk('a', 1), limits);
      await elsewhere.put(chunk('b', 2), limits);
      await log.put(chunk('c', 3), limits);
      expect(await ids()).toEqual(['b', 'c']);
      expect(await log.size()).toBe(21);
      await elsewhere.put(chunk('c', 3, 25), limits);
      expect(await ids()).toEqual(['c']);
    });

    test('those that are too old give way, however few there are', async () => {
      for (const [id, from] of [
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ] as const)
        await log.put(chunk(id, from), everything);
      await log.put(chunk('d', 4), { ...everything, since: noon + 3 });
      expect(await ids()).toEqual(['c', 'd']);
    });

    test('the chunk that is put stays, be it the oldest and too long', async () => {
      await log.put(chunk('old', -5, 50), { views: 20, since: noon });
      expect(await ids()).toEqual(['old']);
    });

    test('instances that put at once lose nothing', async () => {
      const both = [log, elsewhere];
      await Promise.all(
        Array.from({ length: 40 }, (_, n) => both[n % 2]?.put(chunk(`both-${n}`, n, 2), everything)),
      );
      expect(await ids()).toHaveLength(40);
      expect(await log.size()).toBe(81);
    });
  });
}
