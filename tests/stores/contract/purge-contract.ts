/** What every store guarantees of purges: each instance hears of each, in their order, or that it missed some. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Purge, purgeOf } from '../../../src/gate/purge.ts';
import type { PurgeStore } from '../../../src/gate/purge-store.ts';
import { purgesKept } from '../../../src/stores/purge-schema.ts';
import { until } from '../../support/until.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

export function purgeContract(name: string, store: () => StoreUnderTest): void {
  describe(`purges in ${name}`, () => {
    const instances = instancesOf(store);
    let here: PurgeStore;
    let there: PurgeStore;
    beforeAll(async () => {
      const [one, another] = await Promise.all([instances.open(), instances.open()]);
      here = one.purges;
      there = another.purges;
    });
    afterAll(instances.closeAll);

    test('are told as they were announced, in their order, with equal ones as often', async () => {
      const before = await there.newest();
      const whole: Purge = {
        addresses: ['/a?b=%C3%A9&c="quoted"'],
        prefixes: ['/news/'],
        tags: ['post 7', 'ü'],
        all: false,
        by: 'here',
      };
      const purges = [whole, purgeOf(['/a']), purgeOf(['/a']), { ...purgeOf([]), all: true }];
      for (const purge of purges) await here.announce(purge);
      expect(await there.since(before)).toEqual({ purges, newest: before + 4, lost: false });
      expect(await there.since(before + 3)).toEqual({
        purges: purges.slice(3),
        newest: before + 4,
        lost: false,
      });
      expect(await there.since(before + 4)).toEqual({ purges: [], newest: before + 4, lost: false });
    });

    test('are announced to other instances', async () => {
      let told = 0;
      there.onChange(() => {
        told += 1;
      });
      const generation = there.generation();
      await here.announce(purgeOf(['/told']));
      await until(() => told > 0 || there.generation() !== generation, 'an announcement');
    });

    test('that are no longer kept are known to be lost', async () => {
      const before = await there.newest();
      for (let index = 0; index <= purgesKept; index += 1) await here.announce(purgeOf([`/a/${index}`]));
      const since = await there.since(before);
      expect([since.lost, since.newest]).toEqual([true, before + purgesKept + 1]);
      expect(await there.since(before + 1)).toMatchObject({ lost: false });
    });
  });
}
