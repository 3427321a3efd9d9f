/** Whether a reader gets the full article: the one function that the page, the feed, the access API and explain all call. */
import type { Article } from '../article/article.ts';
import { type Entitlement, isActive } from '../entitlements/entitlement.ts';
import type { MeterReading } from '../meter/meter-store.ts';
import { standingAfter } from '../meter/standing.ts';
import type { Meter, Policy, RuleId, RuleOutcome } from '../policy/policy.ts';
import type { Decision, Deny, DenyReason, Grant, GrantReason, MeterStanding } from './decision.ts';

/** What is known of the reader's entitlements, and how well. */
export type EntitlementView =
  | { readonly kind: 'live'; readonly list: readonly Entitlement[] }
  /** The live view can't be read: this is the reader token's snapshot. */
  | { readonly kind: 'token'; readonly list: readonly Entitlement[] };

export interface ScreenFacts {
  readonly article: Article;
  readonly rule: RuleId | 'otherwise';
  readonly outcome: RuleOutcome;
  readonly policy: Policy;
  /** Has an account, whatever it entitles to. */
  readonly registered: boolean;
  /** The origin knows them for its own. */
  readonly staff?: boolean;
  readonly entitlements: EntitlementView;
  readonly now: number;
}

export interface AskMeter {
  readonly outcome: 'ask-meter';
  readonly meter: Meter;
  readonly allowance: number;
  readonly facts: ScreenFacts;
}

export type Screening = Grant | Deny | AskMeter;

/**
 * Why the view is made. `read`: a person's GET, charged. `head`: answers as GET would and charges nothing, as does
 * `look` (the access API, explain, the console). `prefetch`: nobody has seen it yet, so an unseen article isn't sent.
 */
export type Purpose = 'read' | 'head' | 'look' | 'prefetch';

/**
 * Everything that can be decided without counting, in a fixed order: staff, open, entitlements and grants of every source,
 * the registration wall, the meter, locked. All grants come before any wall, since a wall that is asked first stops
 * readers who hold a right to pass it.
 */
export const screen = (facts: ScreenFacts): Screening => {
  const { outcome, registered } = facts;
  if (facts.staff) return grant(facts, 'staff');
  if (outcome.access === 'open') return grant(facts, 'open');
  const held = entitlementFor(facts);
  if (held) return entitledGrant(facts, held);
  switch (outcome.access) {
    case 'registered':
      return registered ? grant(facts, 'registered') : deny(facts, 'registration-required');
    case 'metered':
      return screenMeter(facts);
    case 'locked':
      return deny(facts, 'locked');
    default:
      return outcome.access satisfies never;
  }
};

/** Turns the meter's answer into the decision. `unavailable`: the count can't be read. */
export const settle = (ask: AskMeter, reading: MeterReading | 'unavailable', purpose: Purpose): Decision => {
  const { facts, meter, allowance } = ask;
  if (reading === 'unavailable') {
    return facts.policy.whenDown.meter === 'full' ? grant(facts, 'degraded') : deny(facts, 'degraded');
  }
  const standing = standingAfter(meter.id, reading, allowance, purpose !== 'prefetch');
  switch (reading.outcome) {
    case 'charged':
      return counted(facts, 'free-read', standing);
    case 'known':
      return counted(facts, 'already-read', standing);
    case 'available':
      return purpose === 'prefetch'
        ? stopped(facts, 'prefetch', standing)
        : counted(facts, 'free-read', standing);
    case 'exhausted':
      return stopped(facts, 'meter-exhausted', standing);
    case 'network-exhausted':
      return stopped(facts, 'network-exhausted', standing);
    default:
      return reading.outcome satisfies never;
  }
};

/** The decision for a page that can't be cut: whoever may read it all still gets it, everyone else the prompt alone. */
export const uncuttable = (decision: Decision): Decision =>
  decision.outcome === 'full'
    ? decision
    : { ...decision, reason: decision.reason === 'degraded' ? 'degraded' : 'uncuttable' };

/**
 * The longest-lasting active entitlement to one of the rule's products, so that a pass about to end doesn't mask a
 * subscription. One that is paid for comes first: who reads by it isn't warned of money owed for another.
 */
const entitlementFor = ({ outcome, entitlements, now }: ScreenFacts): Entitlement | undefined => {
  let best: Entitlement | undefined;
  for (const entitlement of entitlements.list) {
    if (!outcome.products.includes(entitlement.product) || !isActive(entitlement, now)) continue;
    if (!best || comesBefore(entitlement, best)) best = entitlement;
  }
  return best;
};

const comesBefore = (one: Entitlement, other: Entitlement): boolean =>
  one.paymentDue === other.paymentDue ? one.endsAt > other.endsAt : one.paymentDue === undefined;

const entitledGrant = (facts: ScreenFacts, entitlement: Entitlement): Grant => ({
  outcome: 'full',
  reason: facts.entitlements.kind === 'live' ? entitlement.source : 'degraded',
  rule: facts.rule,
  policyVersion: facts.policy.version,
  entitlement,
});

const screenMeter = (facts: ScreenFacts): Screening => {
  const meter = facts.policy.meters.find((candidate) => candidate.id === facts.outcome.meter);
  if (!meter?.on) return deny(facts, 'meter-off');
  const allowance = facts.registered ? meter.allowance.registered : meter.allowance.visitor;
  return { outcome: 'ask-meter', meter, allowance, facts };
};

const grant = (facts: ScreenFacts, reason: GrantReason): Grant => ({
  outcome: 'full',
  reason,
  rule: facts.rule,
  policyVersion: facts.policy.version,
});

// Spelt out, this one and the next: a spread on each view costs more than the decision.
const counted = (facts: ScreenFacts, reason: GrantReason, standing: MeterStanding): Grant => ({
  outcome: 'full',
  reason,
  rule: facts.rule,
  policyVersion: facts.policy.version,
  standing,
});

const stopped = (facts: ScreenFacts, reason: DenyReason, standing: MeterStanding): Deny => ({
  outcome: 'preview',
  reason,
  rule: facts.rule,
  policyVersion: facts.policy.version,
  prompt: 'subscribe',
  products: facts.outcome.products,
  standing,
});

const deny = (facts: ScreenFacts, reason: DenyReason): Deny => ({
  outcome: 'preview',
  reason,
  rule: facts.rule,
  policyVersion: facts.policy.version,
  prompt: reason === 'registration-required' ? 'register' : 'subscribe',
  products: facts.outcome.products,
});
