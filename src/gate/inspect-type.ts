/** What a response's type means to the gate: a page to be looked into, a form of an article, or none of its business. */

export type TypeClass =
  /** HTML, or nobody says what: looked into. */
  | 'page'
  | 'feed'
  | 'json'
  /** A whole text in a type that can't be cut: plain, Markdown, PDF. */
  | 'document'
  /** Code and rows of data: what a page is drawn with, and by name or at an article's address a form of it. */
  | 'script'
  /** Images, styles, fonts, streams of events: never an article. */
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
  'application/x-ndjson': 'script',
  'application/ndjson': 'script',
  'application/jsonl': 'script',
  'text/javascript': 'script',
  'text/ecmascript': 'script',
  'application/javascript': 'script',
  'application/x-javascript': 'script',
  'application/ecmascript': 'script',
  'text/css': 'opaque',
  'text/event-stream': 'opaque',
  'text/vtt': 'opaque',
  'text/calendar': 'opaque',
  'image/svg+xml': 'opaque',
};

/** @param target the address: whatever is named like a feed and may be text is read as one. */
export const typeClass = (contentType: string | undefined, target: string): TypeClass => {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === '' || !type.includes('/')) return 'page';
  const known = exact[type];
  if (known === 'page' || known === 'feed') return known;
  if (MAY_BE_FEED.test(type) && isFeedAddress(target)) return 'feed';
  if (known) return known;
  if (type.endsWith('+json')) return 'json';
  if (type.endsWith('+xml')) return 'feed';
  return type.startsWith('text/') ? 'document' : 'opaque';
};

const MAY_BE_FEED =
  /^(?:text\/plain|text\/x-.*|text\/json|application\/(?:.*\+)?json|application\/octet-stream)$/;

/** `/feed/`, `/feed.json`, `/news.rss`, `/atom.xml`, `/?feed=rss2`. */
const isFeedAddress = (target: string): boolean => {
  const [path = '', query = ''] = target.split('?', 2);
  return /feed|\b(?:rss|atom)\b/i.test(path) || /(?:^|&)feed=/i.test(query);
};

/** Addresses that by their ending are never pages, so that a 304 or 206 for them needs no second look. */
export const isAssetPath = (path: string): boolean =>
  /\.(css|m?js|map|png|jpe?g|gif|webp|avif|svg|ico|woff2?|ttf|otf|mp[34]|m4[av]|webm|ogg|wasm|zip|gz)$/i.test(
    path,
  );

/** Films and recordings, which players ask for part by part: Safari plays nothing that comes whole. */
export const isRecordingPath = (path: string): boolean =>
  /\.(mp[34]|m4[abv]|webm|og[agv]|mov|wav|flac|aac|opus)$/i.test(path);

/** Never text, whatever is asked of it. */
export const isMediaType = (contentType: string | undefined): boolean =>
  /^\s*(?:image|audio|video|font)\//i.test(contentType ?? '');

/**
 * Asked for something else than a page, an origin may give another form of an article whose page nobody has looked at
 * yet. `*` alone asks for the default form, and that is the page itself; what an answer depends on beside that
 * (`RSC`, `X-Inertia`, `HX-Request`) says that the address has several.
 */
export const mayBeOtherForm = (accept: string | undefined, vary: string | undefined): boolean =>
  (vary ?? '').split(',').some((name) => !CHOOSES_NO_FORM.test(name)) ||
  !(asksForPage(accept) || acceptsAnything(accept));

/** Coding, language, reader and device make another copy of the same form. */
const CHOOSES_NO_FORM =
  /^\s*(?:accept-(?:encoding|language|charset)|origin|cookie|authorization|user-agent|referer|host|range|via|dnt|save-data|sec-.*|access-control-.*|x-forwarded-.*|x-wp-.*|cf-.*|cloudfront-.*|fastly-.*)?\s*$/i;

/** A page before all else, as browsers ask: whatever else is named comes after it. */
export const asksForPage = (accept: string | undefined): boolean =>
  accept !== undefined && /^\s*text\/html\s*(,|$)/i.test(accept) && !/json/i.test(accept);

export const acceptsAnything = (accept: string | undefined): boolean =>
  accept === undefined || /^\s*(\*\/\*\s*(;\s*q=[\d.]+\s*)?)?$/i.test(accept);
