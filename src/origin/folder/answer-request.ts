/** Answers one request from the library: which address it names, and what is there. */
import { LRUCache } from 'lru-cache';
import type { Article } from '../../article/article.ts';
import type { HeaderPairs, OriginRequest } from '../origin.ts';
import { type Address, readAddress } from './addresses.ts';
import { type Answer, emptyAnswer, headerOf, isUnchanged, textAnswer, unchangedAnswer } from './answer.ts';
import { answerArticle } from './answer-article.ts';
import { answerFile, SVG_POLICY } from './answer-file.ts';
import { answerListing } from './answer-listing.ts';
import { coverArt } from './cover-art.ts';
import { atomFeed } from './feeds/atom-feed.ts';
import { type Feed, feedOf } from './feeds/feed.ts';
import { jsonFeed } from './feeds/json-feed.ts';
import { rssFeed } from './feeds/rss-feed.ts';
import { sitemap } from './feeds/sitemap.ts';
import { type Library, publicationOf } from './library.ts';
import { notFoundPage } from './pages/not-found-page.tsx';
import type { PageContext } from './pages/page-context.ts';
import { stylesheetOf } from './style/stylesheet.ts';

/** What a card may show of this article; `text` is its whole body on one line. */
export type ExcerptOf = (article: Article, text: string) => string;

export interface AnswererOptions {
  readonly directory: string;
  readonly siteUrl: string;
  readonly excerptOf: ExcerptOf;
}

const KEPT_BYTES = 16_000_000;

export interface Answerer {
  answer(library: Library, request: OriginRequest): Promise<Answer>;
  /** Renders every page anew when it is next asked for. */
  forgetPages(): void;
}

/** Pages are rendered once for each state of the folder; only addresses that exist are kept. */
export const createAnswerer = ({ directory, siteUrl, excerptOf }: AnswererOptions): Answerer => {
  const kept = new LRUCache<string, Answer>({
    maxSize: KEPT_BYTES,
    sizeCalculation: ({ body }) => ('path' in body ? 1 : body.length) + 1,
  });
  let context: PageContext | undefined;
  const contextFor = (library: Library): PageContext => {
    if (context?.library === library) return context;
    context = { library, siteUrl, excerptOf, stylesheet: stylesheetOf(library.publications) };
    kept.clear();
    return context;
  };
  return {
    async answer(library, { method, target, headers }) {
      if (method !== 'GET' && method !== 'HEAD') return refuseMethod(method);
      const current = contextFor(library);
      const address = readAddress(target);
      if (address.kind === 'file') return answerPath(current, directory, address.path, headers);
      const key = JSON.stringify(address);
      const answer = kept.get(key) ?? answerAddress(current, address);
      if (answer.status === 200) kept.set(key, answer);
      return conditionally(answer, headers);
    },
    forgetPages: () => kept.clear(),
  };
};

function refuseMethod(method: string): Answer {
  const allow: HeaderPairs = [['Allow', 'GET, HEAD, OPTIONS']];
  return method === 'OPTIONS'
    ? emptyAnswer(204, allow)
    : textAnswer(405, 'text/plain; charset=utf-8', 'Only reading is possible here.\n', allow);
}

function answerAddress(context: PageContext, address: Exclude<Address, { kind: 'file' }>): Answer {
  switch (address.kind) {
    case 'front':
    case 'publication':
    case 'section':
    case 'tag':
      return answerListing(context, address) ?? notFound(context);
    case 'article':
      return answerArticle(context, address) ?? notFound(context);
    case 'feed':
      return answerFeed(context, address) ?? notFound(context);
    case 'art':
      return answerArt(context, address) ?? notFound(context);
    case 'robots':
      return textAnswer(
        200,
        'text/plain; charset=utf-8',
        `User-agent: *\nAllow: /\n\nSitemap: ${context.siteUrl}/sitemap.xml\n`,
      );
    case 'sitemap':
      return textAnswer(200, 'application/xml; charset=utf-8', sitemap(context));
    case 'moved':
      return emptyAnswer(301, [['Location', address.to]]);
    case 'nothing':
      return notFound(context);
    default:
      return address satisfies never;
  }
}

function notFound(context: PageContext): Answer {
  return textAnswer(404, 'text/html; charset=utf-8', notFoundPage(context), [['Cache-Control', 'no-store']]);
}

function answerFeed(
  context: PageContext,
  { format, publication }: Extract<Address, { kind: 'feed' }>,
): Answer | undefined {
  if (publication !== undefined && !publicationOf(context.library, publication)) return undefined;
  const feed: Feed = feedOf(context, publication);
  switch (format) {
    case 'rss':
      return textAnswer(200, 'application/rss+xml; charset=utf-8', rssFeed(feed));
    case 'atom':
      return textAnswer(200, 'application/atom+xml; charset=utf-8', atomFeed(feed));
    case 'json':
      return textAnswer(200, 'application/feed+json; charset=utf-8', jsonFeed(feed));
    default:
      return format satisfies never;
  }
}

function answerArt(
  { library }: PageContext,
  { publication, slug }: Extract<Address, { kind: 'art' }>,
): Answer | undefined {
  const article = library.articles.find(
    (candidate) => candidate.facts.publication === publication && candidate.slug === slug,
  );
  const character = publicationOf(library, publication)?.character;
  if (!article || !character) return undefined;
  const more: HeaderPairs = [['Cache-Control', 'public, max-age=86400'], SVG_POLICY];
  return textAnswer(200, 'image/svg+xml; charset=utf-8', coverArt(character, `${publication}/${slug}`), more);
}

async function answerPath(
  context: PageContext,
  directory: string,
  path: string,
  headers: HeaderPairs,
): Promise<Answer> {
  const { library, stylesheet } = context;
  if (`/${path}` === stylesheet.address) {
    const more: HeaderPairs = [['Cache-Control', 'public, max-age=31536000, immutable']];
    return conditionally(textAnswer(200, 'text/css; charset=utf-8', stylesheet.css, more), headers);
  }
  const asset = library.assets.get(path);
  const answer = asset && (await answerFile(directory, asset, headers));
  return answer ? conditionally(answer, headers) : notFound(context);
}

function conditionally(answer: Answer, headers: HeaderPairs): Answer {
  const readable = answer.status === 200 || answer.status === 206;
  return readable && isUnchanged(headerOf(headers, 'if-none-match'), headerOf(answer.headers, 'etag'))
    ? unchangedAnswer(answer)
    : answer;
}
