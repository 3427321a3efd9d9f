/** A feed as RSS 2.0, with whole articles in `content:encoded`. */
import { escapeXml } from './escape-xml.ts';
import { type Feed, type FeedItem, withWholeAddresses } from './feed.ts';

export const rssFeed = (feed: Feed): string => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${escapeXml(feed.title)}</title>
<link>${escapeXml(feed.homeUrl)}</link>
<atom:link rel="self" type="application/rss+xml" href="${escapeXml(feed.baseUrl)}/feed.xml"/>
<description>${escapeXml(feed.description)}</description>
<language>${escapeXml(feed.language)}</language>
<lastBuildDate>${new Date(feed.updatedAt).toUTCString()}</lastBuildDate>
${feed.items.map((item) => rssItem(item, feed)).join('\n')}
</channel>
</rss>
`;

function rssItem({ article, url, publicationName }: FeedItem, { siteUrl }: Feed): string {
  const { facts } = article;
  return [
    '<item>',
    `<title>${escapeXml(facts.title)}</title>`,
    `<link>${escapeXml(url)}</link>`,
    `<guid isPermaLink="true">${escapeXml(url)}</guid>`,
    `<pubDate>${new Date(facts.publishedAt ?? 0).toUTCString()}</pubDate>`,
    ...facts.authors.map((name) => `<dc:creator>${escapeXml(name)}</dc:creator>`),
    `<dc:language>${escapeXml(facts.language)}</dc:language>`,
    `<category domain="publication">${escapeXml(publicationName)}</category>`,
    ...(facts.section === undefined
      ? []
      : [`<category domain="section">${escapeXml(facts.section)}</category>`]),
    ...facts.tags.map((tag) => `<category>${escapeXml(tag)}</category>`),
    ...(facts.summary === undefined ? [] : [`<description>${escapeXml(facts.summary)}</description>`]),
    `<content:encoded>${escapeXml(withWholeAddresses(article.bodyHtml, siteUrl))}</content:encoded>`,
    '</item>',
  ].join('\n');
}
