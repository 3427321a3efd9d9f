/** The articles that the gate has seen, for "More from" and "Related": bounded, in memory, previews' starts only. */
import { LRUCache } from 'lru-cache';
import type { Article, ArticleId } from '../article/article.ts';

export interface CatalogueEntry {
  readonly article: Article;
  /** Whole minutes. */
  readonly minutes: number;
  /** The article's first 250 characters, or as many as its preview gives away. */
  readonly excerpt: string;
}

export interface Catalogue {
  learn(entry: CatalogueEntry): void;
  has(id: ArticleId): boolean;
  moreFrom(article: Article, count: number): readonly CatalogueEntry[];
  related(article: Article, count: number, besides: readonly CatalogueEntry[]): readonly CatalogueEntry[];
  /** The newest first. */
  newest(count: number): readonly CatalogueEntry[];
  /** Rises whenever what it would suggest may have changed. */
  generation(): number;
}

export const createCatalogue = (maxArticles = 2_000): Catalogue => {
  const entries = new LRUCache<ArticleId, CatalogueEntry>({ max: maxArticles });
  let generation = 0;
  const others = (article: Article): CatalogueEntry[] =>
    [...entries.values()].filter((entry) => entry.article.id !== article.id);

  return {
    learn: (entry) => {
      const known = entries.get(entry.article.id);
      if (known && sameCard(known, entry)) return;
      entries.set(entry.article.id, entry);
      generation += 1;
    },
    has: (id) => entries.has(id),
    moreFrom: (article, count) =>
      others(article)
        .filter((entry) => entry.article.publication === article.publication)
        .sort(newestFirst)
        .slice(0, count),
    related: (article, count, besides) =>
      others(article)
        .filter((entry) => !besides.includes(entry))
        .map((entry) => ({ entry, kinship: kinship(article, entry.article) }))
        .filter(({ kinship }) => kinship > 0)
        .sort((a, b) => b.kinship - a.kinship || newestFirst(a.entry, b.entry))
        .slice(0, count)
        .map(({ entry }) => entry),
    newest: (count) => [...entries.values()].sort(newestFirst).slice(0, count),
    generation: () => generation,
  };
};

const sameCard = (a: CatalogueEntry, b: CatalogueEntry): boolean =>
  a.excerpt === b.excerpt &&
  a.article.title === b.article.title &&
  a.minutes === b.minutes &&
  a.article.section === b.article.section;

const newestFirst = (a: CatalogueEntry, b: CatalogueEntry): number =>
  (b.article.publishedAt ?? 0) - (a.article.publishedAt ?? 0) || (a.article.id < b.article.id ? -1 : 1);

/** Shared tags weigh most; the same section or author is a weaker tie. */
const kinship = (a: Article, b: Article): number => {
  const tags = a.tags.filter((tag) => b.tags.includes(tag)).length;
  const section = a.section !== undefined && a.section === b.section ? 1 : 0;
  const author = a.authors.some((name) => b.authors.includes(name)) ? 1 : 0;
  const language = a.language === b.language ? 1 : 0;
  return tags * 3 + section + author + (tags + section + author > 0 ? language : 0);
};
