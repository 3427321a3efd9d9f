/** What an article's page says to machines: NewsArticle structured data, and og: and article: properties. */
import { isoDate } from '../article-json.ts';
import type { SitePublication } from '../site-schema.ts';
import type { StoredArticle } from '../stored-article.ts';
import { artOf } from './card.tsx';
import type { PageContext } from './page-context.ts';

export interface ArticlePageProps {
  readonly context: PageContext;
  readonly publication: SitePublication;
  readonly article: StoredArticle;
}

/** The whole text is left out of the structured data: the page has it, and a gate would only have to remove it. */
export function ArticleHead({ context, publication, article }: ArticlePageProps) {
  const { facts } = article;
  const properties = openGraph(context, publication, article);
  return (
    <>
      {facts.authors.length > 0 && <meta name="author" content={facts.authors.join(', ')} />}
      {properties.map(([property, content]) => (
        <meta key={`${property}${content}`} property={property} content={content} />
      ))}
      {facts.ownLevel === 'registered' && <meta name="gatefold:access" content="registered" />}
      <link rel="amphtml" href={`${context.siteUrl}${facts.path}/amp`} />
      <link rel="alternate" type="application/json" href={`${context.siteUrl}${facts.path}.json`} />
      <StructuredData context={context} publication={publication} article={article} />
    </>
  );
}

export function StructuredData(props: ArticlePageProps) {
  // `<` is written as an escape, so that no title can end the script element.
  const json = JSON.stringify(newsArticle(props)).replace(/</g, '\\u003c');
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />;
}

function newsArticle({ context, publication, article }: ArticlePageProps): object {
  const { facts } = article;
  const url = `${context.siteUrl}${facts.path}`;
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': url,
    url,
    mainEntityOfPage: url,
    headline: facts.title,
    description: facts.summary,
    image: new URL(artOf(article), `${context.siteUrl}/`).href,
    datePublished: isoDate(facts.publishedAt),
    dateModified: isoDate(facts.updatedAt ?? facts.publishedAt),
    author: facts.authors.map((name) => ({ '@type': 'Person', name })),
    publisher: {
      '@type': 'Organization',
      name: publication.name,
      url: `${context.siteUrl}/${publication.id}`,
    },
    articleSection: facts.section,
    keywords: facts.tags,
    inLanguage: facts.language,
  };
}

function openGraph({ siteUrl }: PageContext, publication: SitePublication, { facts }: StoredArticle) {
  const tier = facts.ownLevel === undefined ? undefined : TIERS[facts.ownLevel];
  const all: readonly (readonly [string, string | undefined])[] = [
    ['og:type', 'article'],
    ['og:title', facts.title],
    ['og:description', facts.summary],
    ['og:url', `${siteUrl}${facts.path}`],
    ['og:site_name', publication.name],
    ['og:image', facts.image === undefined ? undefined : new URL(facts.image, `${siteUrl}/`).href],
    ['article:published_time', isoDate(facts.publishedAt)],
    ['article:modified_time', isoDate(facts.updatedAt)],
    ...facts.authors.map((name) => ['article:author', name] as const),
    ['article:section', facts.section],
    ...facts.tags.map((tag) => ['article:tag', tag] as const),
    ['article:content_tier', tier],
  ];
  return all.flatMap(([property, content]) => (content === undefined ? [] : [[property, content] as const]));
}

/** The property knows no tier for registered readers; `gatefold:access` says that one. */
const TIERS = { open: 'free', metered: 'metered', locked: 'locked', registered: undefined } as const;
