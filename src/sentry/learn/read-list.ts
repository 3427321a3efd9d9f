/** Addresses that a sitemap or a feed names, however carelessly it is written. */
import { decodeHTML, decodeXML } from 'entities';

export type ListedAddress =
  /** Another sitemap. */
  | { readonly kind: 'list'; readonly href: string; readonly statedAt?: number }
  | { readonly kind: 'page'; readonly href: string; readonly statedAt?: number };

/**
 * Linear in the text, and in small steps: a sitemap has up to 50,000 addresses. A strict reader would learn nothing from a file
 * with one stray ampersand, so this one looks for the elements that matter and passes over everything else.
 */
export function* addressesIn(text: string): Generator<ListedAddress> {
  const start = text.slice(0, HEAD_LENGTH);
  if (/^\s*(?:\ufeff)?\s*\{/.test(start)) yield* jsonFeed(text);
  else if (/<(?:[a-z0-9]+:)?sitemapindex[\s>]/i.test(start)) yield* entries(text, 'sitemap', 'list');
  else if (/<(?:[a-z0-9]+:)?urlset[\s>]/i.test(start)) yield* entries(text, 'url', 'page');
  else if (/<(?:rss|feed|rdf:RDF|channel)[\s>]/i.test(start)) yield* feedEntries(text);
  else if (!start.includes('<')) yield* lines(text);
}

const HEAD_LENGTH = 5_000;
const MAX_ADDRESSES = 50_000;
const MAX_ENTRY = 1_048_576;

/** The text of each `<name …>…</name>`; names may have prefixes. */
function* elements(text: string, name: string): Generator<string> {
  const opening = new RegExp(`<(?:[a-z0-9]+:)?${name}(?:\\s[^<>]*)?>`, 'gi');
  const closing = new RegExp(`</(?:[a-z0-9]+:)?${name}\\s*>`, 'gi');
  for (let count = 0; count < MAX_ADDRESSES; count += 1) {
    const opened = opening.exec(text);
    if (!opened) return;
    closing.lastIndex = opening.lastIndex;
    const closed = closing.exec(text);
    if (!closed) return;
    if (closed.index - opening.lastIndex <= MAX_ENTRY) yield text.slice(opening.lastIndex, closed.index);
    opening.lastIndex = closing.lastIndex;
  }
}

function* entries(text: string, name: string, kind: 'list' | 'page'): Generator<ListedAddress> {
  for (const entry of elements(text, name)) {
    const href = textOf(entry, 'loc');
    if (href) yield { kind, href, ...stated(textOf(entry, 'lastmod') ?? textOf(entry, 'publication_date')) };
  }
}

/** RSS has `<item><link>…`, Atom `<entry><link href="…">`, and either may have an id that is an address. */
function* feedEntries(text: string): Generator<ListedAddress> {
  const name = /<entry[\s>]/i.test(text) && !/<item[\s>]/i.test(text) ? 'entry' : 'item';
  for (const entry of elements(text, name)) {
    const links = [...entry.matchAll(/<link(?=[\s>/])([^<>]*)>/gi)].flatMap(([, attributes = '']) => {
      const [href, rel] = [attribute(attributes, 'href'), attribute(attributes, 'rel')];
      return href && (rel === undefined || rel.toLowerCase() === 'alternate') ? [href] : [];
    });
    const origin = textOf(entry, 'origLink');
    const guid = /<guid(?=[\s>])(?![^<>]*ispermalink\s*=\s*["']false)[^<>]*>([^<]*)</i.exec(entry)?.[1];
    const href = origin ?? textOf(entry, 'link') ?? links[0] ?? guid?.trim();
    if (href) yield { kind: 'page', href, ...stated(textOf(entry, 'updated') ?? textOf(entry, 'pubDate')) };
  }
}

function* jsonFeed(text: string): Generator<ListedAddress> {
  const items = itemsOf(text);
  for (const item of items.slice(0, MAX_ADDRESSES)) {
    if (typeof item !== 'object' || item === null) continue;
    const { url, date_modified: modified, date_published: published } = item as Record<string, unknown>;
    if (typeof url === 'string')
      yield {
        kind: 'page',
        href: url,
        ...stated([modified, published].find((date) => typeof date === 'string') as string | undefined),
      };
  }
}

const itemsOf = (text: string): readonly unknown[] => {
  try {
    const { items } = JSON.parse(text.replace(/^\ufeff/, '')) as { items?: unknown };
    return Array.isArray(items) ? items : [];
  } catch {
    return [];
  }
};

function* lines(text: string): Generator<ListedAddress> {
  let count = 0;
  for (const [line] of text.matchAll(/[^\r\n]+/g)) {
    const href = line.replace(/^\ufeff/, '').trim();
    if (!/^https?:\/\//i.test(href)) continue;
    yield { kind: 'page', href };
    count += 1;
    if (count === MAX_ADDRESSES) return;
  }
}

const textOf = (entry: string, name: string): string | undefined => {
  const [first] = elements(entry, name);
  if (first === undefined) return undefined;
  const section = /^\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*$/.exec(first)?.[1];
  const text = section?.trim() ?? decodeXML(first).trim();
  return text === '' || text.includes('<') ? undefined : text;
};

const attribute = (attributes: string, name: string): string | undefined => {
  const [, quoted, apostrophed] =
    new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(attributes) ?? [];
  const value = quoted ?? apostrophed;
  return value === undefined ? undefined : decodeHTML(value).trim();
};

const stated = (date: string | undefined): { statedAt?: number } => {
  const statedAt = date === undefined ? Number.NaN : Date.parse(date.trim());
  return Number.isFinite(statedAt) ? { statedAt } : {};
};
