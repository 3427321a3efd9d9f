/** A feed as JSON Feed 1.1, with whole articles. */
import { isoDate } from '../article-json.ts';
import { type Feed, type FeedItem, withWholeAddresses } from './feed.ts';

export const jsonFeed = (feed: Feed): string =>
  `${JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    description: feed.description,
    language: feed.language,
    home_page_url: feed.homeUrl,
    feed_url: `${feed.baseUrl}/feed.json`,
    items: feed.items.map((item) => jsonItem(item, feed)),
  })}\n`;

function jsonItem({ article, url, publicationName }: FeedItem, { siteUrl }: Feed): object {
  const { facts } = article;
  return {
    id: url,
    url,
    title: facts.title,
    content_html: withWholeAddresses(article.bodyHtml, siteUrl),
    content_text: article.paragraphs.join('\n\n'),
    summary: facts.summary,
    date_published: isoDate(facts.publishedAt),
    date_modified: isoDate(facts.updatedAt),
    authors: facts.authors.map((name) => ({ name })),
    tags: [
      ...new Set([publicationName, ...(facts.section === undefined ? [] : [facts.section]), ...facts.tags]),
    ],
    language: facts.language,
  };
}
