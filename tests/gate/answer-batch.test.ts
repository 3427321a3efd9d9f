/** What a batch of the access API may ask of the origin. */
import { describe, expect, test } from '@jest/globals';
import type { ArticleId } from '../../src/article/article.ts';
import type { AccessBody } from '../../src/gate/answer-access.ts';
import { answerBatch } from '../../src/gate/answer-batch.ts';
import { askedAddress } from '../../src/gate/asked-address.ts';

const article = (url: string, id: string): AccessBody => ({
  url,
  access: 'preview',
  reason: 'locked',
  article: { id: id as ArticleId, title: '', publication: 'p' },
});

/** A site whose articles say which they are by `says`; as many questions as `most` are allowed. */
const siteWhere = (says: (target: string) => string | undefined, most = 1000, known: string[] = []) => {
  const asked: string[] = [];
  let counted = 0;
  const asking = {
    addressOf: (url: string) => askedAddress(url, ['news.example']),
    answerOne: async ({ url, target }: { url: string; target: string }): Promise<AccessBody> => {
      asked.push(target);
      const id = says(target);
      return id === undefined
        ? { url, access: 'open', article: null, reason: 'not-an-article' }
        : article(url, id);
    },
    isKnown: ({ target }: { target: string }) => known.includes(target),
    limit: async () => {
      counted += 1;
      return counted > most
        ? ({ kind: 'beyond', retryAfterSeconds: 7 } as const)
        : ({ kind: 'within' } as const);
    },
  };
  return { asked, counted: () => counted, ask: (urls: readonly string[]) => answerBatch(urls, asking) };
};

const withQueries = Array.from({ length: 99 }, (_, n) => `/news/a?n=${n}`);

describe('a batch', () => {
  test('asks once about an article that says it is its path’s, whatever the queries', async () => {
    const site = siteWhere(() => '/news/a');
    expect(await site.ask(['/news/a?first=1', ...withQueries])).toMatchObject({ kind: 'answered' });
    expect(site.asked).toEqual(['/news/a?first=1']);
  });

  test('asks about each query where it makes another article', async () => {
    const site = siteWhere((target) => target);
    const answers = await site.ask(['/read?p=1', '/read?p=2', 'https://news.example/read?p=1']);
    expect(site.asked).toEqual(['/read?p=1', '/read?p=2']);
    expect(answers).toMatchObject({
      decisions: [
        { url: '/read?p=1', article: { id: '/read?p=1' } },
        { url: '/read?p=2', article: { id: '/read?p=2' } },
        { url: 'https://news.example/read?p=1', article: { id: '/read?p=1' } },
      ],
    });
  });

  test('asks once about what is no article', async () => {
    const site = siteWhere(() => undefined);
    await site.ask(['/style.css', '/style.css', '/style.css?v=2']);
    expect(site.asked).toEqual(['/style.css', '/style.css?v=2']);
  });

  test('counts what isn’t known yet, and stops at the limit of its network', async () => {
    const site = siteWhere((target) => target, 2, ['/news/known']);
    expect(await site.ask(['/news/known', '/news/a', '/news/known', '/news/b', '//elsewhere'])).toMatchObject(
      {
        kind: 'answered',
      },
    );
    expect(site.counted()).toBe(2);
    expect(await site.ask(['/news/c', '/news/d'])).toEqual({ kind: 'too-many', retryAfterSeconds: 7 });
    expect(site.asked).toEqual(['/news/known', '/news/a', '/news/b']);
  });
});
