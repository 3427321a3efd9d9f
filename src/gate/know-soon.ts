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

/** @returns to be told of each article that everybody might have been sent, and where it stood */
export const createKnowSoon = ({ know, inForce, clock, report }: Options) => {
  const seen = new LRUCache<string, true>({ max: mostSeen });
  const waiting: { readonly page: ArticlePage; readonly target: string; readonly key: string }[] = [];

  const next = async (): Promise<void> => {
    const first = waiting[0];
    if (first === undefined) return;
    try {
      await know(first.page, first.target, inForce(), clock());
    } catch (error) {
      seen.delete(first.key);
      report(error);
    }
    waiting.shift();
    // One in each turn, so that readers are answered in between.
    if (waiting.length > 0) setImmediate(next);
  };

  return (page: ArticlePage, target: string): void => {
    const { policy } = inForce();
    if (!policy.sentry.on || waiting.length >= mostWaiting) return;
    const key = `${page.hash}\n${target}\n${policy.version}`;
    if (seen.has(key)) return;
    seen.set(key, true);
    waiting.push({ page, target, key });
    if (waiting.length === 1) setImmediate(next);
  };
};
