/** What every store guarantees of learning: addresses and the round are there after whatever happens. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ArticleId } from '../../../src/article/article.ts';
import type { LearnRound, LearnStore, LearntAddress } from '../../../src/sentry/learn/learn-store.ts';
import { noon } from './meter-asks.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

export function learnContract(name: string, store: () => StoreUnderTest): void {
  describe(`learning in ${name}`, () => {
    const instances = instancesOf(store);
    let here: LearnStore;
    let there: LearnStore;
    beforeAll(async () => {
      const [one, another] = await Promise.all([instances.open(), instances.open()]);
      here = one.learning;
      there = another.learning;
    });
    afterAll(instances.closeAll);

    const all = async (): Promise<Map<string, LearntAddress>> => {
      const found = new Map<string, LearntAddress>();
      for await (const some of there.addresses()) for (const each of some) found.set(each.target, each);
      return found;
    };

    test('keeps addresses as they were put, each once, and drops them', async () => {
      const whole: LearntAddress = {
        target: '/a?b=%C3%A9&c="quoted"',
        kind: 'article',
        depth: 1,
        article: '/a' as ArticleId,
        validators: { etag: 'W/"x"', lastModified: 'Mon, 23 Nov 2026 12:00:00 GMT' },
        statedAt: noon,
        visitedAt: noon + 1,
        changedAt: noon - 1,
        nextAt: noon + 2,
        readBy: 'abc',
        goneSince: noon,
        failures: 2,
      };
      await here.putAddresses([whole, { target: '/b', kind: 'found' }]);
      await there.putAddresses([{ target: '/b', kind: 'page' }]);
      expect(await all()).toEqual(
        new Map([
          [whole.target, whole],
          ['/b', { target: '/b', kind: 'page' }],
        ]),
      );
      await there.dropAddresses(['/b', '/never']);
      expect([...(await all()).keys()]).toEqual([whole.target]);
    });

    test('keeps more addresses than are read at once', async () => {
      const many = Array.from({ length: 2300 }, (_, n) => ({ target: `/many/${n}`, kind: 'found' as const }));
      await here.putAddresses(many);
      const found = await all();
      expect(many.filter(({ target }) => !found.has(target))).toEqual([]);
      await here.dropAddresses(many.map(({ target }) => target));
      expect([...(await all()).keys()].filter((target) => target.startsWith('/many/'))).toEqual([]);
    });

    test('keeps the round, and the newest of it', async () => {
      const counts = {
        ...{ known: 1, of: 2, visited: 3, learnt: 4, unchanged: 5, failed: 6, forgotten: 7, leftOut: 8 },
      };
      const round: LearnRound = { startedAt: noon, policyVersion: 'v', counts };
      await here.putRound(round);
      expect(await there.round()).toEqual(round);
      await there.putRound({ ...round, finishedAt: noon + 1 });
      expect(await here.round()).toEqual({ ...round, finishedAt: noon + 1 });
    });
  });
}
