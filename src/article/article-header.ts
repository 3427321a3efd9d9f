/** Parses the origin's `Gatefold-Article` header, by which a site that knows its articles says so. */
import type { AccessLevel } from './article.ts';
import { dateOf, languageOf } from './stated-values.ts';

/** What the header states; it comes before what the page says. */
export interface ArticleClaims {
  readonly level?: AccessLevel;
  /** Publication's id or name. */
  readonly publication?: string;
  readonly section?: string;
  readonly tags?: readonly string[];
  readonly authors?: readonly string[];
  readonly title?: string;
  readonly language?: string;
  readonly publishedAt?: number;
  readonly updatedAt?: number;
}

export type ArticleHeader =
  | { readonly kind: 'article'; readonly claims: ArticleClaims }
  /** `none`: this page isn't an article, whatever its metadata looks like. */
  | { readonly kind: 'none' };

/**
 * `level=metered; publication=tidewater; section="World"; tags="a,b"; title="…"`. Total: what can't be understood is
 * passed over, so that a slip of the pen loses one fact and not the article.
 */
export const parseArticleHeader = (value: string | undefined): ArticleHeader | undefined => {
  if (value === undefined) return undefined;
  const parameters = parametersOf(asUnicode(value.slice(0, MAX_LENGTH)));
  if (parameters.has('none') || parameters.has('?0')) return { kind: 'none' };
  const claims: Writable<ArticleClaims> = {};
  const level = LEVELS.find((known) => known === parameters.get('level'));
  if (level) claims.level = level;
  for (const name of ['publication', 'section', 'title'] as const) {
    const text = parameters.get(name);
    if (text) claims[name] = text;
  }
  for (const name of ['tags', 'authors'] as const) {
    const text = parameters.get(name);
    if (text) claims[name] = text.split(',').flatMap((part) => part.trim() || []);
  }
  const language = languageOf(parameters.get('language'));
  if (language) claims.language = language;
  const publishedAt = dateOf(parameters.get('published'));
  if (publishedAt !== undefined) claims.publishedAt = publishedAt;
  const updatedAt = dateOf(parameters.get('updated'));
  if (updatedAt !== undefined) claims.updatedAt = updatedAt;
  return { kind: 'article', claims };
};

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

const MAX_LENGTH = 8000;
const LEVELS: readonly AccessLevel[] = ['open', 'registered', 'metered', 'locked'];

/** Names to values; a bare name has the value ''. `name*=UTF-8''…` (percent-encoded) counts as `name`. */
const parametersOf = (text: string): Map<string, string> => {
  const parameters = new Map<string, string>();
  for (const parameter of text.match(/(?:"(?:[^"\\]|\\.)*"?|[^";])+/g) ?? []) {
    const [, name = '', quoted, bare = ''] = PARAMETER.exec(parameter) ?? [];
    const value = quoted === undefined ? bare.trim() : quoted.replace(/\\(.)/g, '$1');
    const extended = name.endsWith('*');
    const key = (extended ? name.slice(0, -1) : name).toLowerCase();
    if (key !== '') parameters.set(key, extended ? percentDecoded(value) : value);
  }
  return parameters;
};

const PARAMETER = /^\s*([^=\s"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)|(.*)))?/;

const percentDecoded = (value: string): string => {
  const encoded = value.replace(/^utf-8'[^']*'/i, '');
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
};

/** Node hands on header bytes as Latin-1 characters, while origins write UTF-8. */
const asUnicode = (value: string): string => {
  if (!/[\x80-\xff]/.test(value) || /[^\x00-\xff]/.test(value)) return value;
  const decoded = Buffer.from(value, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? value : decoded;
};
