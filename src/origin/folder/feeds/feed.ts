/** What a feed holds, before it is written in one of the three formats. */
import { articlesOf, publicationName, publicationOf } from '../library.ts';
import type { PageContext } from '../pages/page-context.ts';
import type { StoredArticle } from '../stored-article.ts';

export interface Feed {
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** Absolute addresses. */
  readonly homeUrl: string;
  /** Of this feed without its file name. */
  readonly baseUrl: string;
  readonly siteUrl: string;
  /** When its newest article was published or changed; milliseconds. */
  readonly updatedAt: number;
  readonly items: readonly FeedItem[];
}

export interface FeedItem {
  readonly article: StoredArticle;
  readonly url: string;
  readonly publicationName: string;
}

const MOST_ITEMS = 50;

/** The newest articles of the site, or of one publication. */
export const feedOf = ({ library, siteUrl }: PageContext, publicationId?: string): Feed => {
  const publication = publicationId === undefined ? undefined : publicationOf(library, publicationId);
  const all = publication ? articlesOf(library, publication.id) : library.articles;
  const articles = all.slice(0, MOST_ITEMS);
  const baseUrl = publication ? `${siteUrl}/${publication.id}` : siteUrl;
  return {
    title: publication?.name ?? library.site.name,
    description:
      (publication ?? library.site).tagline ?? `Articles from ${publication?.name ?? library.site.name}`,
    language: library.site.language,
    homeUrl: publication ? baseUrl : `${siteUrl}/`,
    baseUrl,
    siteUrl,
    updatedAt: Math.max(0, ...articles.map(({ facts }) => facts.updatedAt ?? facts.publishedAt ?? 0)),
    items: articles.map((article) => ({
      article,
      url: `${siteUrl}${article.facts.path}`,
      publicationName: publicationName(library, article.facts.publication),
    })),
  };
};

/** A reader's program shows the article away from this site, so its images need whole addresses. */
export const withWholeAddresses = (html: string, siteUrl: string): string =>
  html.replace(/(<[a-z][^<>]*?\s(?:href|src|poster)=")\/(?!\/)/g, `$1${siteUrl}/`);
