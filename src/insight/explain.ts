/** Why a reader was let in or stopped, step by step, in words: told from the same facts that decided. */
import type { Article } from '../article/article.ts';
import type { DecidedView } from '../gate/answer-access.ts';
import type { Reason } from '../gate/decision.ts';
import {
  type EntitlementStep,
  type ExplainFacts,
  explainFacts,
  type MeterStep,
  type RuleStep,
} from './explain-facts.ts';

/** Lines for a terminal; the first is the served header, word for word. */
export const explain = (decided: DecidedView, now: number): readonly string[] =>
  explainLines(explainFacts(decided, now));

/** The same lines from facts that somebody has already, with the counted articles where they are among them. */
export const explainLines = (facts: ExplainFacts): readonly string[] => [
  `Gatefold-Access: ${facts.header}`,
  '',
  ...describeArticle(facts.article),
  'Rules, in order:',
  ...facts.rules.map(describeRule),
  ...(facts.nothingToWithhold ? ['The preview would be the whole text, so nothing is withheld.'] : []),
  `Opened by: ${facts.products.join(', ') || 'nothing that can be bought'}.`,
  ...describeEntitlements(facts.entitlements),
  ...(facts.meter ? describeMeter(facts.meter) : []),
  `Decision: ${facts.decision.outcome}, because ${reasonInWords(facts.decision.reason)} (${facts.decision.reason}).`,
  `Policy: ${facts.decision.policyVersion}.`,
];

/** What follows “because”. */
export const reasonInWords = (reason: Reason): string => reasonWords[reason];

const describeArticle = (article: Article): readonly string[] => [
  `Article: ${article.id}${article.title ? ` “${article.title}”` : ''}`,
  `  publication ${article.publication || 'unknown'}, section ${article.section ?? 'none'}, language ${article.language}, ` +
    `own level ${article.ownLevel ?? 'not stated'}, tags ${article.tags.join(', ') || 'none'}`,
];

const describeRule = (step: RuleStep): string =>
  step.matched ? `  ✓ ${step.rule} → ${step.access}` : `  – ${step.rule}: ${step.whyNot}`;

const describeEntitlements = ({ known, list }: EntitlementStep): readonly string[] => [
  known === 'live'
    ? 'Entitlements (live):'
    : 'Entitlements (from the reader token, since the live view could not be read):',
  ...(list.length === 0 ? ['  none'] : list.map(describeEntitlement)),
];

const describeEntitlement = (entitlement: EntitlementStep['list'][number]): string =>
  `  ${entitlement.product} by ${entitlement.source}, ${day(entitlement.startsAt)} to ${day(entitlement.endsAt)}` +
  `${entitlement.paymentDue ? ' (payment due)' : ''}${entitlement.active ? '' : ' (not active now)'}`;

const describeMeter = (step: MeterStep): readonly string[] => {
  if (step.reading === 'unavailable')
    return [`Meter ${step.meter}: could not be read; the policy says "${step.whenDown}" then.`];
  const { reading, allowance, counted = [] } = step;
  return [
    `Meter ${step.meter}: ${reading.used} of ${allowance} used, ${reading.outcome}; resets ${day(reading.resetsAt)}.`,
    ...counted.map(({ article, readAt }) => `  ${day(readAt)} ${article}`),
  ];
};

const day = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

const reasonWords: Readonly<Record<Reason, string>> = {
  staff: 'the site itself knows them for its own',
  open: 'the article is open to everyone',
  subscription: 'the reader’s subscription opens it',
  pass: 'the reader’s pass opens it',
  comp: 'the publisher granted it to the reader',
  group: 'the reader’s group opens it',
  institution: 'the reader’s institution opens it',
  gift: 'a gift link opens it',
  registered: 'an account is enough and the reader has one',
  'free-read': 'a free read is left for it',
  'already-read': 'it was counted earlier in this window',
  degraded: 'a store is down and the policy says what to do then',
  'registration-required': 'an account is needed',
  'meter-exhausted': 'no free read is left in this window',
  'network-exhausted': 'too many new visitors came from this network in this window',
  'meter-off': 'its meter is off, so nobody gets free reads from it',
  locked: 'only an entitlement opens it',
  prefetch: 'nobody has asked to see it yet, and it is unseen',
  uncuttable: 'no body was found to cut, so it is withheld whole',
};
