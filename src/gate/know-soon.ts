/** Learns from articles that pass anyway, once their readers have been answered: each content once. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../ops/clock.ts';
import type { ArticlePage } from './found.ts';
import type { KnowArticle } from './know-article.ts';
import type { PolicyInForce } from './policy-in-force.ts';

interface Options {
  readonly know: KnowArticle;
  readonly inForce: () => PolicyInForce;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
}

const mostSeen = 50_000;
/** More than that at once are looked at when they pass again, or when the site is learnt. */
const mostWaiting = 200;

export interface KnowSoon {
  /** To be told of each article that everybody might have been sent, and where it stood. */
  readonly soon: (page: ArticlePage, target: string) => void;
  /** For whoever must have it known before something else is read for it. */
  readonly first: (page: ArticlePage, target: string) => Promise<void>;
}

export const createKnowSoon = ({ know, inForce, clock, report }: Options): KnowSoon => {
  const seen = new LRUCache<string, true>({ max: mostSeen });
  const waiting: { readonly page: ArticlePage; readonly target: string; readonly key: string }[] = [];

  const keyOf = ({ hash }: ArticlePage, target: string): string =>
    `${hash}\n${target}\n${inForce().policy.version}`;

  const knowNow = async (page: ArticlePage, target: string, key: string): Promise<void> => {
    try {
      await know(page, target, inForce(), clock());
    } catch (error) {
      seen.delete(key);
      report(error);
    }
  };

  const next = async (): Promise<void> => {
    const first = waiting[0];
    if (first === undefined) return;
    await knowNow(first.page, first.target, first.key);
    waiting.shift();
    // One in each turn, so that readers are answered in between.
    if (waiting.length > 0) setImmediate(next);
  };

  return {
    soon: (page, target) => {
      if (!inForce().policy.sentry.on || waiting.length >= mostWaiting) return;
      const key = keyOf(page, target);
      if (seen.has(key)) return;
      seen.set(key, true);
      waiting.push({ page, target, key });
      if (waiting.length === 1) setImmediate(next);
    },
    first: async (page, target) => {
      if (!inForce().policy.sentry.on) return;
      const key = keyOf(page, target);
      const place = waiting.findIndex((one) => one.key === key);
      if (place < 0 && seen.has(key)) return;
      // The first one is being looked at, and is taken out when that is done.
      if (place > 0) waiting.splice(place, 1);
      seen.set(key, true);
      await new Promise((turn) => setImmediate(turn));
      await knowNow(page, target, key);
    },
  };
};
