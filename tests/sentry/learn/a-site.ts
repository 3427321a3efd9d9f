/** A site that is learnt without a network, by a clock that moves when somebody waits. */
import type { ArticleId } from '../../../src/article/article.ts';
import type {
  LearnAsked,
  LearnDeps,
  LearnOutcome,
  LearnTerms,
} from '../../../src/sentry/learn/learn-deps.ts';
import { learnSite } from '../../../src/sentry/learn/learn-site.ts';
import type { LearnRound, LearnStore, LearntAddress } from '../../../src/sentry/learn/learn-store.ts';
import type { Asked, Visit } from '../../../src/sentry/learn/visit.ts';

export const noon = Date.parse('2026-11-23T12:00:00Z');
export const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];

/** What stands at an address. */
export type Stands = Visit | ((asked: Asked) => Visit);

export const article = (target: string, facts: Partial<Extract<Visit, { kind: 'article' }>> = {}): Visit => ({
  kind: 'article',
  article: target as ArticleId,
  learnt: true,
  ...facts,
});
export const page = (...hrefs: readonly string[]): Visit => ({
  kind: 'page',
  html: hrefs.map((href) => `<a href="${href}">${href}</a>`).join('\n'),
});
export const list = (text: string): Visit => ({ kind: 'list', text });
export const sitemap = (...entries: readonly (string | readonly [string, string])[]): Visit =>
  list(
    `<urlset>${entries
      .map((entry) =>
        typeof entry === 'string'
          ? `<url><loc>${entry}</loc></url>`
          : `<url><loc>${entry[0]}</loc><lastmod>${entry[1]}</lastmod></url>`,
      )
      .join('')}</urlset>`,
  );

export interface LearntSite {
  readonly stands: Map<string, Stands>;
  /** Every question, in order, with when it was put. */
  readonly asked: (Asked & { readonly at: number })[];
  /** Of the last round. */
  readonly targets: () => readonly string[];
  readonly known: Set<ArticleId>;
  readonly forgotten: ArticleId[];
  readonly store: LearnStore & {
    readonly kept: Map<string, LearntAddress>;
    lastRound: LearnRound | undefined;
  };
  readonly time: { now: number };
  terms: LearnTerms;
  round(asked?: Partial<LearnAsked>): Promise<LearnOutcome>;
}

export const aSite = (
  stands: Readonly<Record<string, Stands>>,
  terms: Partial<LearnTerms> = {},
): LearntSite => {
  const asked: LearntSite['asked'] = [];
  const known = new Set<ArticleId>();
  const forgotten: ArticleId[] = [];
  const time = { now: noon };
  let roundBegan = 0;
  const site: LearntSite = {
    stands: new Map(Object.entries(stands)),
    asked,
    targets: () => asked.slice(roundBegan).map(({ target }) => target),
    known,
    forgotten,
    store: memoryStore(),
    time,
    terms: {
      ...{ perSecond: 5, maxArticles: 1000, everyMs: hourMs, policyVersion: 'one', readBy: 'this' },
      ...terms,
    },
    round: (given = {}) => {
      roundBegan = asked.length;
      return learnSite(deps, { signal: new AbortController().signal, ...given });
    },
  };
  const deps: LearnDeps = {
    visit: async (question) => {
      asked.push({ ...question, at: time.now });
      const found = site.stands.get(question.target) ?? ({ kind: 'gone' } as const);
      const visit = typeof found === 'function' ? found(question) : found;
      if (visit.kind === 'article' && visit.article !== undefined) known.add(visit.article);
      return visit;
    },
    furtherQuestions: () => 0,
    store: site.store,
    keep: {
      forget: (id) => {
        known.delete(id);
        forgotten.push(id);
      },
      flush: async () => undefined,
    },
    isKnown: (id) => known.has(id),
    site: () => ({
      hosts: ['example.com'],
      isLeftOut: (path) => path.startsWith('/-/'),
      isArticlePath: () => false,
    }),
    terms: () => site.terms,
    clock: () => time.now,
    pause: async (ms, signal) => {
      signal.throwIfAborted();
      time.now += ms;
    },
  };
  return site;
};

const memoryStore = (): LearntSite['store'] => {
  const kept = new Map<string, LearntAddress>();
  const store: LearntSite['store'] = {
    kept,
    lastRound: undefined,
    addresses: async function* () {
      yield [...kept.values()];
    },
    putAddresses: async (addresses) => {
      for (const address of addresses) kept.set(address.target, address);
    },
    dropAddresses: async (targets) => {
      for (const target of targets) kept.delete(target);
    },
    round: async () => store.lastRound,
    putRound: async (round) => {
      store.lastRound = round;
    },
  };
  return store;
};
