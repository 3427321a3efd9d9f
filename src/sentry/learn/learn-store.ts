/** Where learning keeps how far it is: every address with what was found there, and the round that is under way. */
import type { ArticleId } from '../../article/article.ts';

export interface LearnStore {
  /** All of them, each at least once, in no order. */
  addresses(): AsyncIterable<readonly LearntAddress[]>;
  putAddresses(addresses: readonly LearntAddress[]): Promise<void>;
  dropAddresses(targets: readonly string[]): Promise<void>;
  round(): Promise<LearnRound | undefined>;
  putRound(round: LearnRound): Promise<void>;
}

export interface LearntAddress {
  /** Canonical. */
  readonly target: string;
  readonly kind: AddressKind;
  /** Links from the front page to it: what it links to is one further. Absent where a list named it. */
  readonly depth?: number;
  /** As the article is known by; absent where its page holds no text that could be known. */
  readonly article?: ArticleId;
  readonly validators?: Validators;
  /** When a sitemap last said that it had changed, as of the last visit. Milliseconds, as all of these. */
  readonly statedAt?: number;
  readonly visitedAt?: number;
  /** When it was last seen to have changed. */
  readonly changedAt?: number;
  /** Not asked for before then, unless something speaks for it. */
  readonly nextAt?: number;
  /** What the policy said of finding articles when it was visited. */
  readonly readBy?: string;
  /** Since when it isn't there any more. */
  readonly goneSince?: number;
  /** Visits in a row that came to nothing. */
  readonly failures?: number;
}

/**
 * `found`: nobody was there yet. `page`: no article, and perhaps links to some. `list`: a sitemap or a feed. `other`: nothing
 * that could be learnt. `gone`: it was there.
 */
export type AddressKind = 'found' | 'article' | 'page' | 'list' | 'other' | 'gone';

/** What the origin wants to be told of, to answer that nothing has changed. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface LearnRound {
  readonly startedAt: number;
  /** Absent: it is under way, or was broken off. */
  readonly finishedAt?: number;
  /** What it was made by: another policy may cut elsewhere. */
  readonly policyVersion: string;
  readonly counts: LearnCounts;
}

export interface LearnCounts {
  /** Addresses of articles whose text is known. */
  readonly known: number;
  /** Those, and the addresses where nobody was yet. */
  readonly of: number;
  /** In this round: addresses that were asked for, and what became of them. */
  readonly visited: number;
  readonly learnt: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly forgotten: number;
  /** Found, and not kept in mind, since there were too many. */
  readonly leftOut: number;
}
