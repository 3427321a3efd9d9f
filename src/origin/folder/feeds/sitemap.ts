/** The site map: the front pages, and every article once, at its canonical address. */
import { isoDate } from '../article-json.ts';
import type { PageContext } from '../pages/page-context.ts';
import { escapeXml } from './escape-xml.ts';

export const sitemap = ({ library, siteUrl }: PageContext): string => {
  const fronts = [`${siteUrl}/`, ...library.publications.map(({ id }) => `${siteUrl}/${id}`)].map((url) =>
    entry(url, undefined),
  );
  const articles = library.articles.map(({ facts }) =>
    entry(`${siteUrl}${facts.path}`, facts.updatedAt ?? facts.publishedAt),
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${[...fronts, ...articles].join('\n')}
</urlset>
`;
};

const entry = (url: string, changedAt: number | undefined): string =>
  `<url><loc>${escapeXml(url)}</loc>${changedAt === undefined ? '' : `<lastmod>${isoDate(changedAt)}</lastmod>`}</url>`;
