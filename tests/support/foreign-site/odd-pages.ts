/** The pages that fit no mould: one whose text nothing points at, one whose text only its metadata points at, and the front. */
import type { ForeignArticle } from './foreign-site.ts';
import { escaped, head, listing, scriptJson, structuredData } from './markup.ts';

interface Odd {
  readonly scroll: ForeignArticle;
  readonly tale: ForeignArticle;
  readonly articles: readonly ForeignArticle[];
}

export const oddFiles = (
  site: string,
  { scroll, tale, articles }: Odd,
): readonly (readonly [string, string])[] => [
  ['special/scroll/index.html', scrollPage(site, scroll)],
  ['special/tale/index.html', talePage(site, tale)],
  [
    'index.html',
    listing(
      'The Foreign Press',
      articles,
      '<link rel="alternate" type="application/feed+json" href="/feed.json"><link rel="alternate" type="application/rss+xml" href="/feed/">',
    ),
  ],
  ['404.html', '<!doctype html><html lang="en"><title>Not here</title><p>Nothing is here.</p></html>'],
  ['sitemap.xml', sitemap(site, articles)],
  ['robots.txt', `User-agent: *\nAllow: /\nSitemap: ${site}/sitemap.xml\n`],
];

const scrollPage = (site: string, article: ForeignArticle): string =>
  `${head(site, article, `<script type="application/ld+json">${scriptJson(structuredData(site, article))}</script>`)}<body>
<div class="x1"><div class="x2">${escaped(article.title)}</div>${article.blocks
    .map((text, index) => `<div class="s${index}"><div>${escaped(text)}</div></div>`)
    .join('\n')}</div></body></html>`;

const talePage = (site: string, article: ForeignArticle): string => {
  const part = { '@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: '.tale-copy' };
  const data = structuredData(site, article, { isAccessibleForFree: false, hasPart: part });
  return `${head(site, article, `<script type="application/ld+json">${scriptJson(data)}</script>`)}<body>
<h1>${escaped(article.title)}</h1><div class="tale-copy">${article.html}</div></body></html>`;
};

const sitemap = (site: string, articles: readonly ForeignArticle[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${articles
    .map(({ path }) => `<url><loc>${site}${path}</loc></url>`)
    .join('')}</urlset>`;
