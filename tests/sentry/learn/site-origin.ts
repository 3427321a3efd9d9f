/** A small site over HTTP that can be learnt: sitemaps, feeds, pages, articles; and what it was asked. */
import { gzipSync } from 'node:zlib';
import {
  type ArticleOrigin,
  type Route,
  sendAs,
  sendHtml,
  startArticleOrigin,
} from '../../support/article-origin.ts';

export const longText = (name: string): string =>
  Array.from(
    { length: 12 },
    (_, at) =>
      `Paragraph ${at + 1} of ${name} tells of ${name} and the ${at * 7 + 3} boats that came home late.`,
  ).join('\n');

const paragraphs = (text: string): string =>
  text
    .split('\n')
    .map((line) => `<p>${line}</p>`)
    .join('\n');

export interface ArticleFacts {
  readonly text?: string;
  readonly head?: string;
  readonly body?: string;
}

export const articleHtml = (
  name: string,
  { text = longText(name), head = '', body }: ArticleFacts = {},
): string =>
  `<!doctype html><html lang="en"><head><title>${name}</title><meta property="og:type" content="article">${head}</head>
<body><main>${body ?? `<div class="article-body">${paragraphs(text)}</div>`}</main></body></html>`;

/** With its own validators, as most servers answer. */
export const conditional =
  (html: string, etag: string): Route =>
  (req, res) => {
    if (req.headers['if-none-match'] === etag) {
      res.writeHead(304, { ETag: etag });
      res.end();
    } else sendHtml(html, { ETag: etag })(req, res);
  };

export const sitemapOf = (...targets: readonly string[]): string =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${targets
    .map((target) => `<url><loc>${target}</loc></url>`)
    .join('')}</urlset>`;

export const sendXml = (xml: string): Route => sendAs('application/xml', xml);
export const sendGzip = (xml: string): Route => sendAs('application/x-gzip', gzipSync(xml));

/** `/news/0` to `/news/<count - 1>`, all in one compressed sitemap. */
export const startSite = async (count: number): Promise<ArticleOrigin> => {
  const origin = await startArticleOrigin();
  const targets = Array.from({ length: count }, (_, n) => `/news/${n}`);
  origin.on(
    '/robots.txt',
    sendAs('text/plain', `User-agent: *\nDisallow: /\nSitemap: ${origin.url}/map.xml\n`),
  );
  origin.on(
    '/map.xml',
    sendXml(`<sitemapindex><sitemap><loc>${origin.url}/news.xml.gz</loc></sitemap></sitemapindex>`),
  );
  origin.on('/news.xml.gz', sendGzip(sitemapOf(...targets.map((target) => `${origin.url}${target}`))));
  origin.on('/', sendHtml('<!doctype html><title>Front</title><p>Nothing to see.'));
  for (const target of targets)
    origin.on(target, conditional(articleHtml(`story ${target.slice(6)}`), `"${target}"`));
  return origin;
};

export const learningPolicy = (more = ''): string => `
site: { name: The Test Reader }
products: [{ id: all, name: Everything }]
articles: { body: .article-body }
cutoff: { characters: 200 }
otherwise: { access: own-or-locked, products: all }
preview: { moreFrom: false, related: false }
sentry: { learn: { perSecond: 100 } }
${more}`;
