/** The gate's rooms, put together: from an address to the page that its reader gets. */
import type { PromptOffer } from '../billing/prompt-offer.ts';
import type { LiveView } from '../entitlements/live-view.ts';
import { createAnswer } from '../gate/answer.ts';
import {
  type AnswerAccess,
  createAnswerAccess,
  createDecideAt,
  type DecideAt,
} from '../gate/answer-access.ts';
import { createAnswerArticle } from '../gate/answer-article.ts';
import { createAnswerFeed } from '../gate/answer-feed.ts';
import { createAnswerHeld } from '../gate/answer-held.ts';
import { createArticleRoutes, type HandleArticle } from '../gate/article-routes.ts';
import { createAsk } from '../gate/ask.ts';
import type { Catalogue } from '../gate/catalogue.ts';
import { createCutArticle } from '../gate/cut-article.ts';
import { createFinder } from '../gate/find.ts';
import type { IdentityOf } from '../gate/identity-of.ts';
import { createLocate, type Locate } from '../gate/locate.ts';
import { createSeenArticles } from '../gate/locate-seen.ts';
import type { PolicyInForce } from '../gate/policy-in-force.ts';
import { createQuestionOf, createShortQuestionOf } from '../gate/question.ts';
import { createReadyForms } from '../gate/ready-forms.ts';
import { createRecognise } from '../gate/recognise.ts';
import { createRulings } from '../gate/ruling.ts';
import { createSendFault, type SendFault } from '../gate/send-fault.ts';
import { createShelf, type Kept } from '../gate/shelf.ts';
import { keyToKeep } from '../gate/shelf-keys.ts';
import { createViewArticle } from '../gate/view-article.ts';
import type { MeterStore } from '../meter/meter-store.ts';
import type { Clock } from '../ops/clock.ts';
import { faultOf, type Log } from '../ops/log.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { IsTrustedProxy } from '../origin/client-address.ts';
import { forwardHeaders } from '../origin/forward-headers.ts';
import { freshness } from '../origin/freshness.ts';
import type { OriginHead, OriginRequest } from '../origin/origin.ts';
import { returnHeaders } from '../origin/return-headers.ts';
import type { OpenedOrigin } from './open-origin.ts';

const mebibyte = 1_048_576;
/** No page of text is larger; a larger answer on an article's address can't be looked into and is refused. */
const maxPageBytes = 8 * mebibyte;
const shelfBytes = 96 * mebibyte;
const cutsBytes = 48 * mebibyte;
const formsBytes = 96 * mebibyte;

export interface Gate {
  readonly handle: HandleArticle;
  readonly answerAccess: AnswerAccess;
  readonly decideAt: DecideAt;
  readonly locate: Locate;
  readonly sendFault: SendFault;
  /** Drops every kept article, so that the next reader sees what the origin has now. */
  readonly forgetAll: () => void;
}

export interface GateOptions {
  readonly opened: OpenedOrigin;
  readonly publicUrl: string;
  readonly hosts: readonly string[];
  readonly inForce: () => PolicyInForce;
  readonly identityOf: IdentityOf;
  readonly liveView: LiveView;
  readonly meters: MeterStore;
  readonly catalogue: Catalogue;
  /** Absent: nothing is sold here. */
  readonly promptOffer?: PromptOffer;
  readonly isTrusted: IsTrustedProxy;
  readonly isOwnBearer: (authorization: string) => boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

export const composeGate = (options: GateOptions): Gate => {
  const { opened, publicUrl, hosts, inForce, identityOf, liveView, meters, catalogue, clock, log, metrics } =
    options;
  const forward = forwardHeaders({ originUrl: opened.url, publicUrl });
  const giveBack = returnHeaders({ originUrl: opened.url, publicUrl });
  const shelf = createShelf(shelfBytes);
  const cutter = createCutArticle({
    catalogue,
    maxBytes: cutsBytes,
    onInvalidSelectors: (selectors) =>
      log.warn({ selectors }, 'these body selectors are not CSS and were passed over'),
  });
  const hosted = opened.kind === 'host';
  const seen = createSeenArticles(shelfBytes);
  const recognise = createRecognise({
    hosts,
    giveBack,
    maxBytes: maxPageBytes,
    locate: (target, path, rules) => locate(target, path, rules),
    onRead: (page, reading) => {
      if (reading) cutter.remember(page, reading);
      if (hosted) seen.remember(page);
    },
  });
  const keepingOf = keeping(inForce);
  const asking = createAsk({
    recognise,
    maxBytes: maxPageBytes,
    onShared: (found, { question, request, collected }) => {
      const kept = keepingOf(collected.head, request, clock());
      if (kept) shelf.put(keyToKeep(question, found), { found, ...kept });
    },
  });
  const finder = createFinder({ shelf, asking, clock });
  const locate = hosted ? seen.locate : createLocate({ finder, origin: opened.origin, forward });
  const viewArticle = createViewArticle({
    liveView,
    meters,
    onDegraded: (what, error) => {
      metrics.countDegraded(what);
      log.warn(
        { store: what, fault: faultOf(error) },
        'a store could not be asked; the policy says what readers get',
      );
    },
  });
  const cardsOnFull = opened.folder !== undefined;
  const rulingOf = createRulings(cutter.cut, cardsOnFull);
  const { promptOffer } = options;
  const readyForm = createReadyForms({
    catalogue,
    cardsOnFull,
    ...(promptOffer ? { promptOffer } : {}),
    maxBytes: formsBytes,
  });
  const sendFault = createSendFault(inForce);
  const article = { identityOf, rulingOf, viewArticle, readyForm, metrics, log };
  const answer = createAnswer({
    answerArticle: createAnswerArticle(article),
    answerFeed: createAnswerFeed({ identityOf, liveView, locate, hosts }),
    answerHeld: createAnswerHeld({ identityOf, viewArticle, metrics, log, locate, giveBack }),
    giveBack,
    sendFault,
    metrics,
    log,
  });
  const questionOf = createQuestionOf({
    forward,
    giveBack,
    isTrusted: options.isTrusted,
    isOwnBearer: options.isOwnBearer,
  });
  const decideAt = createDecideAt({ locate, rulingOf, viewArticle, inForce });
  return {
    handle: createArticleRoutes({
      finder,
      shortQuestion: createShortQuestionOf(options.isOwnBearer),
      questionOf,
      answer,
      sendFault,
      inForce,
      clock,
      log,
    }),
    answerAccess: createAnswerAccess(decideAt),
    decideAt,
    locate,
    sendFault,
    forgetAll: () => finder.forgetAll(),
  };
};

/** When an answer may be kept, and how long. */
const keeping =
  (inForce: () => PolicyInForce) =>
  (head: OriginHead, request: OriginRequest, now: number): Omit<Kept, 'found'> | undefined => {
    const { seconds, staleSeconds } = inForce().policy.originCache;
    const fresh = freshness(request, head, now, { seconds, staleSeconds });
    return fresh.storable && head.status === 200
      ? { freshUntil: fresh.freshUntil, staleUntil: fresh.staleUntil }
      : undefined;
  };
