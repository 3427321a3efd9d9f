/** Whose a page is: an article by itself, another form of one, a further page of one, or nobody's. */
import { LRUCache } from 'lru-cache';
import type { AccessLevel, Article } from '../article/article.ts';
import { articleIdOf } from '../article/article-id.ts';
import { sourceOf } from './article-page.ts';
import type { ArticlePage } from './found.ts';
import { type LookAt, maxHops, type Standing } from './look-up.ts';
import type { PageAddress } from './page-addresses.ts';
import { firstPages } from './page-numbers.ts';
import type { Overlap, Source } from './page-tasks.ts';
import type { PageWork } from './page-work.ts';
import type { PolicyInForce } from './policy-in-force.ts';

export interface PageFacts {
  readonly target: string;
  /** As it would be by itself: its own address, and what it says of itself. */
  readonly own: Article;
  /** The policy, its metadata or the origin's header make it one. */
  readonly isArticle: boolean;
  /** The page that it calls its canonical one, where that is another. */
  readonly stated?: PageAddress;
  /** What it calls the first and the previous of its series. */
  readonly series: readonly PageAddress[];
  readonly source: Source;
  readonly hash: string;
  readonly hops: number;
}

export type Belonging = { readonly article: Article; readonly part?: 'later' } | undefined;
export type BelongingOf = (facts: PageFacts, rules: PolicyInForce) => Promise<Belonging>;

/** Longer pages aren't compared, and stand for themselves. */
const longestCompared = 600_000;

/**
 * A page that is no article by itself is the form of whatever article it names. One that is an article keeps its own
 * facts unless its text is the other's, or it is a further page of it: else a canonical link to an open article would
 * open a locked one, and one free read would open all that share a mistaken link.
 */
export const createBelonging = (lookUp: LookAt, work: Pick<PageWork, 'comparePages'>): BelongingOf => {
  const compared = new LRUCache<string, Overlap>({ max: 10_000 });

  const overlapOf = async (
    facts: PageFacts,
    page: ArticlePage,
    { policy }: PolicyInForce,
  ): Promise<Overlap> => {
    if (page.form.kind !== 'html') return 'none';
    if (page.hash === facts.hash) return 'same';
    const { source: own } = facts;
    if (own.text.length > longestCompared || page.form.text.length > longestCompared) return 'none';
    const key = `${policy.version}${facts.hash}${page.hash}`;
    const known = compared.get(key);
    if (known !== undefined) return known;
    const other = sourceOf(page, page.form.text);
    const overlap = await work.comparePages({ own, other, selectors: policy.articles.body });
    compared.set(key, overlap);
    return overlap;
  };

  const byCanonical = async (
    facts: PageFacts,
    standing: Standing,
    stated: PageAddress,
    rules: PolicyInForce,
  ): Promise<Belonging> => {
    const { own, isArticle } = facts;
    if (standing.kind !== 'article') {
      const unchecked = standing.kind === 'unseen' || standing.kind === 'unavailable';
      return isArticle && unchecked ? { article: { ...own, id: idOf(stated) } } : undefined;
    }
    if (isArticle && standing.article.id === own.id) return undefined;
    // Known by its address alone: what this page says of itself is all that anybody knows.
    if (standing.form.kind !== 'html') {
      const { id, path } = standing.article;
      return { article: isArticle ? { ...own, id } : { ...own, id, path } };
    }
    const overlap = await overlapOf(facts, standing, rules);
    if (overlap === 'same' || (!isArticle && overlap === 'more')) return formOf(standing, own);
    // All pages in one: the same article, with more in it than its first page has.
    if (overlap === 'more') return { article: { ...own, id: standing.article.id } };
    if (isNumberedAfter(facts.target, standing) && (!isArticle || sharesTitle(own, standing)))
      return furtherPageOf(standing, own);
    return isArticle ? undefined : formOf(standing, own);
  };

  const bySeries = async (
    facts: PageFacts,
    standing: Standing,
    evidence: Evidence,
    rules: PolicyInForce,
  ): Promise<Belonging> => {
    const { own, isArticle, series } = facts;
    if (standing.kind !== 'article' || standing.article.id === own.id) return undefined;
    const isNamed = series.some((page) => idOf(page) === standing.article.id);
    const isPage = evidence === 'sure' ? !isArticle || isNamed : evidence === 'numbered';
    if (!isPage && !sharesTitle(own, standing)) return undefined;
    if (standing.form.kind !== 'html') {
      const { id, path } = standing.article;
      return { article: { ...own, id, path }, part: 'later' };
    }
    return (await overlapOf(facts, standing, rules)) === 'none'
      ? furtherPageOf(standing, own)
      : formOf(standing, own);
  };

  return async (facts, rules) => {
    const { stated, target, series, own, isArticle } = facts;
    const alone = isArticle ? { article: own } : undefined;
    const hops = facts.hops + 1;
    if (hops > maxHops) return alone;
    if (stated) {
      const found = await byCanonical(facts, await lookUp(stated, rules, hops), stated, rules);
      if (found) return found;
    }
    for (const { evidence, ...page } of candidates(target, series)) {
      const found = await bySeries(facts, await lookUp(page, rules, hops), evidence, rules);
      if (found) return found;
    }
    return alone;
  };
};

/** What suggests a first page: a number that only pages have, one that other things have too and a link beside it, or the link alone. */
type Evidence = 'sure' | 'numbered' | 'named';

/**
 * Themes call the article before this one the previous page, too, and `letters-2` is often the second article of that
 * name: neither is asked about without the other.
 */
const candidates = (target: string, series: readonly PageAddress[]) => {
  const numbered = firstPages(target);
  if (numbered.length === 0) return [];
  const isNamed = (page: PageAddress): boolean => series.some((named) => idOf(named) === idOf(page));
  return [
    ...numbered
      .filter((page) => page.sure || isNamed(page))
      .map(({ sure, ...page }) => ({ ...page, evidence: sure ? 'sure' : 'numbered' }) as const),
    ...series.map((page) => ({ ...page, evidence: 'named' }) as const),
  ];
};

const idOf = ({ target }: PageAddress) => articleIdOf({ target, hosts: [] });

const isNumberedAfter = (target: string, { article }: ArticlePage): boolean =>
  firstPages(target).some((page) => idOf(page) === article.id);

const formOf = ({ article, part }: ArticlePage, own: Article): Belonging => ({
  article: withStricterLevel(article, own),
  ...(part === 'later' ? { part } : {}),
});

const furtherPageOf = ({ article }: ArticlePage, own: Article): Belonging => ({
  article: withStricterLevel(article, own),
  part: 'later',
});

/** A form that calls itself locked is locked; none is opened by what it says of itself. */
const withStricterLevel = (article: Article, { ownLevel }: Article): Article => {
  if (ownLevel === undefined) return article;
  const isStricter =
    article.ownLevel === undefined
      ? ownLevel === 'locked'
      : strictness.indexOf(ownLevel) > strictness.indexOf(article.ownLevel);
  return isStricter ? { ...article, ownLevel } : article;
};

const strictness: readonly AccessLevel[] = ['open', 'registered', 'metered', 'locked'];

/** What sites add to a title of page 2: the number, and their own name after a dash. */
const sharesTitle = (own: Article, { article }: ArticlePage): boolean =>
  titleOf(own) !== '' && titleOf(own) === titleOf(article);

const titleOf = ({ title }: Article): string =>
  (title.split(/\s+[–—|·»:-]\s+/u)[0] ?? '')
    .toLowerCase()
    .replace(/[([]?\b(?:page|seite|pagina|página)\s+\d{1,3}(?:\s*(?:\/|of|von|de)\s*\d{1,3})?[)\]]?\s*$/u, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
