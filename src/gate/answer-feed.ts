/** A feed, with each entry cut as its article's page would be: no free read is charged, so none is given. */

import type { Entitlement } from '../entitlements/entitlement.ts';
import type { LiveView } from '../entitlements/live-view.ts';
import { Unfinished } from '../ops/threads.ts';
import type { Identity } from '../readers/identify.ts';
import { acceptedCoding } from './accepted-encoding.ts';
import { type EntryPage, type EntryReader, entryFate } from './entry-fate.ts';
import type { EntryPagesOf } from './entry-pages.ts';
import type { Exchange } from './exchange.ts';
import type { Feed } from './found.ts';
import type { IdentityOf } from './identity-of.ts';
import type { Fate } from './page-tasks.ts';
import type { PageWork } from './page-work.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import { sendVariant } from './send-variant.ts';
import { buildVariant } from './variant.ts';

export type AnswerFeed = (feed: Feed, exchange: Exchange) => Promise<void>;

interface Dependencies {
  readonly identityOf: IdentityOf;
  readonly liveView: LiveView;
  readonly entryPagesOf: EntryPagesOf;
  readonly work: Pick<PageWork, 'entriesInFeed' | 'cutFeed'>;
}

/** An article's age may change what its rule is; in a feed that shows within this time. */
const keptMs = 60_000;

export const createAnswerFeed = (dependencies: Dependencies): AnswerFeed => {
  const { identityOf, liveView, entryPagesOf, work } = dependencies;
  const anonymous = new WeakMap<Feed, { rules: PolicyInForce; until: number; text: Promise<CutText> }>();

  const cutNow = async (
    { text }: Feed,
    { rules, now }: Exchange,
    entitled: readonly Entitlement[] | undefined,
  ): Promise<CutText> => {
    const pages = await entryPagesOf(new Map(await work.entriesInFeed({ text })), rules, now);
    const fateOf = (page: EntryPage): Fate => fate(page, { entitled, now }, rules);
    const fates = new Map([...pages].map(([link, page]) => [link, fateOf(page)]));
    const longer = rules.policy.articles.feeds === 'exclude' ? 'drop' : ({ cutoff: summary } as const);
    return work.cutFeed({ text, fates, others: fateOf(nothingKnown), unjudged: { longestSummary, longer } });
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
      ? cutFor(feed, exchange, await entitlementsOf(identity, liveView))
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

const nothingKnown: EntryPage = { standing: { kind: 'elsewhere' } };

const fate = (page: EntryPage, reader: EntryReader, rules: PolicyInForce): Fate => {
  const found = entryFate(page, reader, rules);
  if (found === 'keep') return found;
  if (found === 'unjudged') return page.standing.kind === 'unavailable' ? 'drop' : found;
  return rules.policy.articles.feeds === 'exclude' ? 'drop' : found;
};

/**
 * Of what is nobody's article here, or can't be looked at, a summary is kept as it is: an episode of a podcast, a page
 * of somebody else's. More than that may be an article's text, and is cut to a summary's length.
 */
const longestSummary = 500;
const summary = { by: 'characters', count: 200, ending: 'word' } as const;
