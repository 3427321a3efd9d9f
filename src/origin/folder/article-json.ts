/** The JSON form of an article, for apps. */
import type { PageContext } from './pages/page-context.ts';
import type { SitePublication } from './site-schema.ts';
import type { StoredArticle } from './stored-article.ts';

/** The whole article as JSON text; dates are ISO 8601. */
export const articleJson = (
  { siteUrl }: PageContext,
  publication: SitePublication,
  article: StoredArticle,
): string => {
  const { facts } = article;
  return `${JSON.stringify({
    id: `${siteUrl}${facts.path}`,
    url: `${siteUrl}${facts.path}`,
    title: facts.title,
    publication: { id: publication.id, name: publication.name, url: `${siteUrl}/${publication.id}` },
    section: facts.section,
    authors: facts.authors.map((name) => ({ name })),
    date_published: isoDate(facts.publishedAt),
    date_modified: isoDate(facts.updatedAt),
    language: facts.language,
    tags: facts.tags,
    summary: facts.summary,
    access: facts.ownLevel,
    minutes: article.minutes,
    content_html: article.bodyHtml,
    content_text: article.paragraphs.join('\n\n'),
  })}\n`;
};

export const isoDate = (milliseconds: number | undefined): string | undefined =>
  milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
