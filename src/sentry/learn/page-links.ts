/** What a page links to: other pages, the next page of a list, and feeds. */
import { parsePage } from '../../article/parse-page.ts';
import { attributeOf } from '../../article/parsed-page.ts';

export interface PageLinks {
  readonly links: readonly string[];
  /** What the page itself calls the next one of its list. */
  readonly next: readonly string[];
  readonly feeds: readonly string[];
  /** What relative ones stand under; '' where the page doesn't say. */
  readonly base: string;
}

const MAX_LINKS = 5_000;

/** As they are written in the page. */
export const linksIn = (html: string): PageLinks => {
  const links: string[] = [];
  const next: string[] = [];
  const feeds: string[] = [];
  let base = '';
  for (const token of parsePage(html).tokens) {
    if (token.kind !== 'start' || !NAMES.has(token.name)) continue;
    const href = attributeOf(token, 'href').trim();
    if (href === '' || href.startsWith('#')) continue;
    const relations = attributeOf(token, 'rel').toLowerCase().split(/\s+/);
    if (token.name === 'base') base ||= href;
    else if (relations.includes('next')) next.push(href);
    else if (token.name === 'link') {
      if (relations.includes('alternate') && FEED.test(attributeOf(token, 'type'))) feeds.push(href);
    } else if (links.length < MAX_LINKS) links.push(href);
  }
  return { links, next, feeds: feeds.slice(0, MAX_FEEDS), base };
};

const MAX_FEEDS = 20;
const NAMES = new Set(['a', 'area', 'link', 'base']);
const FEED = /^\s*application\/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json)\s*(?:;|$)/i;
