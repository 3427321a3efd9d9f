/** Where known articles are kept, so that instances and restarts share what was learnt. */
import type { ArticleId } from '../article/article.ts';
import type { Brand } from '../ops/brand.ts';
import type { KnownArticle } from './known-article.ts';

/** How far somebody has heard of changes; only the store that gave it can read it. */
export type KnownCursor = Brand<string, 'KnownCursor'>;

/** Whoever has heard of nothing yet. */
export const fromTheStart = '' as KnownCursor;

export interface KnownArticleStore {
  /** Takes the place of what was known of the same addresses. Of many, those that come first may be kept and the others not. */
  put(known: readonly KnownArticle[], now: number): Promise<void>;
  /** That they were forgotten is told for `forgottenToldMs`; whoever was away for longer goes on knowing them. */
  forget(addresses: readonly ArticleId[], now: number): Promise<void>;
  /**
   * What has changed since, about `limit` articles at most; to be asked again with the cursor that came back until `more` is
   * false. An article that changes meanwhile may come twice, and nothing is left out.
   */
  changesSince(cursor: KnownCursor, limit: number): Promise<KnownChanges>;
  /** Told when something may have changed, at the latest when the change was made by another instance and heard of. */
  onChange(listener: () => void): void;
  /** Differs from the last answer when a change may have been missed. */
  generation(): number;
}

export interface KnownChanges {
  readonly known: readonly KnownArticle[];
  readonly forgotten: readonly ArticleId[];
  readonly cursor: KnownCursor;
  readonly more: boolean;
}

export const forgottenToldMs = 7 * 86_400_000;
