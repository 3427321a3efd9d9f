/** Says of an HTML page whether it is an article, and which: by itself, or by the article that it is a form of. */
import { LRUCache } from 'lru-cache';
import type { Article } from '../article/article.ts';
import { articleIdOf } from '../article/article-id.ts';
import { parsePage } from '../article/parse-page.ts';
import { type PageReading, readPage } from '../article/read-page.ts';
import { toArticle } from '../article/to-article.ts';
import { type Belonging, type BelongingOf, createBelonging } from './belonging.ts';
import type { ArticlePage } from './found.ts';
import { linkedAddresses } from './linked-addresses.ts';
import type { Look } from './look.ts';
import type { LookAt } from './look-up.ts';
import type { PageAddress } from './page-addresses.ts';
import type { PageBehind } from './page-behind.ts';
import { siteAddress } from './site-address.ts';

interface Dependencies {
  readonly hosts: readonly string[];
  readonly lookUp: LookAt;
  readonly pageBehind: PageBehind;
}

/** Undefined: nobody's article. */
export type RecognisePage = (look: Look, text: string) => Promise<RecognisedPage | undefined>;

export interface RecognisedPage extends Pick<ArticlePage, 'article' | 'part'> {
  /** Its parse, when there is a new one; handed out once. */
  readonly takeReading: () => PageReading | undefined;
}

/** What a page says; the same bytes at the same address are not parsed again. */
interface KnownReading {
  /** As it would be by itself. */
  readonly own: Article;
  readonly isArticle: boolean;
  readonly stated: PageAddress | undefined;
  readonly series: readonly PageAddress[];
  readonly continues: boolean;
  reading: PageReading | undefined;
}

export const createRecognisePage = ({ hosts, lookUp, pageBehind }: Dependencies): RecognisePage => {
  const readings = new LRUCache<string, KnownReading>({ max: 5_000 });
  const belongingOf: BelongingOf = createBelonging(lookUp);

  const belonging = async (known: KnownReading, look: Look, text: string): Promise<Belonging> => {
    const { question, rules, head, hash } = look;
    const alone = known.isArticle ? { article: known.own } : undefined;
    // What stands beside an error is of that error, whatever its links say.
    if (head.status >= 400) return alone;
    const hops = question.hops ?? 0;
    const { own, isArticle, stated, series } = known;
    const parsed = () => known.reading?.page ?? parsePage(text);
    const facts = { target: question.target, own, isArticle, series, text, hash, parsed, hops };
    const found = await belongingOf(stated ? { ...facts, stated } : facts, rules);
    if (found || question.method !== 'GET' || !isPiece(text)) return found;
    const page = await pageBehind({ target: question.target, path: question.path, hops }, rules);
    return page?.kind === 'article' ? { article: page.article } : undefined;
  };

  return async (look, text) => {
    const key = readingKey(look);
    const known = readings.get(key) ?? readAnew(text, look, hosts);
    readings.set(key, known);
    const found = await belonging(known, look, text);
    if (!found) {
      known.reading = undefined;
      return undefined;
    }
    const part = found.part ?? (known.continues ? ('first' as const) : undefined);
    return {
      article: found.article,
      ...(part ? { part } : {}),
      takeReading: () => {
        const { reading } = known;
        // The parse is many times its page's size: the cut takes it once, and the facts alone are kept.
        known.reading = undefined;
        return reading;
      },
    };
  };
};

const readingKey = ({ hash, question, rules, head }: Look): string =>
  [
    hash,
    question.target,
    rules.policy.version,
    ...head.headers.filter(([name]) => /^(?:gatefold-article|link)$/i.test(name)).map(([, value]) => value),
    head.status < 400,
  ].join('\n');

const readAnew = (text: string, look: Look, hosts: readonly string[]): KnownReading => {
  const { question, rules, header, articlePath, head } = look;
  const reading = readPage(text, { path: question.path, siteLanguage: rules.policy.site.language });
  const byMetadata = rules.policy.articles.metadata && reading.isArticle;
  const { canonicalHref, openGraphHref, ...itself } = reading;
  const own = toArticle({
    address: { target: question.target, hosts },
    reading: itself,
    publications: rules.policy.publications.map(({ id, name }) => ({
      id,
      name,
      covers: (path) => rules.matcher.publicationOf(path) === id,
    })),
    claims: header?.kind === 'article' ? header.claims : undefined,
  });
  const addressOf = (href: string | undefined): PageAddress | undefined =>
    href === undefined ? undefined : siteAddress(href, question.target, hosts);
  const stated =
    addressOf(canonicalHref) ??
    (canonicalHref === undefined
      ? (linkedAddresses(head, question.target, hosts)[0] ?? addressOf(openGraphHref))
      : undefined);
  return {
    own,
    isArticle: articlePath || byMetadata || header !== undefined,
    stated: stated && isAnother(stated, own) ? stated : undefined,
    series: reading.seriesHrefs.flatMap((href) => addressOf(href) ?? []),
    continues: hasNumberedPages(text, own.path),
    reading,
  };
};

/**
 * A link to the front page is a mistake or a syndication mark: taken at its word, it would make one article of many.
 */
const isAnother = ({ target }: PageAddress, own: Article): boolean =>
  target !== '/' && articleIdOf({ target, hosts: [] }) !== own.id;

/** It links to a second page of itself. */
const hasNumberedPages = (text: string, path: string): boolean => {
  const bare = path.replace(/\/$/, '');
  return (
    bare !== '' &&
    ['/2/"', '/2"', '/page/2', "/2/'", '?page=2', '?paged=2'].some((end) => text.includes(bare + end))
  );
};

/** What scripts put into a page that is there already: it says nothing of itself. */
const isPiece = (text: string): boolean =>
  text.length >= shortestPiece && !/<(?:!doctype|html|head|title|rss|feed)[\s>]/i.test(text.slice(0, 5_000));

const shortestPiece = 300;
