/** A feed as Atom, with whole articles as its entries' content. */
import { isoDate } from '../article-json.ts';
import { escapeXml } from './escape-xml.ts';
import { type Feed, type FeedItem, withWholeAddresses } from './feed.ts';

export const atomFeed = (feed: Feed): string => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escapeXml(feed.language)}">
<title>${escapeXml(feed.title)}</title>
<subtitle>${escapeXml(feed.description)}</subtitle>
<id>${escapeXml(feed.homeUrl)}</id>
<link rel="alternate" type="text/html" href="${escapeXml(feed.homeUrl)}"/>
<link rel="self" type="application/atom+xml" href="${escapeXml(feed.baseUrl)}/atom.xml"/>
<updated>${isoDate(feed.updatedAt)}</updated>
<author><name>${escapeXml(feed.title)}</name></author>
${feed.items.map((item) => atomEntry(item, feed)).join('\n')}
</feed>
`;

function atomEntry({ article, url }: FeedItem, { siteUrl }: Feed): string {
  const { facts } = article;
  return [
    `<entry xml:lang="${escapeXml(facts.language)}">`,
    `<title>${escapeXml(facts.title)}</title>`,
    `<id>${escapeXml(url)}</id>`,
    `<link rel="alternate" type="text/html" href="${escapeXml(url)}"/>`,
    `<published>${isoDate(facts.publishedAt ?? 0)}</published>`,
    `<updated>${isoDate(facts.updatedAt ?? facts.publishedAt ?? 0)}</updated>`,
    ...facts.authors.map((name) => `<author><name>${escapeXml(name)}</name></author>`),
    ...(facts.section === undefined ? [] : [`<category term="${escapeXml(facts.section)}"/>`]),
    ...facts.tags.map((tag) => `<category term="${escapeXml(tag)}"/>`),
    ...(facts.summary === undefined ? [] : [`<summary>${escapeXml(facts.summary)}</summary>`]),
    `<content type="html">${escapeXml(withWholeAddresses(article.bodyHtml, siteUrl))}</content>`,
    '</entry>',
  ].join('\n');
}
