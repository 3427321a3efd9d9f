/** All that is known of an article whose page nobody can read: its address. */
import type { Article, ArticleId } from '../article/article.ts';
import type { PolicyInForce } from './policy-in-force.ts';

export const articleByPath = (
  { target, path }: { readonly target: string; readonly path: string },
  { policy, matcher }: PolicyInForce,
): Article => ({
  id: target as ArticleId,
  path,
  title: '',
  publication: matcher.publicationOf(path),
  tags: [],
  authors: [],
  language: policy.site.language,
});
