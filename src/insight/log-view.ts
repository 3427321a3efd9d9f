/** What the decision log keeps of a view that was decided. */
import type { Article } from '../article/article.ts';
import { type Entitlement, isActive } from '../entitlements/entitlement.ts';
import type { DecisionMade } from '../gate/on-decision.ts';
import type { ReaderId } from '../readers/reader.ts';
import type { Audience, HeldProduct, LoggedArticle, LoggedView } from './logged-view.ts';
import type { LogKeys } from './reader-key.ts';

export interface LogViewOptions {
  readonly keys: LogKeys;
  /** What is known without asking of a reader's entitlements: an open article is sent without looking at them. */
  readonly heldBy?: (reader: ReaderId) => readonly Entitlement[] | undefined;
}

/** Undefined for a mere look: nothing is recorded by looking. */
export const loggedViewOf = (
  made: DecisionMade,
  crawler: boolean,
  weight: number,
  { keys, heldBy }: LogViewOptions,
): LoggedView | undefined => {
  const { asker, decision, view, purpose, now } = made;
  if (purpose === 'look') return undefined;
  const active = entitlementsOf(made, heldBy).filter((entitlement) => isActive(entitlement, now));
  const { rule, outcome, reason, standing, policyVersion } = decision;
  return {
    at: now,
    article: articleFacts(made.article),
    reader: keys.reader(asker.meterSubject, now),
    audience: audienceOf(asker.reader !== undefined, active.length > 0),
    held: active.toSorted(firstComesFirst).map(heldProduct),
    purpose,
    rule,
    outcome,
    reason,
    policyVersion,
    weight,
    ...(standing ? { standing } : {}),
    ...(asker.reader ? {} : { network: keys.network(asker.meterSlot, now) }),
    ...(crawler ? { crawler } : {}),
    ...(view.entitlements.kind === 'token' ? { heldByToken: true } : {}),
    ...(view.reading === 'unavailable' ? { meterDown: true } : {}),
    ...(made.nothingToWithhold ? { nothingToWithhold: true } : {}),
    ...(made.uncuttable ? { uncuttable: true } : {}),
  };
};

/** Where the decision needed none, what is at hand: a stricter policy would have looked. */
const entitlementsOf = (
  { asker, view, decision }: DecisionMade,
  heldBy: LogViewOptions['heldBy'],
): readonly Entitlement[] => {
  if (!asker.reader || decision.reason !== 'open') return view.entitlements.list;
  return heldBy?.(asker.reader.id) ?? asker.reader.snapshot;
};

const audienceOf = (registered: boolean, entitled: boolean): Audience => {
  if (!registered) return 'visitor';
  return entitled ? 'subscriber' : 'registered';
};

/** As the gate chooses among them; it takes the first of two that end together, as rounding may let more of them do. */
const firstComesFirst = (one: Entitlement, other: Entitlement): number =>
  Number(one.paymentDue ?? false) - Number(other.paymentDue ?? false) || other.endsAt - one.endsAt;

const dayMs = 86_400_000;

const heldProduct = ({ product, source, endsAt, paymentDue }: Entitlement): HeldProduct => ({
  product,
  source,
  endsAt: Math.ceil(endsAt / dayMs) * dayMs,
  ...(paymentDue ? { paymentDue } : {}),
});

const articleFacts = (article: Article): LoggedArticle => ({
  id: article.id,
  path: article.path,
  publication: article.publication,
  tags: article.tags,
  authors: article.authors,
  language: article.language,
  ...(article.section === undefined ? {} : { section: article.section }),
  ...(article.ownLevel === undefined ? {} : { ownLevel: article.ownLevel }),
  ...(article.publishedAt === undefined ? {} : { publishedAt: article.publishedAt }),
});
