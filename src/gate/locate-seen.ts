/** Locates articles of a host application, which can't be asked: from what passed through the gate, else by the policy's paths. */
import { LRUCache } from 'lru-cache';
import type { ArticlePage } from './found.ts';
import { type Locate, uncuttableAt } from './locate.ts';

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
      return uncuttableAt(target, path, rules);
    },
  };
};
