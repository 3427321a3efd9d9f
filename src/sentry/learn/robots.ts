/** The sitemaps that a robots.txt names. What it disallows is meant for strangers' crawlers; this is the site's own gate. */

/** As they are written there. */
export const sitemapsIn = (robots: string): readonly string[] =>
  robots
    .slice(0, MAX_LENGTH)
    .split(/[\r\n]+/)
    .flatMap((line) => /^\s*sitemap\s*:\s*(\S+)/i.exec(line)?.[1] ?? [])
    .slice(0, MAX_SITEMAPS);

/** As much as search engines read. */
const MAX_LENGTH = 512_000;
const MAX_SITEMAPS = 1_000;

/** Asked for where robots.txt names none: the usual names, of sitemaps and of WordPress's. */
export const usualSitemaps: readonly string[] = [
  '/sitemap.xml',
  '/sitemap_index.xml',
  '/sitemap-index.xml',
  '/wp-sitemap.xml',
  '/sitemap.txt',
];

/** Asked for where the front page names none. */
export const usualFeeds: readonly string[] = [
  '/feed',
  '/rss',
  '/rss.xml',
  '/feed.xml',
  '/atom.xml',
  '/index.xml',
  '/feed.json',
];
