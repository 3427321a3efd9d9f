/** What every store guarantees of the policy's versions. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { emptyDesk, headOf, nextDesk } from '../../../src/policy/versions/desk.ts';
import { policyVersions } from '../../../src/policy/versions/policy-versions.ts';
import { summaryOf } from '../../../src/policy/versions/version.ts';
import type { VersionStore } from '../../../src/policy/versions/version-store.ts';
import { until } from '../../support/until.ts';
import { noon } from './meter-asks.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';
import { fullDesk, newVersion, publishing } from './versions.ts';

export function versionContract(name: string, store: () => StoreUnderTest): void {
  describe(`policy versions in ${name}`, () => {
    const instances = instancesOf(store);
    let versions: VersionStore;
    let elsewhere: VersionStore;
    beforeAll(async () => {
      const [one, other] = await Promise.all([instances.open(), instances.open()]);
      versions = one.versions;
      elsewhere = other.versions;
    });
    afterAll(instances.closeAll);

    const publish = async (text: string, by = versions) => {
      const { step, published } = publishing(await by.desk(), text);
      expect(await by.change(step)).toBe(true);
      return published;
    };

    test('before the first there is an empty desk, and nothing to follow', async () => {
      expect(await versions.desk()).toEqual(emptyDesk);
      expect(await versions.head()).toEqual({});
      expect(await versions.version(1)).toBeUndefined();
      expect(await versions.summaries(10, 10)).toEqual([]);
    });

    test('a version is kept to the last character, on every instance', async () => {
      for (const text of ['site: { name: “Tide” }\r\n# \ud83c\udf0a', 'a\u0000b\ud800c', '']) {
        const published = await publish(text);
        expect(await elsewhere.version(published.number)).toEqual(published);
        expect(await elsewhere.summaries(published.number, 1)).toEqual([summaryOf(published)]);
        expect(await elsewhere.head()).toMatchObject({
          newest: {
            number: published.number,
            version: published.version,
            publishedAt: published.publishedAt,
          },
        });
      }
    });

    test('the desk is kept with all that it holds, and its head says what is next', async () => {
      const desk = fullDesk(await versions.desk());
      expect(await versions.change({ desk })).toBe(true);
      expect(await elsewhere.desk()).toEqual(desk);
      expect(await elsewhere.head()).toEqual(headOf(desk));
      expect((await elsewhere.head()).nextDueAt).toBe(noon + 9);
    });

    test('a step from a desk that somebody changed is not made, nor any part of it', async () => {
      const seen = await versions.desk();
      const first = await publish('first', elsewhere);
      const { step, published } = publishing(seen, 'second');
      expect(published.number).toBe(first.number);
      expect(await versions.change(step)).toBe(false);
      expect(await versions.change({ desk: nextDesk(seen, { scheduled: [] }) })).toBe(false);
      expect((await versions.version(first.number))?.text).toBe('first');
      expect((await versions.desk()).newest).toMatchObject({ number: first.number });
    });

    test('a step that jumps ahead is not made', async () => {
      const desk = await versions.desk();
      expect(await versions.change({ desk: { ...desk, revision: desk.revision + 2 } })).toBe(false);
      expect(await versions.change({ desk })).toBe(false);
    });

    test('a version never takes the number of another', async () => {
      const { number } = await publish('taken');
      const desk = nextDesk(await versions.desk(), {});
      expect(await versions.change({ desk, published: { ...newVersion('again'), number } })).toBe(false);
      expect((await versions.version(number))?.text).toBe('taken');
      expect((await versions.desk()).revision).toBe(desk.revision - 1);
    });

    test('what could not be read back is refused, and what was kept stays', async () => {
      const before = await versions.desk();
      const { step, published } = publishing(before, 'x');
      const timeless = { ...published, publishedAt: Number.NaN };
      await expect(versions.change({ ...step, published: timeless })).rejects.toThrow();
      await expect(
        versions.change({ desk: { ...fullDesk(before), scheduled: [{ dueAt: Number.NaN } as never] } }),
      ).rejects.toThrow();
      expect(await versions.desk()).toEqual(before);
    });

    test('versions are listed newest first, page by page to the first, without their texts', async () => {
      for (let n = 0; n < 7; n += 1) await publish(`${n}`);
      const newest = (await versions.head()).newest?.number ?? 0;
      const { list } = policyVersions({ store: elsewhere, clock: () => noon });
      const listed: number[] = [];
      for (let before: number | undefined = newest + 1; before !== undefined; ) {
        const page: Awaited<ReturnType<typeof list>> = await list({ before, limit: 3 });
        for (const version of page.versions) expect(version).not.toHaveProperty('text');
        listed.push(...page.versions.map(({ number }) => number));
        before = page.next;
      }
      expect(listed).toEqual(Array.from({ length: newest }, (_, n) => newest - n));
      expect((await list({ limit: 2 })).versions.map(({ number }) => number)).toEqual([newest, newest - 1]);
      for (const before of [1, 0, -5]) expect(await list({ before, limit: 5 })).toEqual({ versions: [] });
      expect((await list({ limit: 1_000_000 })).versions.length).toBeLessThanOrEqual(100);
    });

    test('a version that is kept no longer is gone with its text, and the list ends there', async () => {
      const { number } = await publish('old');
      const { step, published } = publishing(await versions.desk(), 'new');
      await versions.change({ ...step, dropped: number });
      expect(await elsewhere.version(number)).toBeUndefined();
      expect(await elsewhere.summaries(published.number, 2)).toEqual([summaryOf(published)]);
    });

    test('a published version and a schedule are told here before the answer; a saved draft is told to nobody', async () => {
      let told = 0;
      versions.onChange(() => {
        told += 1;
      });
      await publish('told');
      await until(() => told > 0, 'the version to be told');
      const count = told;
      const desk = fullDesk(await versions.desk());
      await versions.change({ desk: { ...desk, scheduled: desk.scheduled.slice(0, 1) } });
      const settled = Math.max(told, count + 1);
      await until(() => told >= settled, 'the schedule to be told');
    });

    test('a draft that is saved changes nothing that anybody follows', async () => {
      const desk = fullDesk(await versions.desk());
      await versions.change({ desk });
      const [head, generation] = [await elsewhere.head(), elsewhere.generation()];
      await versions.change({ desk: nextDesk(desk, { draft: { kind: 'none', revision: noon + 1 } }) });
      await new Promise(setImmediate);
      expect(await elsewhere.head()).toEqual(head);
      expect(elsewhere.generation()).toBe(generation);
    });
  });
}
