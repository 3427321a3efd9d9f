/** Locates articles of a host application, which can't be asked: from what passed through the gate, else by the policy's paths. */
import { LRUCache } from 'lru-cache';
import { articleByPath } from './article-by-path.ts';
import type { ArticlePage } from './found.ts';
import type { Locate } from './locate.ts';

export interface SeenArticles {
  readonly locate: Locate;
  readonly remember: (page: ArticlePage) => void;
}

/** Pages are kept whole, since their cut is asked for as well: few, and only while they are being read. */
export const createSeenArticles = (maxBytes: number): SeenArticles => {
  const seen = new LRUCache<string, ArticlePage>({
    maxSize: maxBytes,
    sizeCalculation: ({ raw }) => raw.length * 2 + 2_000,
  });
  return {
    remember: (page) => {
      seen.set(page.article.id, page);
    },
    locate: async (target, path, rules) => {
      const known = seen.get(target);
      if (known || !rules.matcher.isArticlePath(path)) return known;
      return unseen(target, path, rules);
    },
  };
};

/** Its address says that it is an article; that is enough to decide, and nothing of it can be sent by mistake. */
const unseen = (target: string, path: string, rules: Parameters<Locate>[2]): ArticlePage => ({
  kind: 'article',
  article: articleByPath({ target, path }, rules),
  form: { kind: 'uncuttable' },
  status: 200,
  raw: Buffer.alloc(0),
  contentType: 'text/html',
  carried: [],
  cacheControl: undefined,
  hash: target,
});
