/** Asks the origin about one address, again in other words where the first answer can't be judged, and says what stands there. */
import type { OriginExchange, OriginHead, OriginRequest } from '../origin/origin.ts';
import type { ArticlePage, Found } from './found.ts';
import { type Held, type Inspected, inspect } from './inspect.ts';
import { isRecordingPath } from './inspect-type.ts';
import { jsonFormAt } from './json-form.ts';
import { createLessons, type Lessons } from './lessons.ts';
import type { Question } from './origin-question.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import { streamRedirect } from './stream-redirect.ts';
import { isRedirect, type Treatment, treatmentOf } from './treatment.ts';

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
  readonly onShared: (found: Extract<Found, { kind: 'article' | 'feed' }>, asked: Asked) => void;
  /** Told of each article that was asked for with nothing of a reader's own, kept or not. */
  readonly onAnonymous?: ((page: ArticlePage, target: string) => void) | undefined;
}

export interface Asked {
  readonly question: Question;
  readonly request: OriginRequest;
  readonly collected: Collected;
}

type Address = Pick<Question, 'target' | 'path'>;

export interface Ask {
  ask(question: Question, rules: PolicyInForce): Promise<Answer>;
  /** By the policy, or by what an earlier answer taught. */
  isArticle(address: Address, rules: PolicyInForce): boolean;
  /** Nothing of what was answered to such a question before could be shared. */
  isForEachAlone(question: Question): boolean;
}

export const createAsk = ({ recognise, maxBytes, onShared, onAnonymous }: AskDependencies): Ask => {
  const lessons = createLessons();

  const ask = async (question: Question, rules: PolicyInForce): Promise<Answer> => {
    // Decided once: what the answer teaches about this path must not make a personal answer everybody's.
    const articlePath = isArticle(question, rules);
    const first = await askOnce(question, rules, articlePath, false);
    if (first.kind !== 'ask-again') return first;
    const second = await askOnce(question, rules, articlePath, true);
    return second.kind === 'ask-again' ? unanswerable : second;
  };

  const askOnce = async (
    question: Question,
    rules: PolicyInForce,
    articlePath: boolean,
    whole: boolean,
  ): Promise<Answer | AskAgain> => {
    const request = requestFor(question, articlePath, whole);
    const anonymous = question.personal === 'no' || (articlePath && mayShare(question, articlePath));
    const learn = (status: number, kind: Found['kind'] | 'redirect'): void =>
      lessons.learn({ question, method: request.method, anonymous, status, kind });
    const inspected = await inspect(question.origin, request, optionsFor(question, rules, request, learn));
    if (inspected.kind !== 'collected') return inspected;
    const found = await recognise(inspected, question, rules);
    learn(inspected.head.status, found.kind);
    if (found.kind === 'article' && anonymous && request.method === 'GET')
      onAnonymous?.(found, question.target);
    // Only an anonymous question's answer is kept: what a browser's own headers led to is for that browser.
    if (found.kind !== 'article' && found.kind !== 'feed') return found;
    if (request.method !== 'GET' || !articlePath || !mayShare(question, articlePath)) return found;
    onShared(found, { question, request, collected: inspected });
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

  return { ask, isArticle, isForEachAlone: lessons.isForEachAlone };
};

type AskAgain = Extract<Inspected, { kind: 'ask-again' }>;

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

const requestFor = (question: Question, articlePath: boolean, whole: boolean): OriginRequest => {
  const anonymous = articlePath && mayShare(question, articlePath);
  const unconditional = whole || (articlePath && !isRecordingPath(question.path));
  const method = question.method === 'HEAD' && unconditional ? 'GET' : question.method;
  return {
    method,
    target: question.target,
    headers: question.headers({ anonymous, unconditional }),
    ...(question.body ? { body: question.body } : {}),
  };
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
  cutsFeeds: rules.policy.articles.feeds !== 'pass',
  accept: question.accept,
  knownPlain: lessons.isPlain(question),
  conditional: question.conditional,
});
