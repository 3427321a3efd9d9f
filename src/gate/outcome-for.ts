/** What a rule gives to what was found at an address, which may be less than it gives to the article's own page. */
import type { Cutoff, Policy, RuleOutcome } from '../policy/policy.ts';
import type { ArticlePage } from './found.ts';

export const outcomeFor = (
  { part, unjudged }: Pick<ArticlePage, 'part' | 'unjudged'>,
  matched: RuleOutcome,
  { products }: Pick<Policy, 'products'>,
): RuleOutcome => {
  const outcome = unjudged ? forUnjudged(matched, products) : matched;
  return part === 'later' ? { ...outcome, cutoff: nothing } : outcome;
};

/** Rules may say more of it once its page can be asked for: until then only those entitled get it. */
const forUnjudged = (matched: RuleOutcome, products: Policy['products']): RuleOutcome => {
  const { cutoff } = matched;
  const opening = matched.access === 'open' ? products.map(({ id }) => id) : matched.products;
  return { access: 'locked', products: opening, cutoff };
};

/** The article's preview is on its first page. */
const nothing: Cutoff = { by: 'characters', count: 0, ending: 'exact' };
