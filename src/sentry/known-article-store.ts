/** Where known articles are kept, so that instances and restarts share what was learnt. */
import type { ArticleId } from '../article/article.ts';
import type { KnownArticle } from './known-article.ts';

export interface KnownArticleStore {
  /** Takes the place of what was known of the same articles. */
  put(known: readonly KnownArticle[]): Promise<void>;
  forget(ids: readonly ArticleId[]): Promise<void>;
  /**
   * What has changed since `revision` (0: everything), oldest change first, at most `limit` articles; asked again with the
   * revision that came back until `more` is false. Whoever asks twice with the same revision misses nothing.
   */
  changesSince(revision: number, limit: number): Promise<KnownChanges>;
}

export interface KnownChanges {
  readonly known: readonly KnownArticle[];
  readonly forgotten: readonly ArticleId[];
  readonly revision: number;
  readonly more: boolean;
}
