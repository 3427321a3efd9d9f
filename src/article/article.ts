/** What the gate knows of one article, wherever it came from. */
import type { Brand } from '../ops/brand.ts';

/**
 * The unit that a free read counts: the article's canonical path, plus the query where the query names the article.
 * Every form of one article (AMP, print view, JSON) has the same id, so that no form costs a second free read.
 */
export type ArticleId = Brand<string, 'ArticleId'>;

export type AccessLevel = 'open' | 'registered' | 'metered' | 'locked';

export interface Article {
  readonly id: ArticleId;
  /** Canonical path, without the query; what path globs in the policy match. */
  readonly path: string;
  readonly title: string;
  /** Publication's id where the policy knows it, else its name as the page gives it; '' when unknown. */
  readonly publication: string;
  readonly section?: string;
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  /** BCP 47; the site's language when the page doesn't say. */
  readonly language: string;
  /** Milliseconds since the epoch. */
  readonly publishedAt?: number;
  readonly updatedAt?: number;
  /** What the article says of itself (front matter, `article:content_tier`, origin header). */
  readonly ownLevel?: AccessLevel;
  readonly summary?: string;
  readonly image?: string;
}
