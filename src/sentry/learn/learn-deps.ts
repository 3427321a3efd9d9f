/** What learning works with, what the policy says of it, and what comes of a round. */
import type { ArticleId } from '../../article/article.ts';
import type { Clock } from '../../ops/clock.ts';
import type { LearnCounts, LearnStore } from './learn-store.ts';
import type { Site } from './site-address.ts';
import type { VisitAddress } from './visit.ts';

export interface LearnDeps {
  readonly visit: VisitAddress;
  /** Questions that visits led to beyond their own, since this was last asked. */
  readonly furtherQuestions: () => number;
  readonly store: LearnStore;
  readonly keep: { forget(id: ArticleId): void; flush(): Promise<void> };
  /** Whether the article's text is known as the policy in force cuts it. */
  readonly isKnown: (article: ArticleId) => boolean;
  readonly site: () => Site;
  readonly terms: () => LearnTerms;
  readonly clock: Clock;
  /** Rejects as soon as the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** What the policy says of learning. */
export interface LearnTerms {
  /** Infinity: nobody has to be spared. */
  readonly perSecond: number;
  readonly maxArticles: number;
  /** 0: everything is looked at each time. */
  readonly everyMs: number;
  readonly policyVersion: string;
  /** Differs when articles may be found in another way, or their text. */
  readonly readBy: string;
}

export type LearnOutcome =
  | { readonly kind: 'done'; readonly counts: LearnCounts; readonly failed: readonly string[] }
  | { readonly kind: 'stopped'; readonly counts: LearnCounts }
  /** `why`: of the origin or the store. It goes on from there. */
  | { readonly kind: 'broken-off'; readonly counts: LearnCounts; readonly why: string };

export interface LearnAsked {
  readonly signal: AbortSignal;
  readonly onProgress?: (counts: LearnCounts) => void;
}
