/** Pages as Hugo writes them when minifying: no quotes, no end tags where none are needed; JSON and feeds beside them. */
import type { ForeignArticle } from './foreign-site.ts';
import { escaped, listing, plainText, scriptJson, structuredData } from './markup.ts';

export const hugoFiles = (
  site: string,
  articles: readonly ForeignArticle[],
): readonly (readonly [string, string])[] => [
  ...articles.flatMap((article): (readonly [string, string])[] => [
    [`${article.path.slice(1)}index.html`, page(site, article)],
    [`${article.path.slice(1)}index.json`, JSON.stringify(jsonForm(site, article))],
  ]),
  [
    'posts/index.html',
    listing(
      'The Ledger',
      articles,
      '<link rel=alternate type=application/rss+xml href=/posts/index.xml><link rel=alternate type=application/atom+xml href=/posts/atom.xml>',
    ),
  ],
  ['posts/index.xml', rss(site, articles)],
  ['posts/atom.xml', atom(site, articles)],
  ['feed.json', jsonFeed(site, articles)],
];

const page = (site: string, article: ForeignArticle): string =>
  [
    `<!doctype html><html lang=en-gb><meta charset=utf-8><meta name=viewport content="width=device-width,initial-scale=1">`,
    `<title>${escaped(article.title)}</title><link rel=canonical href=${site}${article.path}>`,
    `<meta name=description content="${escaped(article.summary)}"><meta property="og:type" content="article">`,
    `<link rel=alternate type=application/json href=${site}${article.path}index.json>`,
    `<script type=application/ld+json>${scriptJson(structuredData(site, article, { wordCount: 1000 }))}</script>`,
    `<main><article itemscope itemtype=https://schema.org/BlogPosting><h1 itemprop=headline>${escaped(article.title)}</h1>`,
    `<div class=post-content itemprop=articleBody>${minified(article.html)}</div></article></main><footer>The Ledger, made from text files.</footer>`,
  ].join('');

const minified = (html: string): string => html.replace(/<\/(?:p|li)>\s*/g, '').replace(/>\s+</g, '><');

const jsonForm = (site: string, article: ForeignArticle): object => ({
  title: article.title,
  permalink: site + article.path,
  summary: article.summary,
  content: article.html,
  plain: plainText(article),
});

/** The whole text as the description, escaped, as many themes have it. */
const rss = (site: string, articles: readonly ForeignArticle[]): string =>
  `<?xml version="1.0" encoding="utf-8" standalone="yes"?><rss version="2.0"><channel><title>The Ledger</title><link>${site}/posts/</link>${articles
    .map(
      (article) =>
        `<item><title>${escaped(article.title)}</title><link>${site}${article.path}</link><guid>${site}${article.path}</guid><description>${escaped(article.html)}</description></item>`,
    )
    .join('')}</channel></rss>`;

const atom = (site: string, articles: readonly ForeignArticle[]): string =>
  `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Ledger</title><id>${site}/posts/</id>${articles
    .map(
      (article) =>
        `<entry><title>${escaped(article.title)}</title><id>${site}${article.path}</id><link rel="alternate" href="${site}${article.path}"/><summary>${escaped(article.summary)}</summary><content type="html">${escaped(article.html)}</content></entry>`,
    )
    .join('')}</feed>`;

const jsonFeed = (site: string, articles: readonly ForeignArticle[]): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'The Ledger',
    home_page_url: `${site}/posts/`,
    items: articles.map((article) => ({
      id: article.slug,
      url: site + article.path,
      title: article.title,
      summary: article.summary,
      content_html: article.html,
      content_text: plainText(article),
    })),
  });
