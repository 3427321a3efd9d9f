/** A feed, with each entry cut as its article's page would be: no free read is charged, so none is given. */

import type { Entitlement } from '../entitlements/entitlement.ts';
import type { LiveView } from '../entitlements/live-view.ts';
import type { Cutoff } from '../policy/policy.ts';
import { cutFeed, type FeedKind } from '../preview/cut-feed.ts';
import type { Identity } from '../readers/identify.ts';
import { acceptedCoding } from './accepted-encoding.ts';
import { askedAddress } from './asked-address.ts';
import { screen } from './decide.ts';
import type { Exchange } from './exchange.ts';
import type { ArticlePage, Feed } from './found.ts';
import type { IdentityOf } from './identity-of.ts';
import type { Locate } from './locate.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import { sendVariant } from './send-variant.ts';
import { buildVariant } from './variant.ts';

export type AnswerFeed = (feed: Feed, exchange: Exchange) => Promise<void>;

interface Dependencies {
  readonly identityOf: IdentityOf;
  readonly liveView: LiveView;
  readonly locate: Locate;
  readonly hosts: readonly string[];
}

type Fate = 'keep' | 'drop' | Cutoff;

/** An article's age may change what its rule is; in a feed that shows within this time. */
const keptMs = 60_000;

/** No feed is longer in practice; entries past it are left out rather than asked for one by one. */
const maxEntries = 200;

export const createAnswerFeed = (dependencies: Dependencies): AnswerFeed => {
  const { identityOf, locate, hosts } = dependencies;
  const anonymous = new WeakMap<Feed, { rules: PolicyInForce; until: number; text: Promise<CutText> }>();

  const cutFor = async (
    feed: Feed,
    exchange: Exchange,
    entitled: readonly Entitlement[] | undefined,
  ): Promise<CutText> => {
    const pages = await pagesOf(linksIn(feed), exchange.rules, locate, hosts);
    const fateOf = (link: string | undefined): Fate =>
      fate(link === undefined ? undefined : pages.get(link), exchange, entitled);
    return cutFeed(feed.text, kindOf(feed), fateOf);
  };

  /** Nearly everybody who reads feeds is unknown: their cut is made once for each content and policy. */
  const cutForVisitors = (feed: Feed, exchange: Exchange): Promise<CutText> => {
    const kept = anonymous.get(feed);
    if (kept?.rules === exchange.rules && exchange.now < kept.until) return kept.text;
    const text = cutFor(feed, exchange, undefined);
    anonymous.set(feed, { rules: exchange.rules, until: exchange.now + keptMs, text });
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

type CutText = ReturnType<typeof cutFeed>;

const uncuttableFeed = 'This feed is in a form that cannot be shortened, so it is for subscribers.\n';

const utf8 = (contentType: string): string => `${contentType.split(';', 1)[0]?.trim()}; charset=utf-8`;

/** The live view alone: a token's snapshot is for pages, and a feed without full texts is still a feed. */
const entitlementsOf = ({ asker }: Identity, liveView: LiveView): Promise<readonly Entitlement[]> =>
  asker.reader ? liveView.of(asker.reader.id).catch(() => []) : Promise.resolve([]);

const kindOf = ({ text }: Feed): FeedKind =>
  /^\s*\{/.test(text) ? 'json' : /<feed[\s>]/i.test(text) ? 'atom' : 'rss';

/** Every link of the feed, by a cut that keeps nothing. */
const linksIn = (feed: Feed): readonly string[] => {
  const links = new Set<string>();
  cutFeed(feed.text, kindOf(feed), (link) => {
    if (link !== undefined) links.add(link);
    return 'drop';
  });
  return [...links].slice(0, maxEntries);
};

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

/**
 * `entitled`: undefined for whoever has no account. What can't be found can't be judged: its entry is left out.
 * Nobody's free reads are asked about, so a meter denies.
 */
const fate = (
  page: ArticlePage | undefined,
  { rules, now }: Exchange,
  entitled: readonly Entitlement[] | undefined,
): Fate => {
  if (!page) return 'drop';
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
