/** What becomes of one entry of a feed or a list: what the page behind it would be, without free reads. */
import { type Entitlement, isActive } from '../entitlements/entitlement.ts';
import type { Policy } from '../policy/policy.ts';
import type { EntryCut } from '../preview/feed-entry.ts';
import { screen } from './decide.ts';
import type { EntryArticle } from './found.ts';
import type { Standing } from './look-up.ts';
import { outcomeFor } from './outcome-for.ts';
import type { PolicyInForce } from './policy-in-force.ts';

/** What stands behind an entry. `elsewhere`: nothing of this site's. */
export interface EntryPage {
  readonly standing: Standing | EntryArticle | { readonly kind: 'elsewhere' };
  /** In characters, where it had to be known. Infinity: all of it is everybody's. */
  readonly articleLength?: number;
}

export interface EntryReader {
  /** Undefined for whoever has no account. */
  readonly entitled: readonly Entitlement[] | undefined;
  /** `token`: as the reader's token says, since nothing else can be asked. */
  readonly knownBy?: 'live' | 'token';
  readonly now: number;
}

/** `unjudged`: nobody knows whose text it is. */
export type EntryFate = 'keep' | 'unjudged' | EntryCut;

/** Nobody's free reads are asked about, so a meter denies. */
export const entryFate = (
  { standing, articleLength = 0 }: EntryPage,
  { entitled, knownBy = 'live', now }: EntryReader,
  rules: PolicyInForce,
): EntryFate => {
  if (standing.kind !== 'article')
    return holdsEverything(entitled ?? [], rules.policy, now) ? 'keep' : 'unjudged';
  if (articleLength === Number.POSITIVE_INFINITY) return 'keep';
  const { rule, outcome } = ruled(standing, rules, now);
  const screening = screen({
    article: standing.article,
    rule,
    outcome,
    policy: rules.policy,
    registered: entitled !== undefined,
    entitlements: { kind: knownBy, list: entitled ?? [] },
    now,
  });
  return screening.outcome === 'full' ? 'keep' : { cutoff: outcome.cutoff, articleLength };
};

const ruled = (page: EntryArticle, rules: PolicyInForce, now: number) => {
  const { rule, outcome } = rules.matcher.match(page.article, now);
  return { rule, outcome: outcomeFor(page, outcome, rules.policy) };
};

/** Whatever it is, such a reader may read it. */
const holdsEverything = (
  entitled: readonly Entitlement[],
  { products }: Pick<Policy, 'products'>,
  now: number,
): boolean =>
  products.length > 0 &&
  products.every(({ id }) => entitled.some((held) => held.product === id && isActive(held, now)));
