/** Reads robots.txt, sitemaps and feeds of a site for the addresses that they name. */
import { linksIn } from '../sentry/learn/page-links.ts';
import { addressesIn } from '../sentry/learn/read-list.ts';
import { sitemapsIn, usualFeeds, usualSitemaps } from '../sentry/learn/robots.ts';
import { targetOnSite } from '../sentry/learn/site-address.ts';
import type { AskSite, SiteAnswer } from './ask-site.ts';
import { type Candidates, printable } from './find-candidates.ts';
import type { FeedSeen, ListSeen } from './survey.ts';

export interface FeedRead extends FeedSeen {
  readonly title?: string;
}

export interface ListsRead {
  readonly feeds: readonly FeedRead[];
  readonly lists: readonly ListSeen[];
}

const [mostSitemaps, mostFeeds, mostGuesses] = [6, 4, 4];

export const readLists = async (
  ask: AskSite,
  front: SiteAnswer,
  candidates: Candidates,
): Promise<ListsRead> => {
  const { links, feeds: named } = linksIn(front.text);
  for (const href of links) candidates.add(href, front.target, 'link');
  const lists = await readSitemaps(ask, candidates);
  const feeds: FeedRead[] = [];
  const asked = new Set<string>();
  const guesses = named.length === 0 ? usualFeeds.slice(0, mostGuesses) : [];
  for (const href of [...named, ...guesses]) {
    const target = hereOnly(href, front.target);
    if (
      target === undefined ||
      asked.has(target) ||
      feeds.length >= mostFeeds ||
      asked.size > mostFeeds + mostGuesses
    )
      continue;
    asked.add(target);
    const answer = await ask(target, 'list');
    if (answer.kind === 'enough') break;
    const feed = answer.kind === 'answer' && answer.status === 200 ? readFeed(answer, candidates) : undefined;
    if (feed) feeds.push(feed);
    // One that was guessed is enough.
    if (feed && named.length === 0) break;
  }
  return { feeds, lists };
};

const readSitemaps = async (ask: AskSite, candidates: Candidates): Promise<readonly ListSeen[]> => {
  const robots = await ask('/robots.txt', 'list');
  const named = robots.kind === 'answer' && robots.status === 200 ? sitemapsIn(robots.text) : [];
  const waiting = named.length > 0 ? [...named] : [...usualSitemaps];
  const isGuess = named.length === 0;
  const seen: ListSeen[] = [];
  const asked = new Set<string>();
  while (waiting.length > 0 && asked.size < mostSitemaps) {
    const target = hereOnly(waiting.shift() ?? '', '/');
    if (target === undefined || asked.has(target)) continue;
    asked.add(target);
    const answer = await ask(target, 'list');
    if (answer.kind === 'enough') break;
    if (answer.kind !== 'answer' || answer.status !== 200) continue;
    const { pages, sitemaps } = readSitemap(answer, candidates);
    if (pages === 0 && sitemaps.length === 0) continue;
    seen.push({ target, addresses: pages });
    // One of the names that are guessed is the site's own.
    if (isGuess && asked.size <= usualSitemaps.length) waiting.length = 0;
    waiting.unshift(...sitemaps.toSorted((a, b) => likelihood(b) - likelihood(a)));
  }
  return seen;
};

const mostOfOneList = 5_000;

const readSitemap = (
  { target, text }: SiteAnswer,
  candidates: Candidates,
): { readonly pages: number; readonly sitemaps: readonly string[] } => {
  let pages = 0;
  const sitemaps: string[] = [];
  // A sitemap may name addresses of its own site only.
  const host = onlyHostIn(text);
  if (host !== undefined) candidates.adopt(host, 'sitemap');
  for (const { kind, href } of addressesIn(text)) {
    if (kind === 'list') sitemaps.push(href);
    else if (candidates.add(href, target, 'sitemap')) pages += 1;
    if (pages + sitemaps.length >= mostOfOneList) break;
  }
  return { pages, sitemaps };
};

/** The host that every address of a list has, of those that have one. */
const onlyHostIn = (text: string): string | undefined => {
  const hosts = new Set<string>();
  let count = 0;
  for (const { href } of addressesIn(text)) {
    if (URL.canParse(href)) hosts.add(new URL(href).host);
    count += 1;
    if (hosts.size > 1 || count > 200) break;
  }
  const [only] = hosts;
  return hosts.size === 1 && count > 1 ? only : undefined;
};

/** Of the parts of a sitemap, those come first that name articles by their own name. */
const likelihood = (href: string): number => {
  if (/image|video|categor|tag|taxonom|author|user/i.test(href)) return -2;
  if (/page/i.test(href)) return -1;
  return /post|article|news|stor(?:y|ies)|blog/i.test(href) ? 1 : 0;
};

/** Undefined: it is no feed. */
const readFeed = ({ target, text, type }: SiteAnswer, candidates: Candidates): FeedRead | undefined => {
  const head = text.slice(0, 5_000);
  const isFeed = /<(?:rss|feed|rdf:RDF)[\s>]/i.test(head) || /^\s*\{/.test(head);
  if (!isFeed || type === 'text/html') return undefined;
  const kind = kindOf(target, text);
  const host = onlyHostIn(text);
  if (host !== undefined) candidates.adopt(host, 'feed');
  let entries = 0;
  for (const { kind: listed, href } of addressesIn(text)) {
    if (listed === 'list') continue;
    if (kind !== 'articles' || candidates.add(href, target, 'feed')) entries += 1;
    if (entries >= 500) break;
  }
  if (entries === 0) return undefined;
  const [, name] = /<title[^>]{0,100}>\s*(?:<!\[CDATA\[)?([^<\]]{1,200})/i.exec(head) ?? [];
  return {
    ...{ target, entries, kind, letters: Math.round(lettersOfEntries(text) / entries) },
    ...(name === undefined ? {} : { title: printable(name) }),
  };
};

const kindOf = (target: string, text: string): FeedSeen['kind'] => {
  if (/\bcomments?\b/i.test(target)) return 'comments';
  return /<enclosure\b[^<>]{0,500}type=["']audio\//i.test(text.slice(0, 200_000)) ? 'podcast' : 'articles';
};

/** What is longer than a summary: the elements that hold it. */
const lettersOfEntries = (text: string): number => {
  let letters = 0;
  for (const name of ['content:encoded', 'content', 'description', 'summary', 'content_html']) {
    let own = 0;
    const opening = new RegExp(`<${name}(?:\\s[^<>]{0,500})?>|"${name}"\\s*:\\s*"`, 'gi');
    for (
      let found = opening.exec(text), count = 0;
      found && count < 500;
      found = opening.exec(text), count += 1
    ) {
      const ends = found[0].endsWith('"') ? '",' : `</${name}`;
      const end = text.indexOf(ends, opening.lastIndex);
      if (end < 0) break;
      own += end - opening.lastIndex;
      opening.lastIndex = end;
    }
    letters = Math.max(letters, own);
  }
  return letters;
};

/** Lists are asked of this very host, whatever name they are given by. */
const hereOnly = (href: string, base: string): string | undefined => {
  const address = `http://here.invalid${base}`;
  if (!URL.canParse(href, address)) return undefined;
  const { pathname, search } = new URL(href, address);
  return targetOnSite(`${pathname}${search}`, base, [])?.target;
};
