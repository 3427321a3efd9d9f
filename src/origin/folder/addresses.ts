/** Every address of the reading site: how each is written, and what a request's address means. */
import { slugOf } from './slug.ts';

export type ArticleForm = 'page' | 'amp' | 'print' | 'json';
export type FeedFormat = 'rss' | 'atom' | 'json';

export type Address =
  | { readonly kind: 'front' }
  | { readonly kind: 'publication'; readonly publication: string }
  | { readonly kind: 'section'; readonly publication: string; readonly section: string }
  | {
      readonly kind: 'article';
      readonly publication: string;
      readonly slug: string;
      readonly form: ArticleForm;
    }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'feed'; readonly format: FeedFormat; readonly publication?: string }
  | { readonly kind: 'art'; readonly publication: string; readonly slug: string }
  | { readonly kind: 'robots' }
  | { readonly kind: 'sitemap' }
  /** The same address without its trailing slash. */
  | { readonly kind: 'moved'; readonly to: string }
  /** A file of the folder, the stylesheet, or nothing. `path` is decoded. */
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'nothing' };

export const publicationAddress = (publication: string): string => `/${encodeURIComponent(publication)}`;
export const sectionAddress = (publication: string, section: string): string =>
  `${publicationAddress(publication)}/section/${encodeURIComponent(slugOf(section))}`;
export const tagAddress = (tag: string): string => `/tag/${encodeURIComponent(slugOf(tag))}`;
export const articleAddress = (publication: string, slug: string): string =>
  `${publicationAddress(publication)}/${encodeURIComponent(slug)}`;
export const artAddress = (publication: string, slug: string): string =>
  `/art/${encodeURIComponent(publication)}/${encodeURIComponent(slug)}.svg`;

/** `target` is a path and query beginning with `/`. Queries other than `view=print` mean nothing here. */
export const readAddress = (target: string): Address => {
  const cut = target.indexOf('?');
  const rawPath = cut < 0 ? target : target.slice(0, cut);
  // Browsers read a backslash in a redirect as a slash.
  const query = cut < 0 ? '' : target.slice(cut).replaceAll('\\', '%5C');
  const segments = decodeSegments(rawPath);
  if (segments === undefined) return { kind: 'nothing' };
  if (rawPath !== '/' && rawPath.endsWith('/')) {
    // Made from the parts, because `//elsewhere.example/` would send the reader to another site.
    return {
      kind: 'moved',
      to: `/${segments.map(encodeURIComponent).join('/')}${segments.length === 0 ? '' : query}`,
    };
  }
  return readSegments(segments, new URLSearchParams(query));
};

/** Non-empty parts, decoded; undefined when the escapes are broken. */
function decodeSegments(path: string): string[] | undefined {
  try {
    const decoded = path.split('/').map(decodeURIComponent);
    return decoded.filter((part) => part !== '').map((part) => part.normalize('NFC'));
  } catch {
    return undefined;
  }
}

function readSegments(segments: readonly string[], query: URLSearchParams): Address {
  const [first, second, third, ...rest] = segments;
  if (first === undefined) return { kind: 'front' };
  if (rest.length > 0 || first === 'assets') return asFile(segments);
  if (second === undefined) return readSingle(first);
  if (first === 'tag' && third === undefined) return { kind: 'tag', tag: second };
  if (first === 'art' && third?.endsWith('.svg'))
    return { kind: 'art', publication: second, slug: third.slice(0, -4) };
  if (third === undefined) return readBelowPublication(first, second, query);
  if (second === 'section') return { kind: 'section', publication: first, section: third };
  if (third === 'amp') return { kind: 'article', publication: first, slug: second, form: 'amp' };
  return asFile(segments);
}

function readSingle(name: string): Address {
  const format = FEED_FORMATS.get(name);
  if (format !== undefined) return { kind: 'feed', format };
  if (name === 'robots.txt') return { kind: 'robots' };
  if (name === 'sitemap.xml') return { kind: 'sitemap' };
  return name.includes('.') ? asFile([name]) : { kind: 'publication', publication: name };
}

function readBelowPublication(publication: string, name: string, query: URLSearchParams): Address {
  const format = FEED_FORMATS.get(name);
  if (format !== undefined) return { kind: 'feed', format, publication };
  if (name.endsWith('.json')) return { kind: 'article', publication, slug: name.slice(0, -5), form: 'json' };
  if (name.includes('.')) return asFile([publication, name]);
  return { kind: 'article', publication, slug: name, form: query.get('view') === 'print' ? 'print' : 'page' };
}

const FEED_FORMATS: ReadonlyMap<string, FeedFormat> = new Map([
  ['feed.xml', 'rss'],
  ['atom.xml', 'atom'],
  ['feed.json', 'json'],
]);

const asFile = (segments: readonly string[]): Address => ({ kind: 'file', path: segments.join('/') });
