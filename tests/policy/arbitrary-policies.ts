/** Small worlds of articles and conditions, in which rules meet often enough to disagree. */
import * as fc from 'fast-check';
import type { AccessLevel, Article, ArticleId } from '../../src/article/article.ts';
import type { Conditions } from '../../src/policy/policy.ts';

export const dayMs = 86_400_000;

export const anArticle = (facts: Partial<Article>): Article => ({
  id: '/news/a' as ArticleId,
  path: '/news/a',
  title: 'A',
  publication: 'tide',
  tags: [],
  authors: [],
  language: 'en',
  ...facts,
});

const levels: readonly AccessLevel[] = ['open', 'registered', 'metered', 'locked'];
const some = <T>(...values: T[]) => fc.subarray(values, { minLength: 1, maxLength: 2 });

export const articles: fc.Arbitrary<Article> = fc
  .record(
    {
      publication: fc.constantFrom('tide', 'lamp', ''),
      section: fc.constantFrom('World', 'food', 'IDEAS'),
      tags: fc.subarray(['sea', 'Night', 'craft']),
      authors: fc.subarray(['Ann', 'Bo']),
      path: fc.constantFrom('/', '/news', '/news/', '/news/a', '/news/food/b', '/newsroom/c', '/caf%C3%A9/d'),
      language: fc.constantFrom('en', 'en-GB', 'de', 'EN-us'),
      ownLevel: fc.constantFrom(...levels),
      publishedAt: fc.integer({ min: 0, max: 60 }).map((days) => days * dayMs),
    },
    { requiredKeys: ['publication', 'tags', 'authors', 'path', 'language'] },
  )
  .map(anArticle);

const days = fc.integer({ min: 0, max: 40 });

export const conditions: fc.Arbitrary<Conditions> = fc
  .record(
    {
      publication: some('tide', 'lamp'),
      section: some('world', 'Food', 'Ideas'),
      tag: some('sea', 'night', 'Craft'),
      author: some('ann', 'Bo'),
      path: some('/news/**', '/news/*', '/**', '/news/food/**', '/café/**', '/news'),
      language: some('en', 'en-GB', 'de'),
      level: some(...levels),
      olderThanDays: days,
      newerThanDays: days,
    },
    { requiredKeys: [] },
  )
  .chain((all) =>
    fc
      .shuffledSubarray(Object.entries(all))
      .map((kept) => Object.fromEntries(kept.slice(0, 3)) as Conditions),
  );
