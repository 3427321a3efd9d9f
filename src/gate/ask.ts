/** Asks the origin about one address, again in other words where the first answer can't be judged, and says what stands there. */
import { freshened } from '../origin/freshness.ts';
import type { HeaderPairs, OriginExchange, OriginHead, OriginRequest } from '../origin/origin.ts';
import type { ReturnHeaders } from '../origin/return-headers.ts';
import type { ArticlePage, Found } from './found.ts';
import { type Held, type Inspected, inspect } from './inspect.ts';
import { isRecordingPath } from './inspect-type.ts';
import { jsonFormAt } from './json-form.ts';
import { createLessons, type Lessons } from './lessons.ts';
import type { Question } from './origin-question.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import { streamRedirect } from './stream-redirect.ts';
import { headerValue, isRedirect, type Treatment, treatmentOf } from './treatment.ts';

/** The answer was to another's words: what it depends on is known now, and whoever asked is to ask in their own. */
export type InOtherWords = 'in-other-words';

export type Answer =
  | Found
  | { readonly kind: 'streamed' }
  | { readonly kind: 'held'; readonly why: 'hold' | 'probe'; readonly head: OriginHead; readonly held: Held };

export interface Collected {
  readonly head: OriginHead;
  readonly body: Buffer;
}

export interface AskDependencies {
  readonly recognise: (collected: Collected, question: Question, rules: PolicyInForce) => Promise<Found>;
  readonly maxBytes: number;
  /** Told of each article and feed that may be everybody's, with the question that it answers. */
  readonly onShared: (
    found: Extract<Found, { kind: 'article' | 'feed' }>,
    asked: Asked,
    rules: PolicyInForce,
  ) => void;
  /** Told of each article that was asked for with nothing of a reader's own, kept or not. */
  readonly onAnonymous?: ((page: ArticlePage, target: string) => void) | undefined;
  /** Told what each answer at an article's address says that it depends on. */
  readonly learnDependence: (answered: Answered, rules: PolicyInForce) => void;
  readonly giveBack: ReturnHeaders;
}

export interface Answered {
  readonly target: string;
  readonly head: OriginHead;
  /** Nothing of a reader's own was asked with. */
  readonly nobodys: boolean;
}

export interface Asked {
  readonly question: Question;
  readonly request: OriginRequest;
  readonly collected: Collected;
}

type Address = Pick<Question, 'target' | 'path'>;

export interface Ask {
  ask(question: Question, rules: PolicyInForce): Promise<Answer>;
  /** @param isTheirs asked once it is known what the answer depends on: whether it may be sent to whoever asked */
  askInWords(
    question: Question,
    rules: PolicyInForce,
    isTheirs: () => boolean,
  ): Promise<Answer | InOtherWords>;
  /** By the policy, or by what an earlier answer taught. */
  isArticle(address: Address, rules: PolicyInForce): boolean;
  /** Nothing of what was answered to such a question before could be shared. */
  isForEachAlone(question: Question): boolean;
}

export const createAsk = (dependencies: AskDependencies): Ask => {
  const { recognise, maxBytes, onShared, onAnonymous, learnDependence, giveBack } = dependencies;
  const lessons = createLessons();

  const askInWords = async (
    question: Question,
    rules: PolicyInForce,
    isTheirs: () => boolean,
  ): Promise<Answer | InOtherWords> => {
    // Decided once: what the answer teaches about this path must not make a personal answer everybody's.
    const articlePath = isArticle(question, rules);
    const first = await askOnce(question, rules, { articlePath, whole: false, isTheirs });
    if (first === inOtherWords || first.kind !== 'ask-again') return first;
    const second = await askOnce(question, rules, { articlePath, whole: true, isTheirs });
    return second !== inOtherWords && second.kind === 'ask-again' ? unanswerable : second;
  };

  const ask = async (question: Question, rules: PolicyInForce): Promise<Answer> => {
    const answer = await askInWords(question, rules, () => true);
    return answer === inOtherWords ? unanswerable : answer;
  };

  const askOnce = async (
    question: Question,
    rules: PolicyInForce,
    way: Way,
  ): Promise<Answer | AskAgain | InOtherWords> => {
    const { articlePath } = way;
    const request = requestFor(question, articlePath, way.whole);
    const { kept } = question;
    const shared = articlePath && mayShare(question, articlePath);
    const anonymous = question.personal === 'no' || shared;
    const learn = (status: number, kind: Found['kind'] | 'redirect'): void =>
      lessons.learn({ question, method: request.method, anonymous, status, kind });
    const answered = (head: OriginHead): void => {
      // What somebody with cookies of theirs is answered says nothing of what others are.
      if (!anonymous) return;
      const nobodys = shared && question.variation === undefined;
      learnDependence({ target: question.target, head, nobodys }, rules);
    };
    let isOthers = false;
    const options = optionsFor(question, rules, request, learn);
    const inspected = await inspect(question.origin, request, {
      ...options,
      treat: (head) => {
        if (head.status === 304 && kept && shared && !way.whole) return 'collect';
        if (articlePath) answered(head);
        const treatment = options.treat(head);
        isOthers = shared && treatment !== 'collect' && !way.isTheirs();
        return isOthers ? 'ask-again' : treatment;
      },
    });
    if (isOthers && inspected.kind === 'ask-again') return inOtherWords;
    if (inspected.kind !== 'collected') return inspected;
    const collected =
      inspected.head.status === 304 && kept && shared
        ? { head: freshened(kept.head, inspected.head), body: kept.raw }
        : inspected;
    const found = withVariation(await recognise(collected, question, rules), question, shared);
    learn(collected.head.status, found.kind);
    if (found.kind === 'article' && anonymous && request.method === 'GET')
      onAnonymous?.(found, question.target);
    // Only an anonymous question's answer is kept: what a browser's own headers led to is for that browser.
    if (found.kind !== 'article' && found.kind !== 'feed') return found;
    if (!articlePath || collected !== inspected) answered(collected.head);
    if (!shared && found.kind === 'article') return asOwn(found, collected.head, question, giveBack);
    if (request.method !== 'GET' || !shared) return found;
    onShared(found, { question, request, collected }, rules);
    return found;
  };

  const optionsFor = (
    question: Question,
    rules: PolicyInForce,
    request: OriginRequest,
    learn: (status: number, kind: Found['kind'] | 'redirect') => void,
  ) => ({
    maxBytes,
    openStream: (head: OriginHead, exchange: () => OriginExchange | undefined) =>
      isRedirect(head) && !rules.matcher.isIgnoredPath(question.path)
        ? streamRedirect(head, exchange, question.openStream)
        : question.openStream(head, exchange),
    ...(question.onAbortable ? { onAbortable: question.onAbortable } : {}),
    ...(question.onHints ? { onHints: question.onHints } : {}),
    treat: (head: OriginHead): Treatment => {
      if (rules.matcher.isIgnoredPath(question.path)) return 'stream';
      const facts = treatmentFacts(question, rules, request, lessons);
      const treatment = treatmentOf(head, facts);
      if (treatment === 'stream') learn(head.status, isRedirect(head) ? 'redirect' : 'plain');
      return treatment;
    },
  });

  const isArticle = (address: Address, { matcher }: PolicyInForce): boolean =>
    !matcher.isIgnoredPath(address.path) &&
    (matcher.isArticlePath(address.path) || lessons.isArticle(address));

  return { ask, askInWords, isArticle, isForEachAlone: lessons.isForEachAlone };
};

type AskAgain = Extract<Inspected, { kind: 'ask-again' }>;

interface Way {
  readonly articlePath: boolean;
  readonly whole: boolean;
  readonly isTheirs: () => boolean;
}

const inOtherWords: InOtherWords = 'in-other-words';

const unanswerable: Answer = {
  kind: 'unavailable',
  fault: 'bad-response',
  detail: 'the origin answered a plain GET with 304 or 206',
};

/** Whether the answer may be everybody's: an article's is, once what is the reader's own is left out of the question. */
export const mayShare = (question: Question, articlePath: boolean): boolean =>
  question.shareable &&
  (question.method === 'GET' || question.method === 'HEAD') &&
  // A body is the asker's own words, and what an origin makes of them is no answer to anybody else.
  question.body === undefined &&
  // One reader's part of a film.
  !(question.conditional && isRecordingPath(question.path)) &&
  (question.personal === 'no' || (articlePath && question.personal === 'any'));

const withVariation = (found: Found, { variation }: Question, shared: boolean): Found =>
  shared && found.kind === 'article' && variation ? { ...found, variation: variation.name } : found;

/** One reader's copy, with the cookies that belong to it. */
const asOwn = (
  page: ArticlePage,
  { headers }: OriginHead,
  { personal }: Question,
  giveBack: ReturnHeaders,
): ArticlePage => {
  const cookies = giveBack(headers).filter(([name]) => name.toLowerCase() === 'set-cookie');
  if (cookies.length === 0 && personal === 'no') return page;
  return { ...page, own: { cookies: cookies.map(([, value]) => value) } };
};

const requestFor = (question: Question, articlePath: boolean, whole: boolean): OriginRequest => {
  const anonymous = articlePath && mayShare(question, articlePath);
  const unconditional = whole || (articlePath && !isRecordingPath(question.path));
  const method = question.method === 'HEAD' && unconditional ? 'GET' : question.method;
  return {
    method,
    target: question.target,
    headers: [
      ...question.headers({ anonymous, unconditional }),
      ...(anonymous ? (question.variation?.headers ?? []) : []),
      ...(anonymous && !whole && question.kept ? conditionsOf(question.kept.head) : []),
    ],
    ...(question.body ? { body: question.body } : {}),
  };
};

/** RFC 9110, 13.1: the origin is to send it only if it is another. */
const conditionsOf = ({ headers }: OriginHead): HeaderPairs => {
  const etag = headerValue(headers, 'etag');
  const lastModified = headerValue(headers, 'last-modified');
  if (etag !== undefined) return [['If-None-Match', etag]];
  return lastModified === undefined ? [] : [['If-Modified-Since', lastModified]];
};

const treatmentFacts = (
  question: Question,
  rules: PolicyInForce,
  request: OriginRequest,
  lessons: Lessons,
) => ({
  target: question.target,
  path: question.path,
  method: request.method,
  articlePath: rules.matcher.isArticlePath(question.path) || lessons.isArticle(question),
  nearArticle: lessons.isNearArticle(question),
  namedForm: rules.matcher.articleBehind(question.target, question.path) !== undefined,
  jsonPath: jsonFormAt(question, rules) !== undefined,
  cutsFeeds: rules.matcher.feedWayAt(question.path) !== 'pass',
  accept: question.accept,
  knownPlain: lessons.isPlain(question),
  conditional: question.conditional,
});
