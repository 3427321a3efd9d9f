/** A feed or a list, with each entry cut as its article's page would be: no free read is charged, so none is given. */

import type { LiveView } from '../entitlements/live-view.ts';
import { Unfinished } from '../ops/threads.ts';
import type { FeedWay } from '../policy/policy.ts';
import type { Identity } from '../readers/identify.ts';
import { acceptedCoding } from './accepted-encoding.ts';
import { entitlementsKnown } from './entitlements-known.ts';
import { type EntryPage, type EntryReader, entryFate } from './entry-fate.ts';
import type { EntryPagesOf } from './entry-pages.ts';
import type { Exchange } from './exchange.ts';
import type { Feed } from './found.ts';
import type { Discovery } from './guard.ts';
import type { IdentityOf } from './identity-of.ts';
import type { JudgeAnswer, Judgement } from './judge-answer.ts';
import type { ListFeed, ListText } from './list-text.ts';
import type { Fate } from './page-tasks.ts';
import type { PageWork } from './page-work.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import { sendVariant } from './send-variant.ts';
import { sendWithheld } from './send-withheld.ts';
import { buildVariant, type Variant } from './variant.ts';

export type AnswerFeed = (feed: Feed, exchange: Exchange) => Promise<void>;

interface Dependencies {
  readonly identityOf: IdentityOf;
  readonly liveView: LiveView;
  readonly entryPagesOf: EntryPagesOf;
  readonly listText: ListText;
  readonly work: Pick<PageWork, 'entriesInFeed' | 'cutFeed'>;
  readonly judge: JudgeAnswer;
  readonly onDiscovery: (discovery: Discovery) => void;
  /** Told how many entries are left out since their pages couldn't be asked for. */
  readonly onLeftOut: (entries: number, path: string) => void;
}

/** An article's age may change what its rule is; in a feed that shows within this time. */
const keptMs = 60_000;

export const createAnswerFeed = (dependencies: Dependencies): AnswerFeed => {
  const { identityOf, liveView, entryPagesOf, listText, work, onLeftOut } = dependencies;
  const anonymous = new WeakMap<Feed, { rules: PolicyInForce; until: number; text: Promise<CutText> }>();
  const send = createSend(dependencies);

  const cutNow = async (
    feed: Feed,
    path: string,
    rules: PolicyInForce,
    reader: EntryReader,
  ): Promise<CutText> => {
    if (isList(feed)) return listText(feed, reader, rules);
    const { text } = feed;
    const way = rules.matcher.feedWayAt(path);
    const entries = await work.entriesInFeed({ text });
    const pages = await entryPagesOf(
      new Map(entries.filter(([link]) => !isComment(link))),
      rules,
      reader.now,
    );
    const fateOf = (page: EntryPage): Fate => fate(page, reader, rules, way);
    const fates = new Map<string, Fate>([...pages].map(([link, page]) => [link, fateOf(page)]));
    for (const [link] of entries) if (isComment(link) && rules.policy.sentry.on) fates.set(link, 'keep');
    const unasked = [...pages.values()].filter(({ standing }) => standing.kind === 'unavailable').length;
    if (unasked > 0) onLeftOut(unasked, path);
    const longer = way === 'exclude' ? 'drop' : ({ cutoff: summary } as const);
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
  const cutForVisitors = (feed: Feed, { path, rules, now }: Exchange): Promise<CutText> => {
    const kept = anonymous.get(feed);
    if (kept?.rules === rules && now < kept.until) return kept.text;
    const text = cutFor(feed, path, rules, { entitled: undefined, now });
    anonymous.set(feed, { rules, until: now + keptMs, text });
    text.catch(() => anonymous.delete(feed));
    return text;
  };

  return async (feed, exchange) => {
    const { path, rules, now } = exchange;
    // Its address may be known for a feed's from before it was to pass.
    if (passes(feed, exchange)) return send(feed, feed.text, exchange);
    const identity = await identityOf(exchange.req, now);
    const text = await (identity.asker.reader
      ? cutFor(feed, path, rules, { ...(await entitlementsOf(identity, liveView, isList(feed), rules)), now })
      : cutForVisitors(feed, exchange));
    await send(feed, text, exchange);
  };
};

const createSend = ({ judge, onDiscovery }: Pick<Dependencies, 'judge' | 'onDiscovery'>) => {
  const variantOf = (feed: Feed, content: string | Buffer, exchange: Exchange): Promise<Variant> =>
    buildVariant({
      status: feed.status,
      content,
      contentType: typeof content === 'string' ? utf8(feed.contentType) : feed.contentType,
      coding: acceptedCoding(exchange.req.headers['accept-encoding']?.toString()),
      carried: feed.carried,
      cacheControl: 'private, no-cache',
      vary: 'Accept-Encoding, Cookie, Authorization',
    });

  const refuse = async (exchange: Exchange): Promise<void> => {
    const variant = await buildVariant({
      status: 403,
      content: uncuttableFeed,
      contentType: 'text/plain; charset=utf-8',
      coding: 'identity',
      carried: [],
      cacheControl: 'private, no-cache',
      vary: 'Accept-Encoding, Cookie, Authorization',
    });
    sendVariant(exchange.req, exchange.res, variant, []);
  };

  /** What a list's pointers don't name may hold articles, and so may what somebody wrote under one. */
  const judged = async (feed: Feed, text: string, exchange: Exchange): Promise<Judgement> => {
    const { target, path, rules } = exchange;
    if (passes(feed, exchange)) return { kind: 'clear' };
    const isRead =
      (isList(feed) || holdsComments(feed)) && rules.policy.sentry.on && !rules.matcher.isPassedPath(path);
    if (!isRead) return { kind: 'clear' };
    const judgement = await judge(
      { text, contentType: isList(feed) ? 'application/json' : feed.contentType },
      exchange,
    );
    if (judgement.kind === 'cleaned' || judgement.kind === 'withheld')
      onDiscovery({ target, path, outcome: judgement.kind, held: judgement.held });
    return judgement;
  };

  return async (feed: Feed, text: CutText, exchange: Exchange): Promise<void> => {
    if (text === 'uncuttable') return refuse(exchange);
    const judgement = await judged(feed, text, exchange);
    if (judgement.kind === 'withheld') return sendWithheld(exchange.res, exchange.method, judgement.held);
    const shown = judgement.kind === 'cleaned' ? judgement.text : text;
    // What nothing was taken out of goes on byte for byte.
    const content = shown === feed.text && (isList(feed) || passes(feed, exchange)) ? feed.raw : shown;
    return sendVariant(exchange.req, exchange.res, await variantOf(feed, content, exchange), []);
  };
};

const passes = (feed: Feed, { path, rules }: Exchange): boolean =>
  !isList(feed) && rules.matcher.feedWayAt(path) === 'pass';

const isList = (feed: Feed): feed is ListFeed => feed.list !== undefined;

type CutText = string | 'uncuttable';

const uncuttableFeed = 'This feed is in a form that cannot be shortened, so it is for subscribers.\n';

const utf8 = (contentType: string): string => `${contentType.split(';', 1)[0]?.trim()}; charset=utf-8`;

/** A list is what pages are made of. A feed without full texts is still a feed, so there a token's snapshot counts nothing. */
const entitlementsOf = async (
  { asker }: Identity,
  liveView: LiveView,
  forPages: boolean,
  { policy }: PolicyInForce,
): Promise<Pick<EntryReader, 'entitled' | 'knownBy'>> => {
  if (!asker.reader) return { entitled: [] };
  if (!forPages) return { entitled: await liveView.of(asker.reader.id).catch(() => []) };
  const { kind, list } = await entitlementsKnown(asker.reader, liveView, policy, () => undefined);
  return { entitled: list, knownBy: kind };
};

const nothingKnown: EntryPage = { standing: { kind: 'elsewhere' } };

const fate = (page: EntryPage, reader: EntryReader, rules: PolicyInForce, way: FeedWay): Fate => {
  const found = entryFate(page, reader, rules);
  if (found === 'keep') return found;
  if (found === 'unjudged') return page.standing.kind === 'unavailable' ? 'drop' : found;
  return way === 'exclude' ? 'drop' : found;
};

/**
 * What a reader wrote under an article links to a place on its page, and isn't its text. Where articles' text is known
 * again, the feed is read for it before it is sent.
 */
const isComment = (link: string): boolean => COMMENT.test(link);
const COMMENT = /#comment[-_]?\d+$/i;
const holdsComments = ({ text }: Feed): boolean => COMMENTS.test(text);
const COMMENTS = /#comment[-_]?\d/i;

/**
 * Of what is nobody's article here, or can't be looked at, a summary is kept as it is: an episode of a podcast, a page
 * of somebody else's. More than that may be an article's text, and is cut to a summary's length.
 */
const longestSummary = 500;
const summary = { by: 'characters', count: 200, ending: 'word' } as const;
