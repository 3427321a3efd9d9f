/** Why a reader was let in or stopped, step by step, in words: told from the same facts that decided. */
import type { Article } from '../article/article.ts';
import { type Entitlement, isActive } from '../entitlements/entitlement.ts';
import { accessHeader } from '../gate/access-header.ts';
import type { DecidedView } from '../gate/answer-access.ts';
import type { Policy } from '../policy/policy.ts';

/** Lines for a terminal; the first is the served header, word for word. */
export const explain = ({ page, ruling, view, decision }: DecidedView, now: number): readonly string[] => [
  `Gatefold-Access: ${accessHeader(decision)}`,
  '',
  ...describeArticle(page.article),
  ...describeRules(page.article, ruling, now),
  ...(ruling.nothingToWithhold ? ['The preview would be the whole text, so nothing is withheld.'] : []),
  ...describeEntitlements(view.entitlements, ruling.outcome.products, now),
  ...describeMeter(view, ruling.rules.policy),
  `Decision: ${decision.outcome}, because ${reasonWords[decision.reason]} (${decision.reason}).`,
  `Policy: ${decision.policyVersion}.`,
];

const describeArticle = (article: Article): readonly string[] => [
  `Article: ${article.id}${article.title ? ` “${article.title}”` : ''}`,
  `  publication ${article.publication || 'unknown'}, section ${article.section ?? 'none'}, language ${article.language}, ` +
    `own level ${article.ownLevel ?? 'not stated'}, tags ${article.tags.join(', ') || 'none'}`,
];

const describeRules = (
  article: Article,
  { rules, rule, outcome }: DecidedView['ruling'],
  now: number,
): string[] => {
  const lines: string[] = ['Rules, in order:'];
  for (const candidate of rules.policy.rules) {
    const failure = rules.matcher.whyNot(candidate.id, article, now);
    if (failure === undefined) {
      lines.push(`  ✓ ${candidate.id} → ${outcome.access}`);
      return lines;
    }
    lines.push(`  – ${candidate.id}: ${failure}`);
  }
  lines.push(`  ✓ ${rule} → ${outcome.access}`);
  return lines;
};

const describeEntitlements = (
  { kind, list }: DecidedView['view']['entitlements'],
  products: readonly string[],
  now: number,
): readonly string[] => [
  `Opened by: ${products.join(', ') || 'nothing that can be bought'}.`,
  kind === 'live'
    ? 'Entitlements (live):'
    : 'Entitlements (from the reader token, since the live view could not be read):',
  ...(list.length === 0
    ? ['  none']
    : list.map((entitlement) => `  ${describeEntitlement(entitlement, now)}`)),
];

const describeEntitlement = (entitlement: Entitlement, now: number): string =>
  `${entitlement.product} by ${entitlement.source}, ${day(entitlement.startsAt)} to ${day(entitlement.endsAt)}` +
  `${entitlement.paymentDue ? ' (payment due)' : ''}${isActive(entitlement, now) ? '' : ' (not active now)'}`;

const describeMeter = ({ ask, reading }: DecidedView['view'], policy: Policy): readonly string[] => {
  if (!ask) return [];
  if (reading === undefined || reading === 'unavailable') {
    return [`Meter ${ask.meter}: could not be read; the policy says "${policy.whenDown.meter}" then.`];
  }
  return [
    `Meter ${ask.meter}: ${reading.used} of ${ask.allowance} used, ${reading.outcome}; resets ${day(reading.resetsAt)}.`,
  ];
};

const day = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

const reasonWords: Readonly<Record<DecidedView['decision']['reason'], string>> = {
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
