/** Walks a whole site as one reader and finds every piece of withheld text in all that comes back. */

import { createHash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { fewFormsOf, formsOf } from './article-forms.ts';
import { type Canary, createSearch } from './canaries.ts';
import { type Answered, type Asked, createClient } from './raw-request.ts';

export interface ScanOptions {
  readonly site: string;
  /** Sent with every request: who is asking. */
  readonly reader: OutgoingHttpHeaders;
  readonly canaries: readonly Canary[];
  /** Known from the sources, whether anything links to them or not. */
  readonly articles: readonly string[];
  readonly alsoStartAt?: readonly string[];
  /** `few`: each article's forms with plain requests alone, which is where a reader finds all that they may read. */
  readonly forms?: 'all' | 'few';
  /** Links found on the way may be followed no further than these many addresses. */
  readonly maxAddresses?: number;
}

export interface Scan {
  /** Each canary found, with the first few requests that gave it away. */
  readonly leaks: ReadonlyMap<Canary, readonly string[]>;
  readonly requests: number;
  /** Addresses found by following links, in the order they were found. */
  readonly addresses: readonly string[];
  /** By status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Requests that were answered with a 500 or not at all. */
  readonly failures: readonly string[];
}

export const scan = async (options: ScanOptions): Promise<Scan> => {
  const { site, reader, canaries, articles, alsoStartAt = [], forms = 'all', maxAddresses = 500 } = options;
  const client = createClient(site);
  const search = createSearch(canaries);
  const leaks = new Map<Canary, string[]>();
  const statuses = new Map<number, number>();
  const failures: string[] = [];
  const seen = new Set<string>();
  let requests = 0;

  const look = (text: string, what: string): void => {
    for (const piece of piecesOf(text)) {
      const digest = createHash('sha1').update(piece).digest('base64');
      if (seen.has(digest)) continue;
      seen.add(digest);
      for (const canary of search.anywhereIn(piece)) {
        const places = leaks.get(canary) ?? [];
        if (places.length < 3) leaks.set(canary, [...places, what]);
      }
    }
  };

  const ask = async (asked: Asked): Promise<Answered | undefined> => {
    const what = inWords(asked);
    requests += 1;
    try {
      const answered = await client.ask({ ...asked, headers: { ...reader, ...asked.headers } });
      statuses.set(answered.status, (statuses.get(answered.status) ?? 0) + 1);
      if (answered.status === 500) failures.push(`${what} → 500`);
      look(answered.headerText.replace(/^(?:date|etag|set-cookie): .*$/gim, ''), `${what} (headers)`);
      look(answered.body.toString('utf8'), what);
      return answered;
    } catch (error) {
      failures.push(`${what} → ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };

  const articleForms = forms === 'all' ? formsOf : fewFormsOf;
  const addresses = await walk(['/', ...usualStarts, ...alsoStartAt], { site, ask, maxAddresses });
  const answers = [...articles, ...addresses.filter(isListing)].flatMap((path) =>
    articles.includes(path) ? articleForms(path, site) : listingForms(path),
  );
  await all(answers, ask);
  await all(await ownValidators([...articles, ...addresses.filter(isListing)], ask), ask);
  client.close();
  return { leaks, requests, addresses, statuses, failures };
};

/**
 * Pages are alike in most of their blocks, and each block is looked into once. No canary is cut in two: each lies within
 * one block of its article.
 */
export const piecesOf = (text: string): readonly string[] =>
  text.split(/(?=<\/?(?:p|h\d|li|div|section|article|script|style|template|header|footer)[\s>])/);

const usualStarts = [
  ...['/sitemap.xml', '/robots.txt', '/feed', '/feed/', '/feed.xml', '/atom.xml', '/feed.json', '/rss'],
  ...[
    '/index.xml',
    '/index.json',
    '/index.html',
    '/feed/atom/',
    '/wp-json/wp/v2/posts',
    '/nothing-here',
    '/%',
  ],
  ...[
    '/-/subscribe',
    '/-/sign-in',
    '/-/account',
    '/-/nothing-here',
    '/-/jwks.json',
    '/-/health/ready',
    '/-/',
  ],
];

const isListing = (path: string): boolean => /feed|atom|rss|sitemap|\.xml|\.json|wp-json/i.test(path);

const listingForms = (path: string): readonly Asked[] => [
  { path, method: 'HEAD' },
  { path, headers: { 'Accept-Encoding': 'gzip' } },
  { path, headers: { 'Accept-Encoding': 'br' } },
  { path, headers: { Range: 'bytes=500-' } },
  { path, headers: { Range: 'bytes=-5000' } },
  { path, headers: { 'If-None-Match': '*' } },
  { path, headers: { Accept: 'text/html' } },
  { path, headers: { Accept: 'application/json' } },
  { path, method: 'POST', headers: { 'Content-Length': '0' } },
  { path: `${path}?x=1` },
  { path: path.toUpperCase() },
  { path: `/${path}` },
  { path: `${path}/x.css` },
];

/** What a client that holds the real validators of an answer would ask next. */
const ownValidators = async (
  paths: readonly string[],
  ask: (asked: Asked) => Promise<Answered | undefined>,
): Promise<readonly Asked[]> => {
  const answers = await all(
    paths.map((path) => ({ path })),
    ask,
  );
  return answers.flatMap((answered, index) => {
    const [path, etag] = [paths[index] ?? '/', answered?.headers.etag];
    if (!etag) return [];
    return [
      { path, headers: { 'If-None-Match': etag } },
      { path, headers: { Range: 'bytes=2500-', 'If-Range': etag } },
      { path, headers: { Range: 'bytes=2500-', 'If-Match': etag } },
    ];
  });
};

interface Walk {
  readonly site: string;
  readonly ask: (asked: Asked) => Promise<Answered | undefined>;
  readonly maxAddresses: number;
}

/** Follows every link of the same site, from page to page, feed and map. */
const walk = async (
  starts: readonly string[],
  { site, ask, maxAddresses }: Walk,
): Promise<readonly string[]> => {
  const found = new Set(starts);
  let next: readonly string[] = starts;
  while (next.length > 0) {
    const answers = await all(
      next.map((path) => ({ path })),
      ask,
    );
    const links = answers.flatMap((answered, index) =>
      answered ? linksIn(answered, new URL(next[index] ?? '/', site)) : [],
    );
    next = [...new Set(links)].filter((link) => !found.has(link)).slice(0, maxAddresses - found.size);
    for (const link of next) found.add(link);
  }
  return [...found];
};

const linkPatterns = [
  /(?:href|src|action|content|cite|poster)\s*=\s*["']?([^"'\s>]+)/gi,
  /<(?:loc|link|guid|id)[^>]*>\s*([^<\s]+)\s*</gi,
  /"(?:@id|url|link|permalink|home_page_url|feed_url|external_url|href)"\s*:\s*"([^"]+)"/gi,
];

const linksIn = ({ headers, body }: Answered, page: URL): readonly string[] => {
  const type = headers['content-type'] ?? '';
  const relations = [...String(headers.link ?? '').matchAll(/<([^>]+)>/g)].map(([, href]) => href);
  const text = /html|xml|json|text\/plain/.test(type) ? body.toString('utf8') : '';
  const written = linkPatterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, link]) => link));
  return [headers.location, ...relations, ...written].flatMap((link) => sameSite(link, page) ?? []);
};

const sameSite = (link: string | undefined, page: URL): string | undefined => {
  const href = link?.replaceAll('&amp;', '&').replaceAll('\\/', '/');
  if (!href || !URL.canParse(href, page) || !/^(?:[/.]|https?:)/.test(href)) return undefined;
  const { origin, pathname, search } = new URL(href, page);
  return origin === page.origin ? pathname + search : undefined;
};

/** A few at a time, in order. */
const all = async <Item, Result>(
  items: readonly Item[],
  does: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await does(items[at] as Item);
  };
  await Promise.all(Array.from({ length: 6 }, work));
  return results;
};

const inWords = ({ method = 'GET', path, headers = {} }: Asked): string =>
  [method, path, ...Object.entries(headers).map(([name, value]) => `[${name}: ${String(value)}]`)].join(' ');
