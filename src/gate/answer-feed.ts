/** A feed, with each entry cut as its article's page would be: no free read is charged, so none is given. */

import type { Entitlement } from '../entitlements/entitlement.ts';
import type { LiveView } from '../entitlements/live-view.ts';
import { Unfinished } from '../ops/threads.ts';
import type { Identity } from '../readers/identify.ts';
import { acceptedCoding } from './accepted-encoding.ts';
import { askedAddress } from './asked-address.ts';
import { screen } from './decide.ts';
import type { Exchange } from './exchange.ts';
import type { ArticlePage, Feed } from './found.ts';
import type { IdentityOf } from './identity-of.ts';
import type { Locate } from './locate.ts';
import type { Fate } from './page-tasks.ts';
import type { PageWork } from './page-work.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import { sendVariant } from './send-variant.ts';
import { buildVariant } from './variant.ts';

export type AnswerFeed = (feed: Feed, exchange: Exchange) => Promise<void>;

interface Dependencies {
  readonly identityOf: IdentityOf;
  readonly liveView: LiveView;
  readonly locate: Locate;
  readonly hosts: readonly string[];
  readonly work: Pick<PageWork, 'linksInFeed' | 'cutFeed'>;
}

/** An article's age may change what its rule is; in a feed that shows within this time. */
const keptMs = 60_000;

/** No feed is longer in practice; entries past it are left out rather than asked for one by one. */
const maxEntries = 200;

export const createAnswerFeed = (dependencies: Dependencies): AnswerFeed => {
  const { identityOf, locate, hosts, work } = dependencies;
  const anonymous = new WeakMap<Feed, { rules: PolicyInForce; until: number; text: Promise<CutText> }>();

  const cutNow = async (
    feed: Feed,
    exchange: Exchange,
    entitled: readonly Entitlement[] | undefined,
  ): Promise<CutText> => {
    const links = (await work.linksInFeed({ text: feed.text })).slice(0, maxEntries);
    const pages = await pagesOf(links, exchange.rules, locate, hosts);
    const fates = new Map([...pages].map(([link, page]) => [link, fate(page, exchange, entitled)]));
    // What can't be found can't be judged: its entry is left out.
    return work.cutFeed({ text: feed.text, fates, others: 'drop' });
  };

  const cutFor: typeof cutNow = async (...asked) => {
    try {
      return await cutNow(...asked);
    } catch (error) {
      // Whoever comes when too much waits already may come again.
      if (error instanceof Unfinished && error.why !== 'overloaded') return 'uncuttable';
      throw error;
    }
  };

  /** Nearly everybody who reads feeds is unknown: their cut is made once for each content and policy. */
  const cutForVisitors = (feed: Feed, exchange: Exchange): Promise<CutText> => {
    const kept = anonymous.get(feed);
    if (kept?.rules === exchange.rules && exchange.now < kept.until) return kept.text;
    const text = cutFor(feed, exchange, undefined);
    anonymous.set(feed, { rules: exchange.rules, until: exchange.now + keptMs, text });
    text.catch(() => anonymous.delete(feed));
    return text;
  };

  return async (feed, exchange) => {
    const identity = await identityOf(exchange.req, exchange.now);
    const text = await (identity.asker.reader
      ? cutFor(feed, exchange, await entitlementsOf(identity, dependencies.liveView))
      : cutForVisitors(feed, exchange));
    const variant = await buildVariant({
      status: text === 'uncuttable' ? 403 : feed.status,
      content: text === 'uncuttable' ? uncuttableFeed : text,
      contentType: text === 'uncuttable' ? 'text/plain; charset=utf-8' : utf8(feed.contentType),
      coding: acceptedCoding(exchange.req.headers['accept-encoding']?.toString()),
      carried: text === 'uncuttable' ? [] : feed.carried,
      cacheControl: 'private, no-cache',
      vary: 'Accept-Encoding, Cookie, Authorization',
    });
    sendVariant(exchange.req, exchange.res, variant, []);
  };
};

type CutText = string | 'uncuttable';

const uncuttableFeed = 'This feed is in a form that cannot be shortened, so it is for subscribers.\n';

const utf8 = (contentType: string): string => `${contentType.split(';', 1)[0]?.trim()}; charset=utf-8`;

/** The live view alone: a token's snapshot is for pages, and a feed without full texts is still a feed. */
const entitlementsOf = ({ asker }: Identity, liveView: LiveView): Promise<readonly Entitlement[]> =>
  asker.reader ? liveView.of(asker.reader.id).catch(() => []) : Promise.resolve([]);

/** The article behind each link, four at a time: its own level decides, and only its page states that. */
const pagesOf = async (
  links: readonly string[],
  rules: PolicyInForce,
  locate: Locate,
  hosts: readonly string[],
): Promise<ReadonlyMap<string, ArticlePage>> => {
  const pages = new Map<string, ArticlePage>();
  const waiting = [...links];
  const work = async (): Promise<void> => {
    for (let link = waiting.shift(); link !== undefined; link = waiting.shift()) {
      const address = askedAddress(link, hosts);
      const page = address && (await locate(address.target, address.path, rules));
      if (page?.kind === 'article') pages.set(link, page);
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return pages;
};

/** `entitled`: undefined for whoever has no account. Nobody's free reads are asked about, so a meter denies. */
const fate = (
  page: ArticlePage,
  { rules, now }: Exchange,
  entitled: readonly Entitlement[] | undefined,
): Fate => {
  const { rule, outcome } = rules.matcher.match(page.article, now);
  const screening = screen({
    article: page.article,
    rule,
    outcome,
    policy: rules.policy,
    registered: entitled !== undefined,
    entitlements: { kind: 'live', list: entitled ?? [] },
    now,
  });
  if (screening.outcome === 'full') return 'keep';
  return rules.policy.articles.feeds === 'exclude' ? 'drop' : outcome.cutoff;
};
