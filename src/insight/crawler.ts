/** Whether a program made the request, as far as it says so itself: for figures, never for decisions. */
import { isbot } from 'isbot';
import { LRUCache } from 'lru-cache';

export type IsCrawler = (userAgent: string | undefined) => boolean;

/**
 * By a maintained list of what crawlers, link previews, feed readers, monitors and HTTP libraries put into their
 * User-Agent (isbot’s); one that calls itself a browser passes for one. No User-Agent at all is no browser's either.
 */
export const createIsCrawler = (maxKept = 2000): IsCrawler => {
  // A site meets the same few hundred all day, and the list takes longer than looking them up.
  const kept = new LRUCache<string, boolean>({ max: maxKept });
  return (userAgent) => {
    if (userAgent === undefined || userAgent === '') return true;
    const known = kept.get(userAgent);
    if (known !== undefined) return known;
    const crawler = !saysItIsABrowser.test(userAgent) || isbot(userAgent.slice(0, longestRead));
    if (userAgent.length <= longestKept) kept.set(userAgent, crawler);
    return crawler;
  };
};

const longestKept = 400;
/** What programs say of themselves stands at the beginning, and a made-up one may be as long as a header. */
const longestRead = 1_000;

/** What every browser begins with since 1998. */
const saysItIsABrowser = /^(?:mozilla|opera)\//i;
