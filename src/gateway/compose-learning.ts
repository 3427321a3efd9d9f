/** Learning the site, put together: the gate's own rooms with caches of their own, so that no reader's page gives way to it. */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { underLease } from '../billing/under-lease.ts';
import type { Catalogue } from '../gate/catalogue.ts';
import { createCutArticle } from '../gate/cut-article.ts';
import { createKnowArticle } from '../gate/know-article.ts';
import type { NoticeArticles } from '../gate/notice-no-articles.ts';
import { createPageWork } from '../gate/page-work.ts';
import type { PolicyInForce } from '../gate/policy-in-force.ts';
import { createRulings } from '../gate/ruling.ts';
import type { Clock } from '../ops/clock.ts';
import { faultOf, type Log } from '../ops/log.ts';
import type { Metrics } from '../ops/metrics.ts';
import { randomText } from '../ops/random.ts';
import { forwardHeaders } from '../origin/forward-headers.ts';
import type { Origin } from '../origin/origin.ts';
import { publicAddresses } from '../origin/public-addresses.ts';
import { returnHeaders } from '../origin/return-headers.ts';
import type { LearnDeps, LearnTerms } from '../sentry/learn/learn-deps.ts';
import { type LearnAlone, type LearnSchedule, startLearning } from '../sentry/learn/learn-schedule.ts';
import { learnSite } from '../sentry/learn/learn-site.ts';
import type { LearnRound } from '../sentry/learn/learn-store.ts';
import type { VisitAddress } from '../sentry/learn/visit.ts';
import type { Stores } from '../stores/open-stores.ts';
import { composeFinding } from './compose-finding.ts';
import type { Knowing } from './compose-knowing.ts';
import type { OpenedOrigin } from './open-origin.ts';
import type { GatewayThreads } from './open-threads.ts';
import { createVisitAddress } from './visit-address.ts';

export interface Learning {
  /** One round now; whoever asks is told when another instance is at it. */
  readonly learn: LearnAlone;
  /** How far it is, whichever instance does it; undefined: nothing was learnt yet. */
  readonly standing: () => Promise<LearnRound | undefined>;
  /** By itself, as often as the policy says. */
  start(): LearnSchedule;
}

interface Options {
  readonly opened: OpenedOrigin;
  readonly hosts: readonly string[];
  readonly inForce: () => PolicyInForce;
  readonly stores: Pick<Stores, 'learning' | 'customers'>;
  readonly knowing: Knowing;
  readonly catalogue: Catalogue;
  readonly threads: GatewayThreads;
  readonly noticeArticles: NoticeArticles;
  readonly realNow: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

const mebibyte = 1_048_576;
const maxPageBytes = 8 * mebibyte;
/** For the pages that others name as their own. */
const shelfBytes = 8 * mebibyte;
const cutsBytes = 2 * mebibyte;
const leaseMs = 30_000;

/** Undefined for a host application, which can't be asked for anything: what passes through the gate is learnt. */
export const composeLearning = (options: Options): Learning | undefined => {
  const { opened, inForce, stores, knowing, realNow, log, metrics } = options;
  if (opened.kind === 'host') return undefined;
  const { visit, furtherQuestions } = composeVisits(options);
  const isFolder = opened.folder !== undefined;
  const termsOf = createTermsOf(isFolder);
  const terms = (): LearnTerms => termsOf(inForce());
  const deps: LearnDeps = {
    visit: async (asked, signal) => {
      const visited = await visit(asked, signal);
      metrics.countVisit(visited.kind);
      return visited;
    },
    furtherQuestions,
    store: stores.learning,
    keep: knowing.keep,
    isKnown: (address) => {
      const facts = knowing.known.factsOf(address);
      if (facts === undefined) return false;
      const { outcome } = inForce().matcher.match(facts.article, realNow());
      return isDeepStrictEqual(facts.cutoff, outcome.cutoff);
    },
    site: () => siteOf(options.hosts, inForce()),
    terms,
    clock: realNow,
    pause: (ms, signal) => wait(ms, undefined, { signal }),
  };
  const learn: LearnAlone = async (asked) => {
    // Until all of it is in memory, everything would seem unknown.
    await Promise.race([knowing.loaded, aborted(asked.signal)]);
    const lease = {
      ...{ customers: stores.customers, name: 'learn', holder: randomText(12), realNow, leaseMs },
      signal: asked.signal,
    };
    const outcome = await underLease(lease, (signal) => learnSite(deps, { ...asked, signal }));
    return outcome ?? { kind: 'running-already' };
  };
  return {
    learn,
    standing: () => stores.learning.round(),
    start: () =>
      startLearning({
        learn,
        store: stores.learning,
        isOn: () => {
          const { sentry } = inForce().policy;
          return sentry.on && sentry.learn.on;
        },
        terms: () => ({
          ...terms(),
          // A folder is looked through when it changes, and now and then.
          everyMs: inForce().policy.sentry.learn.everyMinutes * 60_000,
        }),
        loaded: knowing.loaded,
        metrics,
        log,
        realNow,
        random: randomText,
      }),
  };
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

const createTermsOf = (isFolder: boolean): ((rules: PolicyInForce) => LearnTerms) => {
  const kept = new WeakMap<PolicyInForce, LearnTerms>();
  return (rules) => {
    const known = kept.get(rules);
    if (known) return known;
    const { sentry, version } = rules.policy;
    const { perSecond, maxArticles, everyMinutes } = sentry.learn;
    const terms: LearnTerms = {
      perSecond: isFolder ? Number.POSITIVE_INFINITY : perSecond,
      maxArticles,
      everyMs: isFolder ? 0 : everyMinutes * 60_000,
      policyVersion: version,
      readBy: readBy(rules),
    };
    kept.set(rules, terms);
    return terms;
  };
};

/** What says where articles are, where their text is, and what is known of them. */
const readBy = ({ policy: { articles, publications, site } }: PolicyInForce): string =>
  createHash('sha256')
    .update(JSON.stringify([articles, publications, site.language]))
    .digest('base64url')
    .slice(0, 8);

const siteOf = (hosts: readonly string[], { matcher }: PolicyInForce) => ({
  hosts,
  isLeftOut: (path: string): boolean =>
    path === '/-' || path.startsWith('/-/') || matcher.isIgnoredPath(path) || matcher.isPassedPath(path),
  isArticlePath: matcher.isArticlePath,
});

const composeVisits = (
  options: Options,
): { readonly visit: VisitAddress; readonly furtherQuestions: () => number } => {
  const { opened, hosts, inForce, knowing, catalogue, threads, noticeArticles, realNow, log } = options;
  const forward = forwardHeaders(opened.addresses);
  const passes = (name: string): boolean => inForce().matcher.passesHeader(name);
  const giveBack = returnHeaders({ ...opened.addresses, passes });
  const work = createPageWork({ threads });
  const counted = countingOrigin(opened.origin);
  const { recognise } = composeFinding({
    ...{ origin: counted.origin, forward, hosts, giveBack, shelfBytes, work, noticeArticles },
    maxBytes: maxPageBytes,
    publicAddresses: publicAddresses(opened.addresses),
    originCache: () => inForce().policy.originCache,
    onRead: () => undefined,
    clock: realNow,
  });
  const cut = createCutArticle({
    work,
    // Cards are of what is read: a hundred thousand old articles would push all others out.
    catalogue: { ...catalogue, learn: () => undefined },
    maxBytes: cutsBytes,
    onUnusableSelectors: () => undefined,
    onUnfinished: ({ article }, why) =>
      log.warn({ article: article.id, why }, 'an article could not be learnt: cutting it was given up'),
  });
  const know = createKnowArticle({ rulingOf: createRulings(cut, true), cut, work, ...knowing });
  const visit = createVisitAddress({
    ...{ origin: opened.origin, forward, recognise, know, inForce, maxPageBytes },
    clock: realNow,
    report: (error) => log.error({ fault: faultOf(error) }, 'a page of the site could not be learnt'),
  });
  return { visit, furtherQuestions: counted.taken };
};

/** How often it was asked since somebody looked. */
const countingOrigin = (origin: Origin): { readonly origin: Origin; readonly taken: () => number } => {
  let count = 0;
  return {
    origin: {
      ask: (request, receiver) => {
        count += 1;
        return origin.ask(request, receiver);
      },
      close: origin.close,
    },
    taken: () => {
      const taken = count;
      count = 0;
      return taken;
    },
  };
};
