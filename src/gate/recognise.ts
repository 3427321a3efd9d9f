/** Says what a collected response is: an article and in which form, a feed, or nothing of the gate's business. */
import { createHash } from 'node:crypto';
import { parseArticleHeader } from '../article/article-header.ts';
import { Unfinished } from '../ops/threads.ts';
import { decodeBody } from '../origin/decode-body.ts';
import type { PublicAddresses } from '../origin/public-addresses.ts';
import { readText } from '../origin/read-text.ts';
import type { ReturnHeaders } from '../origin/return-headers.ts';
import { type ArticleAt, createArticleAt } from './article-at.ts';
import { articleByPath } from './article-by-path.ts';
import type { ArticleByText } from './article-by-text.ts';
import { articlePage } from './article-page.ts';
import type { Collected } from './ask.ts';
import { carriedHeaders } from './carried-headers.ts';
import { feedTextIn } from './feed-text.ts';
import type { ArticlePage, Feed, Found, Unavailable } from './found.ts';
import { typeClass } from './inspect-type.ts';
import { jsonFormAt } from './json-form.ts';
import type { Look } from './look.ts';
import { createLookAtAll } from './look-at-all.ts';
import type { LookAt } from './look-up.ts';
import type { Question } from './origin-question.ts';
import type { PageBehind } from './page-behind.ts';
import type { PageWork } from './page-work.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import { createRecogniseJson, type RecogniseJson } from './recognise-json.ts';
import { createRecognisePage, type RecognisePage } from './recognise-page.ts';
import { headerValue } from './treatment.ts';

export interface RecogniseDependencies {
  /** Hosts that are this site: public and origin. */
  readonly hosts: readonly string[];
  readonly giveBack: ReturnHeaders;
  readonly maxBytes: number;
  readonly lookUp: LookAt;
  readonly pageBehind: PageBehind;
  readonly articleByText?: ArticleByText;
  /** Absent: the origin's addresses are the public ones. */
  readonly publicAddresses?: PublicAddresses | undefined;
  readonly work: PageWork;
  /** Told of each article's page. */
  readonly onRead: (page: ArticlePage) => void;
}

export type Recognise = (collected: Collected, question: Question, rules: PolicyInForce) => Promise<Found>;

interface Recognisers {
  readonly page: RecognisePage;
  readonly json: RecogniseJson;
  readonly articleAt: ArticleAt;
}

export const createRecognise = (dependencies: RecogniseDependencies): Recognise => {
  const { maxBytes } = dependencies;
  const articleAt = createArticleAt(dependencies.pageBehind, dependencies.hosts);
  const lookAtAll = createLookAtAll(dependencies.lookUp);
  const recognisers: Recognisers = {
    page: createRecognisePage(dependencies),
    json: createRecogniseJson({ ...dependencies, articleAt, lookAtAll }),
    articleAt,
  };
  const { publicAddresses = (same) => same } = dependencies;
  return async (sent, question, rules) => {
    const decoded = await decodeBody(sent.body, headerValue(sent.head.headers, 'content-encoding'), {
      maxBytes,
    });
    if (decoded === 'too-large') return unavailable('too-large', 'the body unfolds to more than is read');
    const raw = decoded === 'undecodable' ? decoded : publicAddresses(decoded);
    const collected = raw === decoded || raw === 'undecodable' ? sent : remade(sent, raw);
    const { head } = collected;
    const header = parseArticleHeader(headerValue(head.headers, 'gatefold-article'));
    const articlePath = rules.matcher.isArticlePath(question.path) && head.status < 400;
    // A coding that wasn't asked for: what a browser would make of it can't be known here.
    if (raw === 'undecodable')
      return unavailable('bad-response', 'the body is in a coding that nobody asked for');
    if (header?.kind === 'none') return plain(collected);
    const contentType = headerValue(head.headers, 'content-type') ?? 'text/html';
    const hash = createHash('sha256').update(raw).digest('base64url').slice(0, 22);
    const look = { head, raw, hash, contentType, question, rules, header, articlePath };
    try {
      return (await recogniseText(look, recognisers, dependencies)) ?? plain(collected);
    } catch (error) {
      if (error instanceof Unfinished) return unread(look, error, dependencies);
      throw error;
    }
  };
};

/** Nothing that was said of the very bytes holds any more; which version it is does. */
const remade = ({ head }: Collected, body: Buffer): Collected => ({
  head: {
    ...head,
    headers: head.headers.filter(
      ([name]) => !/^(?:content-(?:encoding|length|md5|digest)|repr-digest|digest)$/i.test(name),
    ),
  },
  body,
});

/**
 * A page that takes too long to read, or too much memory. What is known for an article without having been read is the
 * subscribers' alone; what isn't may be anything.
 */
const unread = (
  look: Look,
  { why }: Unfinished,
  { giveBack }: RecogniseDependencies,
): ArticlePage | Unavailable => {
  if (why === 'overloaded') return unavailable('busy', 'too many large pages are waiting to be read');
  if (!look.articlePath && look.header === undefined)
    return unavailable('unreadable', `reading the page was given up: ${why}`);
  const article = articleByPath(look.question, look.rules);
  return articlePage(look, { kind: 'uncuttable' }, { article, unjudged: true }, giveBack);
};

/** Undefined: none of the gate's business. */
const recogniseText = async (
  look: Look,
  recognisers: Recognisers,
  dependencies: RecogniseDependencies,
): Promise<Found | undefined> => {
  const { contentType, question, rules, header, articlePath } = look;
  const type = typeClass(contentType, question.target);
  const text = readText(look.raw, contentType);
  const isArticle = articlePath || header !== undefined;
  if (text === 'undecodable') {
    return isArticle || type === 'json'
      ? uncuttable(look, recognisers, dependencies)
      : unavailable('bad-response', `the ${type} is in an encoding that browsers do not read`);
  }
  const form = jsonFormAt(question, rules);
  const json = form && (await recognisers.json(look, form, text));
  if (json) return json === 'plain' ? undefined : json;
  if (feedTextIn(text, type === 'feed')) return feedIn(look, text, type === 'feed', dependencies);
  if (type === 'page') return recognisePage(look, text, recognisers, dependencies);
  if (type === 'feed') return isArticle ? uncuttable(look, recognisers, dependencies) : undefined;
  return uncuttable(look, recognisers, dependencies);
};

const recognisePage = async (
  look: Look,
  text: string,
  { page: recognise }: Recognisers,
  dependencies: RecogniseDependencies,
): Promise<ArticlePage | undefined> => {
  const found = await recognise(look, text);
  if (!found) return undefined;
  const page = articlePage(look, { kind: 'html', text }, found, dependencies.giveBack);
  dependencies.onRead(page);
  return page;
};

const uncuttable = async (
  look: Look,
  { articleAt }: Recognisers,
  { giveBack }: RecogniseDependencies,
): Promise<ArticlePage> =>
  articlePage(look, { kind: 'uncuttable' }, await articleAt(look.question, look.head, look.rules), giveBack);

const feedIn = (
  look: Look,
  text: string,
  calledFeed: boolean,
  { giveBack }: RecogniseDependencies,
): Feed => ({
  kind: 'feed',
  // What an XML declaration says of the encoding is seen to for what is called XML.
  text: calledFeed ? text : xmlText(look, text),
  raw: look.raw,
  status: look.head.status,
  contentType: look.contentType,
  carried: carriedHeaders(look.head.headers, giveBack),
});

const xmlText = ({ raw, contentType }: Look, text: string): string => {
  const asXml = readText(raw, contentType.replace(/^[^;]*/, 'application/xml'));
  return asXml === 'undecodable' ? text : asXml;
};

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
