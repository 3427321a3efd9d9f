/** What a response's type means to the gate: a page to be looked into, a form of an article, or none of its business. */

export type TypeClass =
  /** HTML, or nobody says what: looked into. */
  | 'page'
  | 'feed'
  | 'json'
  /** A whole text in a type that can't be cut: plain, Markdown, PDF. */
  | 'document'
  /** Images, scripts, fonts, streams of events: never an article. */
  | 'opaque';

const exact: Readonly<Record<string, TypeClass>> = {
  'text/html': 'page',
  'application/xhtml+xml': 'page',
  // Several parts of whatever stands there: a page's, until the whole was looked at.
  'multipart/byteranges': 'page',
  'multipart/x-byteranges': 'page',
  'multipart/related': 'document',
  'message/rfc822': 'document',
  'application/rss+xml': 'feed',
  'application/atom+xml': 'feed',
  'application/rdf+xml': 'feed',
  'application/xml': 'feed',
  'text/xml': 'feed',
  'application/feed+json': 'feed',
  'application/json': 'json',
  'text/json': 'json',
  'application/pdf': 'document',
  'application/epub+zip': 'document',
  'application/x-ndjson': 'opaque',
  'text/css': 'opaque',
  'text/javascript': 'opaque',
  'text/event-stream': 'opaque',
  'text/vtt': 'opaque',
  'text/calendar': 'opaque',
  'image/svg+xml': 'opaque',
};

export const typeClass = (contentType: string | undefined, path: string): TypeClass => {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === '' || !type.includes('/')) return 'page';
  const known = exact[type];
  if (known === 'json' && /feed/i.test(path)) return 'feed';
  if (known) return known;
  if (type.endsWith('+json')) return 'json';
  if (type.endsWith('+xml')) return 'feed';
  return type.startsWith('text/') ? 'document' : 'opaque';
};

/** Addresses that by their ending are never pages, so that a 304 or 206 for them needs no second look. */
export const isAssetPath = (path: string): boolean =>
  /\.(css|m?js|map|png|jpe?g|gif|webp|avif|svg|ico|woff2?|ttf|otf|mp[34]|m4[av]|webm|ogg|wasm|zip|gz)$/i.test(
    path,
  );

/**
 * Asked for something else than a page, an origin may give another form of an article whose page nobody has looked at
 * yet. `*` alone asks for the default form, and that is the page itself.
 */
export const mayBeOtherForm = (accept: string | undefined, vary: string | undefined): boolean =>
  /(^|,)\s*(accept|\*)\s*(,|$)/i.test(vary ?? '') || !(asksForPage(accept) || acceptsAnything(accept));

/** A page before all else, as browsers ask: whatever else is named comes after it. */
export const asksForPage = (accept: string | undefined): boolean =>
  accept !== undefined && /^\s*text\/html\s*(,|$)/i.test(accept) && !/json/i.test(accept);

export const acceptsAnything = (accept: string | undefined): boolean =>
  accept === undefined || /^\s*(\*\/\*\s*(;\s*q=[\d.]+\s*)?)?$/i.test(accept);
