/** Whether a program made the request, as far as it says so itself. */
import { LRUCache } from 'lru-cache';

export type IsCrawler = (userAgent: string | undefined) => boolean;

/**
 * By the words that crawlers, link previews, feed readers, monitors and HTTP libraries put into their User-Agent; one
 * that calls itself a browser passes for one. No User-Agent at all is no browser's either.
 */
export const createIsCrawler = (maxKept = 2000): IsCrawler => {
  // A site meets the same few hundred all day, and the pattern takes longer than looking them up.
  const kept = new LRUCache<string, boolean>({ max: maxKept });
  return (userAgent) => {
    if (userAgent === undefined || userAgent === '') return true;
    const known = kept.get(userAgent);
    if (known !== undefined) return known;
    const crawler = saysItIsOne.test(userAgent) || !saysItIsABrowser.test(userAgent);
    if (userAgent.length <= longestKept) kept.set(userAgent, crawler);
    return crawler;
  };
};

const longestKept = 400;

/** `bot` not inside a word that ends otherwise (Cubot makes phones): Googlebot, bingbot/2.0, "Slackbot-LinkExpanding". */
const saysItIsOne =
  /(?<!cu)bot(?![a-z])|crawl|spider|slurp|archiver|facebookexternalhit|facebookcatalog|meta-external|whatsapp|embedly|preview|fetcher|scrap|monitor|uptime|pingdom|lighthouse|headless|phantomjs|validator|feedly|feedburner|rss|mediapartners|google-(?:read-aloud|inspectiontool|extended)|googleother|apis-google|yandex(?:images|metrika)|curl|wget|libwww|python|urllib|httpx|aiohttp|okhttp|java\/|go-http|node-fetch|undici|axios|guzzle|ruby|perl/i;

/** What every browser begins with since 1998. */
const saysItIsABrowser = /^(?:mozilla|opera)\//i;
