/** What every kind of site writes alike: escaping, the frame of a page, structured data. */
import type { ForeignArticle } from './foreign-site.ts';

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** As `JSON.stringify`, and safe inside a script element. */
export const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

export const plainText = ({ blocks }: ForeignArticle): string => blocks.join('\n\n');

export const structuredData = (site: string, article: ForeignArticle, more: object = {}): object => ({
  '@context': 'https://schema.org',
  '@type': 'NewsArticle',
  mainEntityOfPage: site + article.path,
  headline: article.title,
  description: article.summary,
  author: { '@type': 'Person', name: article.author },
  datePublished: article.publishedAt,
  ...more,
});

export const head = (site: string, article: ForeignArticle, more = ''): string => `<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(article.title)}</title>
<link rel="canonical" href="${site}${article.path}">
<meta name="description" content="${escaped(article.summary)}">
<meta property="og:type" content="article">
<meta property="og:title" content="${escaped(article.title)}">
<meta property="og:url" content="${site}${article.path}">
<meta property="article:published_time" content="${article.publishedAt}">
${more}</head>`;

/** A front page or section of its own: titles and the first words. */
export const listing = (title: string, articles: readonly ForeignArticle[], more = ''): string =>
  `<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>${more}</head><body><main><h1>${escaped(title)}</h1>
${articles.map((article) => `<section><h2><a href="${article.path}">${escaped(article.title)}</a></h2><p>${escaped((article.blocks[0] ?? '').slice(0, 140))}…</p></section>`).join('\n')}
</main></body></html>`;
