/** What a policy decides of logged views, one after the other: by the functions that decide, with free reads counted here. */
import type { Article } from '../article/article.ts';
import type { Entitlement, EntitlementId } from '../entitlements/entitlement.ts';
import { type AskMeter, screen, settle, uncuttable } from '../gate/decide.ts';
import type { Decision } from '../gate/decision.ts';
import type { MeterReading } from '../meter/meter-store.ts';
import { type OpenWindow, windowAt } from '../meter/window.ts';
import { createMatcher, type Match, type Matcher } from '../policy/match.ts';
import type { Cutoff, Policy, RuleOutcome } from '../policy/policy.ts';
import type { Earlier } from './earlier-reads.ts';
import type { HeldProduct, LoggedArticle, LoggedView } from './logged-view.ts';
import { createReadBook, unknown } from './read-book.ts';

export interface Simulated {
  readonly decision: Decision;
  /** What the matched rule says, before an article that is shorter than its cutoff is opened. */
  readonly matched: RuleOutcome;
}

export interface Simulation {
  /** What is known of the view's reader from before; told before that view is decided. */
  learn(view: LoggedView, earlier: Earlier): void;
  /**
   * Views come in order of time.
   *
   * @param seen what was said of the same view by the policy under which nothing was withheld of it, if that was so;
   *   absent: by this one.
   */
  decide(view: LoggedView, seen?: RuleOutcome): Simulated;
}

/**
 * A network's new visitors are counted by the network in which each visitor's id was made, from the log's beginning on:
 * earlier ones are known only where the log tells that the network had none left, and one logged visitor of many counts
 * for all of them.
 */
export const simulatePolicy = (policy: Policy): Simulation => {
  const matchOf = keptMatches(createMatcher(policy));
  const reads = createReadBook();
  const networkFirsts = new Map<string, number>();

  const firstsName = ({ network }: LoggedView, meter: string, { key }: OpenWindow): string =>
    `${network ?? ''}\n${meter}\n${key}`;

  const readingOf = (view: LoggedView, { meter, allowance }: AskMeter): MeterReading => {
    const { at, reader, article } = view;
    const window = windowAt(meter.window, policy.site.timeZone, at);
    const used = reads.count(reader, meter.id, window, at);
    const answer = (outcome: MeterReading['outcome'], count = used): MeterReading => ({
      outcome,
      used: count,
      resetsAt:
        window.kind === 'calendar'
          ? window.endsAt
          : (reads.oldest(reader, meter.id, window, at) ?? at) + window.lengthMs,
    });
    if (reads.knows(reader, meter.id, window, at, article.id)) return answer('known');
    if (used >= allowance) return answer('exhausted');
    const limit = view.audience === 'visitor' ? meter.networkAllowance : undefined;
    const counted = used === 0 && limit !== undefined && view.network !== undefined;
    const name = firstsName(view, meter.id, window);
    const firsts = networkFirsts.get(name) ?? 0;
    if (counted && firsts >= limit) return answer('network-exhausted');
    if (view.purpose !== 'read') return answer('available');
    reads.add(reader, meter.id, { article: article.id, at });
    if (counted) networkFirsts.set(name, firsts + view.weight);
    return answer('charged', used + 1);
  };

  return {
    learn: (view, { meter, window, reads: earlier, recognised, readAt, networkFirsts: firsts = 0 }) => {
      const { at, reader, article } = view;
      for (const each of earlier) reads.add(reader, meter.id, { article: unknown, at: each });
      if (recognised) reads.recognise(reader, meter.id, window, at, article.id);
      if (readAt !== undefined && !reads.knows(reader, meter.id, window, at, article.id))
        reads.add(reader, meter.id, { article: article.id, at: readAt });
      const name = firstsName(view, meter.id, window);
      if (firsts > (networkFirsts.get(name) ?? 0)) networkFirsts.set(name, firsts);
    },
    decide: (view, seen) => {
      const { article, match } = matchOf(view.article, view.at);
      const whole =
        view.nothingToWithhold && showsAsMuch(match.outcome.cutoff, (seen ?? match.outcome).cutoff);
      const screening = screen({
        article,
        rule: match.rule,
        outcome: whole ? { ...match.outcome, access: 'open' } : match.outcome,
        policy,
        registered: view.audience !== 'visitor',
        entitlements: { kind: view.heldByToken ? 'token' : 'live', list: entitlementsOf(view.held) },
        now: view.at,
      });
      const decision =
        screening.outcome === 'ask-meter'
          ? settle(screening, view.meterDown ? 'unavailable' : readingOf(view, screening), view.purpose)
          : screening;
      return { decision: view.uncuttable ? uncuttable(decision) : decision, matched: match.outcome };
    },
  };
};

/** One match for each article while it holds: views of one article are many. */
const keptMatches = (matcher: Matcher) => {
  const kept = new WeakMap<LoggedArticle, { article: Article; match: Match; since: number }>();
  return (logged: LoggedArticle, at: number): { article: Article; match: Match } => {
    const known = kept.get(logged);
    if (known && at >= known.since && at < known.match.validUntil) return known;
    const article = known?.article ?? { ...logged, title: '' };
    const found = { article, match: matcher.match(article, at), since: at };
    kept.set(logged, found);
    return found;
  };
};

const keptEntitlements = new WeakMap<readonly HeldProduct[], readonly Entitlement[]>();

/** They were active when they were logged, and are asked about at that moment only. */
const entitlementsOf = (held: readonly HeldProduct[]): readonly Entitlement[] => {
  const known = keptEntitlements.get(held);
  if (known) return known;
  const list = held.map((each) => ({ ...each, id: '' as EntitlementId, startsAt: Number.MIN_SAFE_INTEGER }));
  keptEntitlements.set(held, list);
  return list;
};

/** Whether what this cutoff leaves of an article is surely no less; how long articles are isn't in the log. */
const showsAsMuch = (one: Cutoff, other: Cutoff): boolean => {
  if (one.by !== 'marker' && other.by !== 'marker')
    return one.by === other.by && one.count >= other.count && (one.atMost ?? 100) >= (other.atMost ?? 100);
  return (
    one.by === 'marker' &&
    other.by === 'marker' &&
    one.marker === other.marker &&
    showsAsMuch(one.fallback, other.fallback)
  );
};
