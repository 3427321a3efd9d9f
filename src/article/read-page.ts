/** Reads from a page whether it is an article and what it says of itself. */
import type { AccessLevel } from './article.ts';
import { type PageHead, pageHeadOf } from './page-head.ts';
import { parsePage } from './parse-page.ts';
import type { ParsedPage } from './parsed-page.ts';
import { bodySelectorsOf, findArticleNode } from './stated-article.ts';
import { statedDocuments } from './stated-in.ts';
import {
  addressOf,
  dateOf,
  distinct,
  languageOf,
  listOf,
  namesOf,
  shortened,
  textOf,
} from './stated-values.ts';
import { bareType, isObject, type JsonObject } from './structured-data.ts';

export interface PageReading {
  /** By the page's own metadata alone; an article may also be one by its path. */
  readonly isArticle: boolean;
  readonly title: string;
  readonly publicationName?: string;
  readonly section?: string;
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  readonly language: string;
  /** Milliseconds since the epoch. */
  readonly publishedAt?: number;
  readonly updatedAt?: number;
  readonly summary?: string;
  readonly image?: string;
  /**
   * From `article:content_tier` alone. `isAccessibleForFree: true` is no statement about this article: themes and
   * search plug-ins write it on every page, and taking it at its word would open whole sites.
   */
  readonly ownLevel?: AccessLevel;
  readonly canonicalHref?: string;
  /** `og:url`: what pages without a canonical link say instead. */
  readonly openGraphHref?: string;
  readonly seriesHrefs: readonly string[];
  readonly amp: boolean;
  /** CSS selectors of the body, as the page's JSON-LD `hasPart` names them. */
  readonly bodySelectors: readonly string[];
  /** Parsed once, for the cutter. */
  readonly page: ParsedPage;
}

export interface ReadPageOptions {
  /** The page's own canonical path: tells its article from those that it merely lists. */
  readonly path: string;
  /** BCP 47, for pages that don't say. */
  readonly siteLanguage: string;
}

/** Each fact from the first that has it: JSON-LD, then OpenGraph and other meta tags, then HTML. Never throws. */
export const readPage = (html: string, options: ReadPageOptions): PageReading =>
  readParsedPage(parsePage(html), options);

export const readParsedPage = (page: ParsedPage, { path, siteLanguage }: ReadPageOptions): PageReading => {
  const head = pageHeadOf(page);
  const found = findArticleNode(statedDocuments(page, head), [path, head.canonicalHref]);
  const stated = found?.node ?? {};
  const resolve = found?.resolve ?? ((node: JsonObject) => node);
  const ownLevel = LEVELS[first(head, 'article:content_tier')?.toLowerCase() ?? ''];
  const isOpenGraphArticle = /^article\b/i.test(first(head, 'og:type') ?? '');
  return {
    isArticle:
      found?.isThisPage === true || isOpenGraphArticle || ownLevel !== undefined || head.wordPressPost,
    title: shortened(
      textOf(stated.headline ?? stated.name, resolve) ??
        first(head, 'og:title', 'twitter:title') ??
        head.title ??
        '',
      MAX_PUBLIC_LENGTH,
    ),
    tags: tagsOf(stated, head, resolve),
    authors: authorsOf(stated, head, resolve),
    language: languageIn(stated, head, resolve) ?? siteLanguage,
    amp: head.amp,
    seriesHrefs: head.seriesHrefs,
    bodySelectors: found ? bodySelectorsOf(found.node) : [],
    page,
    ...defined({
      publicationName: publicationOf(stated, head, resolve),
      section: textOf(stated.articleSection, resolve) ?? first(head, 'article:section', 'section'),
      publishedAt: dateIn([stated.datePublished, stated.dateCreated], head, PUBLISHED),
      updatedAt: dateIn([stated.dateModified], head, UPDATED),
      summary: summaryOf(stated, head, resolve),
      image: addressOf(stated.image) ?? first(head, 'og:image', 'og:image:url', 'twitter:image'),
      ownLevel,
      canonicalHref: head.canonicalHref,
      openGraphHref: first(head, 'og:url'),
    }),
  };
};

type Resolve = (node: JsonObject) => JsonObject;

const LEVELS: Readonly<Record<string, AccessLevel | undefined>> = {
  free: 'open',
  metered: 'metered',
  locked: 'locked',
};
const PUBLISHED = [
  'article:published_time',
  'parsely-pub-date',
  'datepublished',
  'date',
  'dc.date',
  'pubdate',
];
const UPDATED = ['article:modified_time', 'og:updated_time', 'last-modified'];
/** Titles and summaries are everybody’s, and stand on cards: one that is longer is the article under another name. */
const MAX_PUBLIC_LENGTH = 500;

const first = ({ metas }: PageHead, ...names: readonly string[]): string | undefined => {
  for (const name of names) {
    const content = metas.get(name)?.[0];
    if (content) return content;
  }
  return undefined;
};

const all = ({ metas }: PageHead, name: string): readonly string[] => metas.get(name) ?? [];

const tagsOf = (stated: JsonObject, head: PageHead, resolve: Resolve): string[] => {
  const named = listOf(namesOf(stated.keywords, resolve));
  if (named.length > 0) return named;
  const tagged = listOf(all(head, 'article:tag'));
  return tagged.length > 0 ? tagged : listOf([...all(head, 'news_keywords'), ...all(head, 'keywords')]);
};

const authorsOf = (stated: JsonObject, head: PageHead, resolve: Resolve): string[] => {
  const named = distinct(namesOf(stated.author ?? stated.creator, resolve));
  if (named.length > 0) return named;
  // OpenGraph wants a profile's address here, sites write a name; an address names nobody.
  const tagged = [...all(head, 'author'), ...all(head, 'article:author')].filter(
    (name) => !/^https?:/i.test(name),
  );
  return distinct(tagged);
};

/** The periodical that the article is part of comes before whoever runs the site. */
const publicationOf = (stated: JsonObject, head: PageHead, resolve: Resolve): string | undefined => {
  const wholes = [stated.isPartOf].flat().filter(isObject).map(resolve);
  const periodical = wholes.find((whole) =>
    [whole['@type']].flat().some((type) => typeof type === 'string' && PERIODICALS.has(bareType(type))),
  );
  return (
    textOf(periodical, resolve) ??
    textOf(stated.publisher, resolve) ??
    textOf(wholes, resolve) ??
    first(head, 'og:site_name', 'application-name')
  );
};

const PERIODICALS = new Set(['Periodical', 'Newspaper', 'Magazine', 'PublicationIssue', 'PublicationVolume']);

/** `og:locale` comes last: platforms write en_US whatever the page is written in. */
const languageIn = (stated: JsonObject, head: PageHead, resolve: Resolve): string | undefined =>
  languageOf(textOf(stated.inLanguage, resolve)) ??
  languageOf(head.htmlLanguage) ??
  languageOf(first(head, 'content-language', 'og:locale'));

const dateIn = (stated: readonly unknown[], head: PageHead, names: readonly string[]): number | undefined =>
  [...stated.flat(), ...names.map((name) => first(head, name))]
    .map(dateOf)
    .find((date) => date !== undefined);

const summaryOf = (stated: JsonObject, head: PageHead, resolve: Resolve): string | undefined => {
  const text =
    textOf(stated.description, resolve) ??
    first(head, 'og:description', 'description', 'twitter:description');
  return text === undefined ? undefined : shortened(text, MAX_PUBLIC_LENGTH);
};

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

const defined = <T extends object>(facts: T): Defined<T> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Defined<T>;
