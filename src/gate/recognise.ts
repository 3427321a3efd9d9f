/** Says what a collected response is: an article and in which form, a feed, or nothing of the gate's business. */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Article } from '../article/article.ts';
import { type ArticleHeader, parseArticleHeader } from '../article/article-header.ts';
import { articlePathOf } from '../article/article-id.ts';
import { type PageReading, readPage } from '../article/read-page.ts';
import { toArticle } from '../article/to-article.ts';
import { decodeBody } from '../origin/decode-body.ts';
import type { OriginHead } from '../origin/origin.ts';
import { readText } from '../origin/read-text.ts';
import type { ReturnHeaders } from '../origin/return-headers.ts';
import { articleByPath } from './article-by-path.ts';
import type { Collected } from './ask.ts';
import { carriedHeaders } from './carried-headers.ts';
import type { ArticleForm, ArticlePage, Found, Unavailable } from './found.ts';
import { typeClass } from './inspect-type.ts';
import { statedAddress } from './json-address.ts';
import { holdsMany, holdsText, jsonFormAt } from './json-form.ts';
import type { Locate } from './locate.ts';
import type { Question } from './origin-question.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import { headerValue, joinedValues } from './treatment.ts';

export interface RecogniseDependencies {
  /** Hosts that are this site: public and origin. */
  readonly hosts: readonly string[];
  readonly giveBack: ReturnHeaders;
  readonly maxBytes: number;
  readonly locate: Locate;
  /** Told of each page, with its parse when there is a new one, so that the cut needn't parse again. */
  readonly onRead: (page: ArticlePage, reading: PageReading | undefined) => void;
}

export type Recognise = (collected: Collected, question: Question, rules: PolicyInForce) => Promise<Found>;

/** Everything about one response that recognising it needs. */
interface Look {
  readonly head: OriginHead;
  readonly raw: Buffer;
  readonly contentType: string;
  readonly question: Question;
  readonly rules: PolicyInForce;
  readonly header: ArticleHeader | undefined;
  readonly articlePath: boolean;
}

export const createRecognise = (dependencies: RecogniseDependencies): Recognise => {
  const { maxBytes } = dependencies;
  const readings: Readings = new LRUCache({ max: 5_000 });
  return async (collected, question, rules) => {
    const { head, body } = collected;
    const raw = await decodeBody(body, headerValue(head.headers, 'content-encoding'), { maxBytes });
    if (raw === 'too-large') return unavailable('too-large', 'the body unfolds to more than is read');
    const header = parseArticleHeader(headerValue(head.headers, 'gatefold-article'));
    const articlePath = rules.matcher.isArticlePath(question.path) && head.status < 400;
    // A coding that wasn't asked for: what a browser would make of it can't be known here.
    if (raw === 'undecodable')
      return unavailable('bad-response', 'the body is in a coding that nobody asked for');
    const contentType = headerValue(head.headers, 'content-type') ?? 'text/html';
    const look = { head, raw, contentType, question, rules, header, articlePath };
    if (header?.kind === 'none') return plain(collected);
    switch (typeClass(contentType, question.path)) {
      case 'page':
        return recognisePage(look, collected, dependencies, readings);
      case 'feed':
        return recogniseFeed(look, collected, dependencies);
      case 'json':
        return recogniseJson(look, collected, dependencies);
      case 'document':
      case 'opaque':
        return articlePage(look, { kind: 'uncuttable' }, articleByPath(look.question, rules), dependencies);
    }
  };
};

const recognisePage = (
  look: Look,
  collected: Collected,
  dependencies: RecogniseDependencies,
  readings: Readings,
): Found => {
  const { question, rules, header, articlePath } = look;
  const text = readText(look.raw, look.contentType);
  if (text === 'undecodable') {
    return articlePath || header
      ? articlePage(look, { kind: 'uncuttable' }, articleByPath(question, rules), dependencies)
      : unavailable('bad-response', 'the page is in an encoding that browsers do not read');
  }
  const key = readingKey(look);
  const known = readings.get(key) ?? readAnew(text, look, dependencies);
  readings.set(key, known);
  if (known.article === undefined) return plain(collected);
  const page = articlePage(look, { kind: 'html', text }, known.article, dependencies);
  dependencies.onRead(page, known.reading);
  // The parse is many times its page's size: the cut takes it once, and the facts alone are kept.
  known.reading = undefined;
  return page;
};

/** What a page was found to be; the same bytes at the same address are not parsed again. */
interface KnownReading {
  readonly article: Article | undefined;
  reading: PageReading | undefined;
}

type Readings = LRUCache<string, KnownReading>;

const readingKey = ({ raw, question, rules, head }: Look): string =>
  [
    createHash('sha256').update(raw).digest('base64url'),
    question.target,
    rules.policy.version,
    headerValue(head.headers, 'gatefold-article') ?? '',
  ].join('\n');

const readAnew = (
  text: string,
  { question, rules, header, articlePath }: Look,
  { hosts }: RecogniseDependencies,
): KnownReading => {
  const reading = readPage(text, { path: question.path, siteLanguage: rules.policy.site.language });
  const byMetadata = rules.policy.articles.metadata && reading.isArticle;
  if (!articlePath && !byMetadata && !header) return { article: undefined, reading: undefined };
  const article = toArticle({
    address: { target: question.target, hosts },
    reading,
    publications: rules.policy.publications.map(({ id, name }) => ({
      id,
      name,
      covers: (path) => rules.matcher.publicationOf(path) === id,
    })),
    claims: header?.kind === 'article' ? header.claims : undefined,
  });
  return { article, reading };
};

const recogniseFeed = (look: Look, collected: Collected, dependencies: RecogniseDependencies): Found => {
  const text = readText(look.raw, look.contentType);
  if (text === 'undecodable') return unavailable('bad-response', 'the feed is in an unknown encoding');
  if (!looksLikeFeed(text)) {
    return look.articlePath
      ? articlePage(look, { kind: 'uncuttable' }, articleByPath(look.question, look.rules), dependencies)
      : plain(collected);
  }
  return {
    kind: 'feed',
    text,
    raw: look.raw,
    status: look.head.status,
    contentType: look.contentType,
    carried: carriedHeaders(look.head.headers, dependencies.giveBack),
  };
};

const looksLikeFeed = (text: string): boolean =>
  /<(rss|feed|rdf:RDF|[a-z]+:(rss|feed))[\s>]/i.test(text.slice(0, 20_000)) ||
  (/^\s*\{/.test(text) && /"(items|version)"\s*:/.test(text.slice(0, 20_000)));

const recogniseJson = async (
  look: Look,
  collected: Collected,
  dependencies: RecogniseDependencies,
): Promise<Found> => {
  const { question, rules } = look;
  const form = jsonFormAt(question, rules);
  const text = readText(look.raw, look.contentType);
  const byPath = articleByPath(question, rules);
  if (form?.builtIn && text !== 'undecodable' && !holdsText(text)) return plain(collected);
  if (!form || text === 'undecodable') return articlePage(look, { kind: 'uncuttable' }, byPath, dependencies);
  const address = statedAddress(text, dependencies.hosts);
  const page =
    address && address !== question.target
      ? await dependencies.locate(address, articlePathOf(address), rules)
      : undefined;
  const article = page?.kind === 'article' ? page.article : byPath;
  return articlePage(
    look,
    { kind: 'json', text, pointers: form.body, many: holdsMany(form) },
    article,
    dependencies,
  );
};

const articlePage = (
  look: Look,
  form: ArticleForm,
  article: ArticlePage['article'],
  { giveBack }: RecogniseDependencies,
): ArticlePage => ({
  kind: 'article',
  article,
  form,
  status: look.head.status,
  raw: look.raw,
  contentType: look.contentType,
  carried: carriedHeaders(look.head.headers, giveBack),
  cacheControl: headerValue(look.head.headers, 'cache-control'),
  vary: joinedValues(look.head.headers, 'vary'),
  hash: createHash('sha256').update(look.raw).digest('base64url').slice(0, 22),
});

const plain = ({ head, body }: Collected): Found => ({
  kind: 'plain',
  status: head.status,
  headers: head.headers,
  body,
});

const unavailable = (fault: Unavailable['fault'], detail: string): Unavailable => ({
  kind: 'unavailable',
  fault,
  detail,
});
