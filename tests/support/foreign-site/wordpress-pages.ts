/** Pages as a WordPress theme writes them, with AMP copies, full-text feeds and the REST API's JSON beside them. */
import type { ForeignArticle } from './foreign-site.ts';
import { escaped, head, listing, plainText, scriptJson, structuredData } from './markup.ts';

export const wordPressFiles = (
  site: string,
  articles: readonly ForeignArticle[],
): readonly (readonly [string, string])[] => [
  ...articles.flatMap((article, index): (readonly [string, string])[] => [
    [`${article.path.slice(1)}index.html`, page(site, article, index)],
    [`${article.path.slice(1)}amp/index.html`, ampPage(site, article)],
    [`${article.path.slice(1)}print/index.html`, printPage(site, article)],
    [`wp-json/wp/v2/posts/${index + 1}`, JSON.stringify(restRecord(site, article, index))],
  ]),
  [
    'wp-json/wp/v2/posts/index.json',
    JSON.stringify(articles.map((each, index) => restRecord(site, each, index))),
  ],
  [
    '2026/index.html',
    listing('The Harbour Post', articles, '<link rel="alternate" type="application/rss+xml" href="/feed/">'),
  ],
  ['feed/index.xml', feed(site, articles)],
  ['theme/style.css', style],
];

/** The first holds its text a second time, hidden, for a reader app that was taken out years ago. */
const page = (site: string, article: ForeignArticle, index: number): string => {
  const graph = {
    '@context': 'https://schema.org',
    '@graph': [
      { '@type': 'WebSite', '@id': `${site}/#website`, name: 'The Harbour Post' },
      {
        ...structuredData(site, article),
        '@id': `${site}${article.path}#article`,
        articleBody: plainText(article),
      },
    ],
  };
  const tier = Number.isFinite(article.givenAway) ? 'metered' : 'free';
  return `${head(
    site,
    article,
    `<meta property="og:site_name" content="The Harbour Post"><meta property="article:content_tier" content="${tier}">
<link rel="amphtml" href="${site}${article.path}amp/"><link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/${index + 1}">
<link rel="stylesheet" href="/theme/style.css">
<script type="application/ld+json">${scriptJson(graph)}</script>`,
  )}<body class="single postid-${index + 1}">
<header class="site-header"><a href="/2026/">The Harbour Post</a></header>
<article id="post-${index + 1}" class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">${escaped(article.title)}</h1></header>
<div class="entry-content">
<!-- wp:paragraph -->${article.html}<!-- /wp:paragraph -->
</div>
<footer class="entry-meta"><a href="${article.path}print/">Print</a></footer></article>
${index === 0 ? `<div hidden data-reader-copy>${article.html}</div><noscript>${article.html}</noscript><!-- ${plainText(article)} -->` : ''}
<section id="comments"><h2>2 replies</h2><p>I walked there once.</p></section></body></html>`;
};

const ampPage = (
  site: string,
  article: ForeignArticle,
): string => `<!doctype html><html ⚡ lang="en-GB"><head><meta charset="utf-8">
<title>${escaped(article.title)}</title><link rel="canonical" href="${site}${article.path}">
<script type="application/ld+json">${scriptJson(structuredData(site, article))}</script></head>
<body><article class="amp-wp-article"><h1>${escaped(article.title)}</h1><div class="entry-content">${article.html}</div></article></body></html>`;

const printPage = (site: string, article: ForeignArticle): string =>
  `${head(site, article)}<body class="print"><h1>${escaped(article.title)}</h1><div class="entry-content">${article.html}</div></body></html>`;

const restRecord = (site: string, article: ForeignArticle, index: number): object => ({
  id: index + 1,
  date: article.publishedAt,
  slug: article.slug,
  link: site + article.path,
  title: { rendered: escaped(article.title) },
  content: { rendered: article.html, protected: false },
  excerpt: { rendered: `<p>${escaped(article.summary)}</p>`, protected: false },
});

const feed = (
  site: string,
  articles: readonly ForeignArticle[],
): string => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Harbour Post</title><link>${site}/2026/</link>
${articles
  .map(
    (
      article,
    ) => `<item><title>${escaped(article.title)}</title><link>${site}${article.path}</link><guid isPermaLink="false">${article.slug}</guid>
<description><![CDATA[${article.summary}]]></description><content:encoded><![CDATA[${article.html}]]></content:encoded></item>`,
  )
  .join('\n')}
</channel></rss>`;

/** Rules of the kind that a prompt has to live with: everything floats, all links are shouted, all sections are boxed. */
const style = `*{box-sizing:border-box}body{margin:0 auto;max-width:46rem;padding:1rem;font:18px/1.7 Georgia,serif;color:#222;background:#fffdf8}
a{color:#a3272f}p{margin:0 0 1.2em}section{border:1px solid #ddd;padding:1rem}h1{font-size:2.2rem;line-height:1.15}
.entry-content h2{text-transform:uppercase;letter-spacing:.1em}.entry-content a{text-decoration:underline wavy}
.site-header{border-bottom:3px double #a3272f;padding:.5rem 0;margin-bottom:2rem;font-weight:bold}`;
