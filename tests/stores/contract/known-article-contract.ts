/** What every store guarantees of known articles: each instance hears of each change, bytes as they were put. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ArticleId } from '../../../src/article/article.ts';
import type { KnownArticle } from '../../../src/sentry/known-article.ts';
import {
  forgottenToldMs,
  fromTheStart,
  type KnownArticleStore,
  type KnownCursor,
} from '../../../src/sentry/known-article-store.ts';
import { newReaderId } from './entitlements.ts';
import { noon } from './meter-asks.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

export const newArticleId = (): ArticleId => `/news/${newReaderId()}?a=ä` as ArticleId;

export const aKnownArticle = (address = newArticleId(), facts: Partial<KnownArticle> = {}): KnownArticle => ({
  address,
  article: {
    id: '/news/a' as ArticleId,
    path: '/news/a',
    title: 'Æther “quoted”\u0000',
    publication: 'tide',
    section: 'World',
    tags: ['a', ''],
    authors: [],
    language: 'en',
    publishedAt: noon - 1,
    ownLevel: 'locked',
  },
  fingerprints: randomBytes(300),
  publicRuns: randomBytes(40),
  units: 400,
  cutoff: { by: 'marker', marker: 'more', fallback: { by: 'percent', count: 12.5, ending: 'word' } },
  previewUnits: 120,
  contentHash: 'abc',
  learntAt: noon,
  ...facts,
});

export function knownArticleContract(name: string, store: () => StoreUnderTest): void {
  describe(`known articles in ${name}`, () => {
    const instances = instancesOf(store);
    let here: KnownArticleStore;
    let there: KnownArticleStore;
    beforeAll(async () => {
      const [one, another] = await Promise.all([instances.open(), instances.open()]);
      here = one.knownArticles;
      there = another.knownArticles;
    });
    afterAll(instances.closeAll);

    /** What somebody knows who has followed all changes since. */
    const changes = async (since: KnownCursor, of = there, limit = 1000) => {
      const known = new Map<ArticleId, KnownArticle>();
      const forgotten = new Set<ArticleId>();
      let [asked, cursor] = [0, since];
      for (let more = true; more; asked += 1) {
        const some = await of.changesSince(cursor, limit);
        for (const each of some.known) {
          known.set(each.address, each);
          forgotten.delete(each.address);
        }
        for (const id of some.forgotten) {
          forgotten.add(id);
          known.delete(id);
        }
        ({ cursor, more } = some);
      }
      return { known, forgotten, cursor, asked };
    };
    const now = async (): Promise<KnownCursor> => (await changes(fromTheStart)).cursor;

    test('come back on every instance as they were put, byte for byte', async () => {
      const since = await now();
      const empty = { fingerprints: Buffer.alloc(0), publicRuns: Buffer.alloc(0) };
      const put = [aKnownArticle(), aKnownArticle(undefined, empty)];
      await here.put(put, noon);
      const { known } = await changes(since);
      for (const each of put) expect(known.get(each.address)).toEqual(each);
      expect(known.size).toBe(2);
    });

    test('put again take the place of what was known before', async () => {
      const [since, one] = [await now(), aKnownArticle()];
      await here.put([one], noon);
      const { cursor } = await changes(since);
      const later = aKnownArticle(one.address, { units: 9, contentHash: 'other' });
      await there.put([later], noon + 1);
      for (const from of [since, cursor, fromTheStart])
        expect((await changes(from)).known.get(one.address)).toEqual(later);
    });

    test('that are forgotten are told of, once they were known, and can be known again', async () => {
      const [since, one, never] = [await now(), aKnownArticle(), newArticleId()];
      await here.put([one], noon);
      const { cursor } = await changes(since);
      await there.forget([one.address, never], noon);
      const after = await changes(cursor);
      expect([...after.forgotten]).toEqual([one.address]);
      expect((await changes(fromTheStart)).known.has(one.address)).toBe(false);
      await here.put([one], noon);
      expect((await changes(after.cursor)).known.get(one.address)).toEqual(one);
    });

    test('that were forgotten long ago leave nothing behind', async () => {
      const [one, other] = [aKnownArticle(), aKnownArticle()];
      await here.put([one, other], noon);
      await here.forget([one.address, other.address], noon);
      expect((await changes(fromTheStart)).forgotten.has(one.address)).toBe(true);
      const ended = noon + forgottenToldMs;
      for (const id of [one, other].map(({ address }) => address)) await here.forget([id], ended);
      const { forgotten } = await changes(fromTheStart);
      expect([forgotten.has(one.address), forgotten.has(other.address)]).toEqual([false, false]);
    });

    test('changed by both instances at once are all told of, to whoever asks a few at a time', async () => {
      const since = await now();
      const both = [here, there];
      const put = Array.from({ length: 150 }, () => aKnownArticle());
      await Promise.all(put.map((each, n) => both[n % 2]?.put([each], noon + n)));
      const { known, asked } = await changes(since, there, 10);
      expect(put.map(({ address }) => known.has(address))).not.toContain(false);
      expect(asked).toBeGreaterThan(2);
    });

    test('of hundreds of kilobytes come and go as small ones do', async () => {
      const since = await now();
      const large = Array.from({ length: 6 }, () =>
        aKnownArticle(undefined, { fingerprints: randomBytes(700_000) }),
      );
      await here.put(large, noon);
      const { known } = await changes(since, here, 10);
      for (const { fingerprints, ...others } of large) {
        const { fingerprints: kept, ...rest } = known.get(others.address) ?? { fingerprints: Buffer.of() };
        expect(rest).toEqual(others);
        // Compared byte by byte, as `toEqual` does, megabytes take half a minute.
        expect(kept.equals(fingerprints)).toBe(true);
      }
    });

    test('nothing has changed for whoever has heard of everything', async () => {
      await here.put([aKnownArticle()], noon);
      const cursor = await now();
      expect(await there.changesSince(cursor, 100)).toEqual({
        known: [],
        forgotten: [],
        cursor,
        more: false,
      });
    });

    test('are announced to the instance that put them', async () => {
      let told = 0;
      here.onChange(() => {
        told += 1;
      });
      await here.put([aKnownArticle()], noon);
      expect(told).toBeGreaterThan(0);
    });
  });
}
