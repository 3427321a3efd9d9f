/** Asking the origin and keeping what it said, put together: once for readers, and apart from them for each draft of the policy. */
import type { Ages } from '../gate/ages.ts';
import { type AskDependencies, createAsk } from '../gate/ask.ts';
import { createDependences, dependenceOf, type WhyAlone } from '../gate/dependence.ts';
import { createFinder, type Finder } from '../gate/find.ts';
import { createLocate, type Locate } from '../gate/locate.ts';
import { createLookAt, createLookUp, type LookAt } from '../gate/look-up.ts';
import type { NoticeArticles } from '../gate/notice-no-articles.ts';
import { createPageBehind, type PageBehind } from '../gate/page-behind.ts';
import { compilePurge, type Purge } from '../gate/purge.ts';
import { createRecognise, type Recognise, type RecogniseDependencies } from '../gate/recognise.ts';
import { createShelf, type Kept } from '../gate/shelf.ts';
import { keyToKeep } from '../gate/shelf-keys.ts';
import type { Clock } from '../ops/clock.ts';
import type { ForwardHeaders } from '../origin/forward-headers.ts';
import { freshness } from '../origin/freshness.ts';
import type { Origin, OriginHead, OriginRequest } from '../origin/origin.ts';
import type { OriginCachePolicy } from '../policy/policy.ts';

export interface FindingOptions extends Omit<RecogniseDependencies, 'lookUp' | 'pageBehind'> {
  readonly origin: Origin;
  readonly forward: ForwardHeaders;
  readonly shelfBytes: number;
  readonly originCache: () => OriginCachePolicy;
  /** Where articles are found that can't be asked for. */
  readonly seen?: Locate;
  readonly onAnonymous?: AskDependencies['onAnonymous'];
  /** Told of each answer that is one reader's alone, and why. */
  readonly onAlone?: (why: WhyAlone | { readonly kind: 'varies-by-cookie' }, target: string) => void;
  /** Absent: nobody is told how old a copy is. */
  readonly ages?: Ages;
  /** Absent: nobody is told that no page is an article. */
  readonly noticeArticles?: NoticeArticles;
  readonly clock: Clock;
}

export interface Finding {
  readonly finder: Finder;
  readonly locate: Locate;
  readonly lookUp: LookAt;
  readonly pageBehind: PageBehind;
  readonly recognise: Recognise;
  /** What is meant is asked for anew. */
  readonly purge: (purge: Purge) => void;
  readonly forgetAll: () => void;
}

export const composeFinding = (options: FindingOptions): Finding => {
  const { origin, forward, shelfBytes, originCache, clock, maxBytes, hosts, ages } = options;
  const shelf = createShelf(shelfBytes);
  const dependences = createDependences();
  const asking = createAsk({
    // What stands at one address may be told by another's, which is found by asking in turn.
    recognise: (collected, question, rules) => recognise(collected, question, rules),
    maxBytes,
    giveBack: options.giveBack,
    learnDependence: ({ target, head, nobodys }, { matcher }) => {
      // An origin in trouble says nothing of what it answers else.
      if (head.status >= 500 || head.status === 304) return;
      const dependence = dependenceOf(head, target, matcher.isHarmlessCookie);
      dependences.learn(target, dependence, nobodys && head.status === 200, clock());
      if (dependence.alone) options.onAlone?.(dependence.alone, target);
      else if (dependence.names.includes('cookie')) options.onAlone?.({ kind: 'varies-by-cookie' }, target);
    },
    onShared: (found, { question, request, collected: { head } }, { matcher }) => {
      const now = clock();
      ages?.note(found, head, now);
      const kept = keeping(originCache(), head, request, now);
      if (!kept) return;
      const { alone } = dependenceOf(head, question.target, matcher.isHarmlessCookie);
      shelf.put(
        keyToKeep(question, found, alone !== undefined),
        { found, head: decodedHead(head), ...kept },
        now,
      );
    },
    onAnonymous: options.onAnonymous,
  });
  const finder = createFinder({ shelf, asking, dependences, clock });
  const { seen } = options;
  const lookAt = seen ? lookAtSeen(seen) : createLookAt({ finder, origin, forward });
  const { lookUp, forgetAll } = createLookUp(lookAt, hosts);
  const pageBehind = createPageBehind(lookUp);
  const { noticeArticles = (same) => same } = options;
  const recognise = noticeArticles(createRecognise({ ...options, lookUp, pageBehind }));
  return {
    finder,
    locate: seen ?? createLocate({ lookAt, pageBehind }),
    lookUp,
    pageBehind,
    recognise,
    purge: (purge) => {
      finder.forgetWhere(compilePurge(purge));
      // Where nothing stood there may be an article now.
      forgetAll();
    },
    forgetAll: () => {
      finder.forgetAll();
      forgetAll();
    },
  };
};

const lookAtSeen =
  (seen: Locate): LookAt =>
  async ({ target, path }, rules) =>
    (await seen(target, path, rules)) ?? { kind: 'unseen' };

/** When an answer may be kept, and how long. */
const keeping = (
  { seconds, staleSeconds }: OriginCachePolicy,
  head: OriginHead,
  request: OriginRequest,
  now: number,
): Omit<Kept, 'found' | 'head'> | undefined => {
  const fresh = freshness(request, head, now, { seconds, staleSeconds });
  return fresh.storable && head.status === 200
    ? { freshUntil: fresh.freshUntil, staleUntil: fresh.staleUntil }
    : undefined;
};

/** Of what is kept the coding is undone; a cookie was one answer's. */
const decodedHead = ({ status, headers }: OriginHead): OriginHead => ({
  status,
  headers: headers.filter(([name]) => !/^(?:content-encoding|content-length|set-cookie)$/i.test(name)),
});
