/** Finds what stands at an address: on the shelf, or by asking the origin once for everybody who waits. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../ops/clock.ts';
import type { HeaderPairs, Origin, OriginExchange, OriginHead, OriginRequest } from '../origin/origin.ts';
import type { Found } from './found.ts';
import { type Held, type Inspected, inspect } from './inspect.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import type { Kept, Shelf } from './shelf.ts';
import type { Stream } from './stream-through.ts';
import { type Treatment, treatmentOf } from './treatment.ts';

/** A client's question about one address, independent of how it came in. */
export interface Question {
  readonly origin: Origin;
  readonly method: string;
  /** Canonical. */
  readonly target: string;
  readonly path: string;
  readonly accept: string | undefined;
  /** It names a range or a condition, which the origin may see only for what is no article. */
  readonly conditional: boolean;
  /** What makes the origin's answer this reader's own: `any` cookie or authorization, or one that the policy calls personal. */
  readonly personal: 'no' | 'any' | 'named';
  /** Answers may be kept and shared (a proxied origin; not a host app answering its own request). */
  readonly shareable: boolean;
  /** The origin request's headers: `anonymous` leaves out what is the reader's own, `plain` ranges and conditions. */
  headers(leave: { readonly anonymous: boolean; readonly unconditional: boolean }): HeaderPairs;
  readonly body?: OriginRequest['body'];
  openStream(head: OriginHead, exchange: () => OriginExchange | undefined): Stream;
  onAbortable?(abort: () => void): void;
}

export type Answer =
  | Found
  | { readonly kind: 'streamed' }
  | { readonly kind: 'held'; readonly why: 'hold' | 'probe'; readonly head: OriginHead; readonly held: Held };

export interface Collected {
  readonly head: OriginHead;
  readonly body: Buffer;
}

export interface FinderDependencies {
  readonly shelf: Shelf;
  readonly recognise: (collected: Collected, question: Question, rules: PolicyInForce) => Promise<Found>;
  /** When the answer may be kept, and how long. */
  readonly keepingOf: (
    collected: Collected,
    request: OriginRequest,
    now: number,
  ) => Omit<Kept, 'found'> | undefined;
  readonly clock: Clock;
  readonly maxBytes: number;
}

export interface Finder {
  /** The shelf's answer, when it needs no question and no promise. */
  peek(
    question: Pick<Question, 'target' | 'accept' | 'personal' | 'method'>,
    now: number,
  ): Kept['found'] | undefined;
  find(question: Question, rules: PolicyInForce): Promise<Answer>;
  forgetAll(): void;
}

export const createFinder = (dependencies: FinderDependencies): Finder => {
  const { shelf, clock } = dependencies;
  const known = new LRUCache<string, 'article' | 'plain'>({ max: 50_000 });

  /** Asks for the waiting crowd; what isn't the crowd's business comes back through `own`. */
  const askForAll = async (
    question: Question,
    rules: PolicyInForce,
    own: { answer?: Answer },
  ): Promise<Shared> => {
    const anonymous = isArticle(question, rules);
    const answer = await ask(question, rules);
    own.answer = answer;
    switch (answer.kind) {
      case 'unavailable':
        return answer;
      case 'article':
      case 'feed':
        return anonymous ? answer : 'again';
      default:
        return 'alone';
    }
  };

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
    const inspected = await inspect(question.origin, request, optionsFor(question, rules, request));
    if (inspected.kind !== 'collected') return inspected;
    const found = await dependencies.recognise(inspected, question, rules);
    known.set(question.path, found.kind === 'article' || found.kind === 'feed' ? 'article' : 'plain');
    // Only an anonymous question's answer is kept: what a browser's own headers led to is for that browser.
    if (found.kind !== 'article' && found.kind !== 'feed') return found;
    if (request.method !== 'GET' || !articlePath || !mayShare(question, articlePath)) return found;
    const keeping = dependencies.keepingOf(inspected, request, clock());
    if (keeping) shelf.put(keyOf(question), { found, ...keeping });
    return found;
  };

  const optionsFor = (question: Question, rules: PolicyInForce, request: OriginRequest) => ({
    maxBytes: dependencies.maxBytes,
    openStream: question.openStream,
    ...(question.onAbortable ? { onAbortable: question.onAbortable } : {}),
    treat: (head: OriginHead): Treatment => {
      if (rules.matcher.isIgnoredPath(question.path)) return 'stream';
      const facts = treatmentFacts(question, rules, request, known.get(question.path));
      const treatment = treatmentOf(head, facts);
      if (treatment === 'stream' && head.status < 300) known.set(question.path, 'plain');
      return treatment;
    },
  });

  const isArticle = (question: Pick<Question, 'path'>, rules: PolicyInForce): boolean =>
    !rules.matcher.isIgnoredPath(question.path) &&
    (rules.matcher.isArticlePath(question.path) || known.get(question.path) === 'article');

  const find = async (question: Question, rules: PolicyInForce): Promise<Answer> => {
    if (rules.matcher.isIgnoredPath(question.path)) return ask(question, rules);
    if (!mayShare(question, isArticle(question, rules)) || known.get(question.path) === 'plain') {
      return ask(question, rules);
    }
    const key = keyOf(question);
    const kept = shelf.get(key, clock());
    if (kept && kept.freshUntil > clock()) return kept.found;
    const own: { answer?: Answer } = {};
    const shared = shelf.share(key, () => askForAll(question, rules, own));
    if (kept) {
      // Answered from the shelf, so a failure to renew is nobody's error yet.
      shared.catch(() => undefined);
      return kept.found;
    }
    const answer = await shared;
    if (own.answer) return own.answer;
    if (answer === 'alone') return ask(question, rules);
    // Now that the path is known for an article's, one anonymous question serves everybody who waited.
    return answer === 'again' ? find(question, rules) : answer;
  };

  return {
    peek: (question, now) => {
      if (question.method !== 'GET' && question.method !== 'HEAD') return undefined;
      if (question.personal === 'named') return undefined;
      const kept = shelf.get(keyOf(question), now);
      if (!kept || kept.freshUntil <= now) return undefined;
      // A reader's own cookies are left out of the question for an article only.
      return question.personal === 'no' || kept.found.kind === 'article' ? kept.found : undefined;
    },
    find,
    forgetAll: () => shelf.clear(),
  };
};

/** `again`: an article, but asked in one reader's own words. `alone`: nobody else's business. */
type Shared = Found | 'again' | 'alone';

type AskAgain = Extract<Inspected, { kind: 'ask-again' }>;

const unanswerable: Answer = {
  kind: 'unavailable',
  fault: 'bad-response',
  detail: 'the origin answered a plain GET with 304 or 206',
};

const mayShare = (question: Question, articlePath: boolean): boolean =>
  question.shareable &&
  (question.method === 'GET' || question.method === 'HEAD') &&
  (question.personal === 'no' || (articlePath && question.personal === 'any'));

/** Everybody who accepts HTML gets the page; whoever names something else may get another form of it. */
const keyOf = ({ target, accept }: Pick<Question, 'target' | 'accept'>): string =>
  acceptsPage(accept) ? target : `${target}\n${accept}`;

const acceptsPage = (accept: string | undefined): boolean =>
  accept === undefined || accept.includes('text/html') || accept === '*/*';

const requestFor = (question: Question, articlePath: boolean, whole: boolean): OriginRequest => {
  const anonymous = articlePath && mayShare(question, articlePath);
  const unconditional = whole || articlePath;
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
  known: 'article' | 'plain' | undefined,
) => ({
  path: question.path,
  method: request.method,
  articlePath: rules.matcher.isArticlePath(question.path) || known === 'article',
  jsonPath: rules.matcher.jsonFormFor(question.path) !== undefined,
  cutsFeeds: rules.policy.articles.feeds !== 'pass',
  accept: question.accept,
  knownPlain: known === 'plain',
  conditional: question.conditional,
});
