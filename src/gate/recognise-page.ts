/** Says of an HTML page whether it is an article, and which: by itself, or by the article that it is a form of. */
import { LRUCache } from 'lru-cache';
import type { Article } from '../article/article.ts';
import { articleIdOf } from '../article/article-id.ts';
import { toArticle } from '../article/to-article.ts';
import { sourceOf } from './article-page.ts';
import { type Belonging, type BelongingOf, createBelonging } from './belonging.ts';
import type { ArticlePage } from './found.ts';
import { linkedAddresses } from './linked-addresses.ts';
import type { Look } from './look.ts';
import type { LookAt } from './look-up.ts';
import type { PageAddress } from './page-addresses.ts';
import type { PageBehind } from './page-behind.ts';
import type { PageFacts } from './page-tasks.ts';
import type { PageWork } from './page-work.ts';
import { siteAddress } from './site-address.ts';

interface Dependencies {
  readonly hosts: readonly string[];
  readonly lookUp: LookAt;
  readonly pageBehind: PageBehind;
  readonly work: Pick<PageWork, 'readPage' | 'comparePages'>;
}

/** Undefined: nobody's article. */
export type RecognisePage = (
  look: Look,
  text: string,
) => Promise<Pick<ArticlePage, 'article' | 'part'> | undefined>;

/** What a page says; the same bytes at the same address are not read again. */
interface KnownReading {
  /** As it would be by itself. */
  readonly own: Article;
  readonly isArticle: boolean;
  readonly stated: PageAddress | undefined;
  readonly series: readonly PageAddress[];
  readonly continues: boolean;
}

export const createRecognisePage = ({ hosts, lookUp, pageBehind, work }: Dependencies): RecognisePage => {
  const readings = new LRUCache<string, KnownReading>({ max: 5_000 });
  const belongingOf: BelongingOf = createBelonging(lookUp, work);

  const readAnew = async (text: string, look: Look): Promise<KnownReading> => {
    const { question, rules } = look;
    const source = sourceOf(look, text);
    const facts = await work.readPage({
      source,
      path: question.path,
      siteLanguage: rules.policy.site.language,
    });
    return knownReading(facts, text, look, hosts);
  };

  const belonging = async (known: KnownReading, look: Look, text: string): Promise<Belonging> => {
    const { question, rules, head, hash } = look;
    const alone = known.isArticle ? { article: known.own } : undefined;
    // What stands beside an error is of that error, whatever its links say.
    if (head.status >= 400) return alone;
    const hops = question.hops ?? 0;
    const { own, isArticle, stated, series } = known;
    const source = sourceOf(look, text);
    const facts = { target: question.target, own, isArticle, series, source, hash, hops };
    const found = await belongingOf(stated ? { ...facts, stated } : facts, rules);
    if (found || question.method !== 'GET' || !isPiece(text)) return found;
    const page = await pageBehind({ target: question.target, path: question.path, hops }, rules);
    return page?.kind === 'article' ? { article: page.article } : undefined;
  };

  return async (look, text) => {
    const key = readingKey(look);
    const known = readings.get(key) ?? (await readAnew(text, look));
    readings.set(key, known);
    const found = await belonging(known, look, text);
    if (!found) return undefined;
    const part = found.part ?? (known.continues ? ('first' as const) : undefined);
    return { article: found.article, ...(part ? { part } : {}) };
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

const knownReading = (
  reading: PageFacts,
  text: string,
  { question, rules, header, articlePath, head }: Look,
  hosts: readonly string[],
): KnownReading => {
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
