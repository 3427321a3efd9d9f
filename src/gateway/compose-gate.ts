/** The gate's rooms, put together: from an address to the page that its reader gets. */
import type { IncomingMessage } from 'node:http';
import type { PromptOffer } from '../billing/prompt-offer.ts';
import type { LiveView } from '../entitlements/live-view.ts';
import { createAges } from '../gate/ages.ts';
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
import { createArticleByText } from '../gate/article-by-text.ts';
import { createArticleRoutes, type HandleArticle } from '../gate/article-routes.ts';
import type { AskedAddress } from '../gate/asked-address.ts';
import type { Catalogue } from '../gate/catalogue.ts';
import { createCutArticle } from '../gate/cut-article.ts';
import { createDecisionCodes, type DecisionCodes } from '../gate/decision-codes.ts';
import { createEntryPages } from '../gate/entry-pages.ts';
import type { Finder } from '../gate/find.ts';
import type { ArticlePage } from '../gate/found.ts';
import { createGuard, type Discovery } from '../gate/guard.ts';
import { createHeldAt, type HeldAt } from '../gate/held-at.ts';
import type { IdentityOf } from '../gate/identity-of.ts';
import { createJudgeAnswer } from '../gate/judge-answer.ts';
import { createKnowArticle } from '../gate/know-article.ts';
import { createKnowSoon } from '../gate/know-soon.ts';
import { createListText } from '../gate/list-text.ts';
import type { Locate } from '../gate/locate.ts';
import { createSeenArticles } from '../gate/locate-seen.ts';
import { createLookAtAll } from '../gate/look-at-all.ts';
import { noticeChanges } from '../gate/notice-changes.ts';
import { type LoopCause, loopInWords, noticeLoops } from '../gate/notice-loop.ts';
import type { NoticeArticles } from '../gate/notice-no-articles.ts';
import type { OnDecision } from '../gate/on-decision.ts';
import { createOthersText } from '../gate/others-text.ts';
import type { PageTasks } from '../gate/page-tasks.ts';
import { createPageWork } from '../gate/page-work.ts';
import type { PolicyInForce } from '../gate/policy-in-force.ts';
import { createQuestionOf, createShortQuestionOf, type ShortQuestion } from '../gate/question.ts';
import { createReadAnswer } from '../gate/read-answers.ts';
import { createReadyForms } from '../gate/ready-forms.ts';
import { createRulings } from '../gate/ruling.ts';
import type { SeeAs } from '../gate/see-as.ts';
import { createSendFault, type SendFault } from '../gate/send-fault.ts';
import { type SpreadPurges, spreadPurges } from '../gate/spread-purges.ts';
import { createAskForStaff } from '../gate/staff/answer-staff.ts';
import type { IsStaff } from '../gate/staff/host-staff.ts';
import type { StaffOf } from '../gate/staff/staff-of.ts';
import { withoutTextInHeaders } from '../gate/text-in-headers.ts';
import { createViewArticle } from '../gate/view-article.ts';
import type { MeterStore } from '../meter/meter-store.ts';
import type { Clock } from '../ops/clock.ts';
import { faultOf, type Log } from '../ops/log.ts';
import type { Metrics } from '../ops/metrics.ts';
import { randomText } from '../ops/random.ts';
import type { Threads, Unfinished } from '../ops/threads.ts';
import type { IsTrustedProxy } from '../origin/client-address.ts';
import { forwardHeaders } from '../origin/forward-headers.ts';
import type { Origin } from '../origin/origin.ts';
import { publicAddresses } from '../origin/public-addresses.ts';
import { returnHeaders } from '../origin/return-headers.ts';
import { continueLink } from '../pages/continue-link.tsx';
import { derivedKeys } from '../readers/derived-key.ts';
import type { VisitorNumberOf } from '../readers/visitor-number.ts';
import type { TokenKeySetting } from '../settings.ts';
import type { Stores } from '../stores/open-stores.ts';
import { composeFinding, type FindingOptions } from './compose-finding.ts';
import type { Knowing } from './compose-knowing.ts';
import { composeSeeing } from './compose-seeing.ts';
import { composeStaff } from './compose-staff.ts';
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
  /** Whether what stands at an address can be told without a question to the origin. */
  readonly isKnown: (address: AskedAddress) => boolean;
  readonly decideAt: DecideAt;
  readonly locate: Locate;
  /** Whether whoever asks for an address is one of the origin's own. */
  readonly staffOf: StaffOf;
  /** Where readers' and staff's own questions go. */
  readonly origin: Origin;
  readonly isHostStaff: IsStaff;
  /** The page that somebody would get; nothing is counted, and nothing of it reaches a reader. */
  readonly seeAs: SeeAs;
  /** What an address that is no article's page holds of articles. */
  readonly heldAt: HeldAt;
  /** What the codes on prompts stand for; flushed before the stores are closed. */
  readonly codes: DecisionCodes;
  readonly sendFault: SendFault;
  /** What is meant is asked for anew, here and at every other instance. */
  readonly purges: SpreadPurges;
  /** Drops every kept article, so that the next reader sees what the origin has now. */
  readonly forgetAll: () => void;
}

export interface GateOptions {
  readonly opened: OpenedOrigin;
  readonly publicUrl: string;
  readonly hosts: readonly string[];
  readonly inForce: () => PolicyInForce;
  readonly identityOf: IdentityOf;
  readonly visitorNumberOf: VisitorNumberOf;
  readonly keys: readonly TokenKeySetting[];
  readonly stores: Pick<Stores, 'readers' | 'decisionCodes' | 'purges'>;
  readonly liveView: LiveView;
  readonly meters: MeterStore;
  readonly catalogue: Catalogue;
  readonly threads: Threads<PageTasks>;
  readonly noticeArticles: NoticeArticles;
  /** Absent: nothing is sold here. */
  readonly promptOffer?: PromptOffer;
  readonly isTrusted: IsTrustedProxy;
  readonly networkOf: (req: IncomingMessage, now: number) => string;
  /** What a host application says of its own people. */
  readonly isStaff?: IsStaff;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly onDecision: OnDecision;
  /** Told of each answer that held text which not everybody may read. */
  readonly onDiscovery: (discovery: Discovery) => void;
  /** What is known of articles' texts, and where it is kept. */
  readonly knowing: Pick<Knowing, 'known' | 'keep'>;
}

export const composeGate = (options: GateOptions): Gate => {
  const {
    opened,
    hosts,
    inForce,
    identityOf,
    liveView,
    meters,
    catalogue,
    clock,
    log,
    metrics,
    onDecision,
    knowing: { known, keep },
  } = options;
  const forward = forwardHeaders(opened.addresses);
  const passes = (name: string): boolean => inForce().matcher.passesHeader(name);
  const giveBackAll = returnHeaders({ ...opened.addresses, passes });
  const giveBack = withoutTextInHeaders({ giveBack: giveBackAll, known, inForce, clock });
  const work = createPageWork({ threads: options.threads });
  const unfinished = {
    onUnfinished: ({ article }: ArticlePage, why: Unfinished['why']): void =>
      log.warn({ article: article.id, why }, 'an article was withheld whole: cutting it was given up'),
  };
  const cut = createCutArticle({
    catalogue,
    work,
    maxBytes: cutsBytes,
    ...unfinished,
    onUnusableSelectors: (selectors) =>
      log.warn(
        { selectors },
        'these body selectors are not CSS, or take too long on a page, and were passed over',
      ),
  });
  const hosted = opened.kind === 'host';
  const seen = createSeenArticles(shelfBytes);
  const read = createReadAnswer(known);
  const finding = {
    origin: opened.origin,
    forward,
    hosts,
    giveBack,
    maxBytes: maxPageBytes,
    work,
    clock,
    articleByText: createArticleByText(known, read),
    publicAddresses: publicAddresses(opened.addresses),
    ...(hosted ? { seen: seen.locate } : {}),
  };
  const ages = createAges();
  const { finder, locate, lookUp, pageBehind, purge, forgetAll } = composeFinding({
    ages,
    ...finding,
    noticeArticles: options.noticeArticles,
    shelfBytes,
    originCache: () => inForce().policy.originCache,
    onAnonymous: (page, target) => knowSoon.soon(page, target),
    onAlone: createTellAlone(log),
    onRead: (page) => {
      // A further page is none that its article could be looked up in.
      if (hosted && page.part !== 'later') seen.remember(page);
    },
  });
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
  const rulingOf = createRulings(cut, cardsOnFull);
  const knowSoon = createKnowSoon({
    know: createKnowArticle({ rulingOf, cut, work, known, keep }),
    inForce,
    clock,
    report: (error) => log.error({ fault: faultOf(error) }, 'an article’s text could not be learnt'),
  });
  const { promptOffer } = options;
  const form = { catalogue, cardsOnFull, ...(promptOffer ? { promptOffer } : {}) };
  const codes = composeCodes(options);
  const readyForm = createReadyForms({ ...form, codeOf: codes.remember, maxBytes: formsBytes });
  const sendFault = createSendFault(inForce, options.visitorNumberOf);
  const judge = createJudgeAnswer({
    known,
    read,
    work,
    identityOf,
    liveView,
    hosts,
    linkTo: (article, { rules }) => continueLink(article, rules.messages(rules.policy.site.language)),
  });
  const { onDiscovery } = options;
  const guard = createGuard({
    known,
    judge,
    giveBack,
    maxBytes: maxPageBytes,
    onDiscovery,
    sendFault,
    giveUp: ({ req, res }, error) => {
      log.error({ fault: faultOf(error) }, 'an answer could not be read');
      if (res.headersSent) res.destroy();
      else sendFault(req, res, 'internal');
    },
  });
  const othersText = createOthersText({ known, read, judge, onDiscovery });
  const entries = { lookAtAll: createLookAtAll(lookUp), rulingOf, hosts };
  const entryPagesOf = createEntryPages(entries);
  const listText = createListText({ ...entries, knowFirst: knowSoon.first, work });
  const article = {
    identityOf,
    rulingOf,
    viewArticle,
    readyForm,
    metrics,
    log,
    onDecision,
    othersText,
    ages,
  };
  const answer = createAnswer({
    guard,
    answerArticle: createAnswerArticle(article),
    answerFeed: createAnswerFeed({
      ...{ identityOf, liveView, entryPagesOf, listText, work, judge, onDiscovery },
      onLeftOut: (entries, path) =>
        log.warn({ path, entries }, 'entries of a feed were left out: their pages could not be asked for'),
    }),
    answerHeld: createAnswerHeld({ ...article, pageBehind, hosts, giveBack }),
    giveBack,
    sendFault,
    metrics,
    log,
  });
  const questionOf = createQuestionOf({
    forward,
    openStream: guard.openStream,
    giveBack,
    isTrusted: options.isTrusted,
  });
  const { staffOf, companions, isHostStaff } = composeStaff({ ...options, forward });
  const decideAt = createDecideAt({ locate, rulingOf, viewArticle, inForce });
  const seeing = composeSeeing({
    catalogue,
    form: { ...form, codeOf: codes.codeOf },
    liveView,
    meters,
    readers: options.stores.readers,
    inForce,
    published: locate,
    finding,
    ...unfinished,
    hosted,
  });
  const forgetEverything = (): void => {
    forgetAll();
    seeing.forgetAll();
  };
  const purges = spreadPurges({
    store: options.stores.purges,
    carryOut: (meant) => {
      purge(meant);
      seeing.forgetAll();
    },
    forgetAll: forgetEverything,
    name: randomText(12),
    log,
  });
  return {
    handle: createArticleRoutes({
      finder,
      shortQuestion: createShortQuestionOf(forward),
      questionOf,
      staffOf,
      askForStaff: createAskForStaff({ finder, giveBack: giveBackAll, companions, metrics }),
      answer,
      sendFault,
      inForce,
      clock,
      log,
    }),
    answerAccess: createAnswerAccess(decideAt, onDecision),
    isKnown: ({ target }) => hosted || finder.peek(lookFor(target), clock(), inForce()) !== undefined,
    decideAt,
    locate,
    staffOf,
    origin: noticeChanges(noticeLoops(opened.origin, opened.addresses, createTellLoop(log, clock)), {
      hosts,
      onChanged: (targets) => {
        finder.forget(targets);
        // Other addresses have no copies anywhere.
        purges.changed(targets.filter((target) => isArticleAt(finder, target, inForce())));
      },
    }),
    isHostStaff,
    seeAs: seeing.seeAs,
    heldAt: createHeldAt({ origin: opened.origin, forward, known, read, maxBytes: maxPageBytes }),
    codes,
    sendFault,
    purges,
    forgetAll: forgetEverything,
  };
};

const isArticleAt = (finder: Finder, target: string, rules: PolicyInForce): boolean =>
  finder.isArticle({ target, path: target.split('?', 1)[0] ?? '/' }, rules);

/** Nobody's question: the same that looking at the page would ask. */
const lookFor = (target: string): ShortQuestion => ({
  ...{ method: 'GET', target, accept: 'text/html', personal: 'no', hops: 0 },
  said: () => undefined,
});

const hourMs = 3_600_000;

/** Once an hour: each of its readers' questions would say the same. */
const createTellLoop = (log: Log, clock: Clock): ((cause: LoopCause, target: string) => void) => {
  let quietUntil = 0;
  return (cause, target) => {
    if (clock() < quietUntil) return;
    quietUntil = clock() + hourMs;
    log.warn({ path: target.split('?', 1)[0] }, loopInWords[cause]);
  };
};

/** Each cause once: it is the same at every article. */
const createTellAlone = (log: Log): NonNullable<FindingOptions['onAlone']> => {
  const told = new Set<string>();
  return (why, target) => {
    const cause = why.kind === 'sets-cookie' ? why.cookie : why.kind;
    if (told.has(cause) || told.size >= 50) return;
    told.add(cause);
    const path = target.split('?', 1)[0];
    if (why.kind === 'private') return;
    if (why.kind === 'varies-by-cookie')
      log.warn(
        { path },
        'articles depend on cookies (Vary: Cookie): whoever has one beside the harmless ones is given a page of their own, which ' +
          'is asked of the origin each time; name those that change nothing of it in originCache.harmlessCookies',
      );
    else
      log.warn(
        { path, cookie: cause.slice(0, 60) },
        'articles set a cookie: each reader is given a page of their own, which is asked of the origin each time; name the ' +
          'cookie in originCache.harmlessCookies if their pages are the same without it',
      );
  };
};

const composeCodes = ({ keys, stores, clock, log }: GateOptions): DecisionCodes =>
  createDecisionCodes({
    key: derivedKeys(keys, 'decision code')[0],
    store: stores.decisionCodes,
    clock,
    report: (error) =>
      log.warn({ fault: faultOf(error) }, 'what some prompts’ references stand for could not be kept'),
  });
