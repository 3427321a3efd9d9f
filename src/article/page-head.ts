/** What a page states about itself in tags: meta, link, title, html and its JSON-LD scripts. */
import { anyAround, heldText, type PageToken, type ParsedPage, type StartToken } from './parsed-page.ts';

export interface PageHead {
  /** By lower-case `property` or `name`; every content in page order. */
  readonly metas: ReadonlyMap<string, readonly string[]>;
  /** Of a link in the head: one in the text may be a reader's. */
  readonly canonicalHref?: string;
  /** What `rel=first` (or `start`) and `rel=prev` name, in page order. */
  readonly seriesHrefs: readonly string[];
  readonly title?: string;
  readonly htmlLanguage?: string;
  readonly amp: boolean;
  /** WordPress says on each post's page that it is one, and which. */
  readonly wordPressPost: boolean;
  /** Source text of every `application/ld+json` script. */
  readonly structuredData: readonly string[];
}

export const pageHeadOf = ({ source, tokens }: ParsedPage): PageHead => {
  const metas = new Map<string, string[]>();
  const structuredData: string[] = [];
  const seriesHrefs: string[] = [];
  let canonicalHref: string | undefined;
  let title: string | undefined;
  let wordPressPost = false;
  const html = new Map<string, string>();
  const isInert = anyAround(({ name }) => name === 'template' || name === 'svg' || name === 'math');
  for (const [index, token] of tokens.entries()) {
    // Browsers don't act on what stands in a template or a drawing.
    if (token.kind !== 'start' || !READ.has(token.name) || isInert(token.place)) continue;
    const attributes = attributeMap(token);
    if (token.name === 'meta') addMeta(metas, attributes);
    else if (token.name === 'link') {
      if (token.place?.element.name !== 'head') continue;
      canonicalHref ??= hrefOf(attributes, ['canonical']);
      wordPressPost ||= namesPost(attributes);
      seriesHrefs.push(...[hrefOf(attributes, ['first', 'start', 'prev', 'previous']) ?? []].flat());
    } else if (token.name === 'title') {
      // One in the body is part of what the body says, and may be withheld.
      if (token.place?.element.name === 'head') title ??= textAfter(tokens, index);
    } else if (token.name === 'html') adopt(html, attributes);
    else if (token.name === 'body') wordPressPost ||= isPostsBody(attributes.get('class'));
    else if (isStructuredData(attributes.get('type'))) {
      const { start, end } = heldText(tokens, index);
      structuredData.push(source.slice(start, end));
    }
  }
  const htmlLanguage = html.get('lang');
  return {
    metas,
    structuredData,
    seriesHrefs: seriesHrefs.slice(0, MAX_SERIES),
    amp: html.has('amp') || html.has('⚡'),
    wordPressPost,
    ...(canonicalHref ? { canonicalHref } : {}),
    ...(title ? { title } : {}),
    ...(htmlLanguage ? { htmlLanguage } : {}),
  };
};

export const isStructuredData = (type: string | undefined): boolean =>
  type !== undefined && /^\s*application\/ld\+json\s*(;|$)/i.test(type);

const READ = new Set(['meta', 'link', 'title', 'html', 'body', 'script']);

/** Of a tag that is written again, browsers take what the first hasn't got. */
const adopt = (known: Map<string, string>, attributes: ReadonlyMap<string, string>): void => {
  for (const [name, value] of attributes) if (!known.has(name)) known.set(name, value);
};

const attributeMap = (token: StartToken): Map<string, string> =>
  new Map(token.attributes.map(({ name, value }) => [name, value]));

const addMeta = (metas: Map<string, string[]>, attributes: ReadonlyMap<string, string>): void => {
  const content = attributes.get('content')?.trim();
  const key = (attributes.get('property') ?? attributes.get('name'))?.trim().toLowerCase();
  if (!content || !key) return;
  const known = metas.get(key);
  if (known) known.push(content);
  else metas.set(key, [content]);
};

const MAX_SERIES = 3;

const hrefOf = (attributes: ReadonlyMap<string, string>, wanted: readonly string[]): string | undefined => {
  const relations = attributes.get('rel')?.toLowerCase().split(/\s+/) ?? [];
  return wanted.some((relation) => relations.includes(relation))
    ? attributes.get('href')?.trim() || undefined
    : undefined;
};

/** Its core writes no other metadata: a link to the post in its REST API, unless that is hidden … */
const namesPost = (attributes: ReadonlyMap<string, string>): boolean =>
  hrefOf(attributes, ['alternate']) !== undefined &&
  /^\s*application\/json\s*$/i.test(attributes.get('type') ?? '') &&
  /(?:\/|%2F)wp(?:\/|%2F)v2(?:\/|%2F)posts(?:\/|%2F)\d+$/i.test(attributes.get('href')?.trim() ?? '');

/** … and classes of the body, in every theme that does as themes should. */
const isPostsBody = (classes = ''): boolean => {
  const names = classes.split(/\s+/);
  return names.includes('single-post') && names.some((name) => /^postid-\d+$/.test(name));
};

const textAfter = (tokens: readonly PageToken[], index: number): string => {
  let text = '';
  for (let at = index + 1; tokens[at]?.kind === 'text'; at += 1) {
    const token = tokens[at];
    if (token?.kind === 'text') text += token.chars;
  }
  return text.replace(/\s+/g, ' ').trim();
};
