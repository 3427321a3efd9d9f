/** One look at an address of the site, as anybody might take it: what whoever learns asks for, and what comes of it. */
import type { ArticleId } from '../../article/article.ts';
import type { Validators } from './learn-store.ts';

export interface Asked {
  /** Canonical. */
  readonly target: string;
  readonly validators?: Validators;
  /** `list`: robots.txt, a sitemap or a feed, whatever its type says. */
  readonly as: 'page' | 'list';
}

export type Visit =
  | {
      readonly kind: 'article';
      /** As it is known by; absent where its page holds no text that could be known. */
      readonly article?: ArticleId;
      /** Something of it is new. */
      readonly learnt: boolean;
      /** The article's own address, where this one is another form of it. */
      readonly canonical?: string;
      readonly html?: string;
      /** When it last changed, by what it says. Milliseconds. */
      readonly changedAt?: number;
      readonly validators?: Validators;
    }
  /** A page that is no article. */
  | {
      readonly kind: 'page';
      readonly html: string;
      readonly validators?: Validators;
      readonly changedAt?: number;
    }
  | { readonly kind: 'list'; readonly text: string; readonly validators?: Validators }
  | { readonly kind: 'unchanged' }
  /** `to`: as the origin writes it. */
  | { readonly kind: 'moved'; readonly to: string }
  /** 404 or 410. */
  | { readonly kind: 'gone' }
  /** Nothing that could be learnt: a picture, a refusal, a page that is too large. */
  | { readonly kind: 'other' }
  /** The origin asks for less: 429, or 503. */
  | { readonly kind: 'busy'; readonly retryAfterMs?: number }
  | { readonly kind: 'failed'; readonly why: string };

/** Never rejects, unless it was aborted or the store can't be asked. */
export type VisitAddress = (asked: Asked, signal: AbortSignal) => Promise<Visit>;
