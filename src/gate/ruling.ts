/** What the policy says of one found article, its cut included: worked out once and kept while it holds. */
import { andThen } from '../ops/soon.ts';
import type { Policy, RuleId, RuleOutcome } from '../policy/policy.ts';
import type { JsonCut } from '../preview/cut-json.ts';
import type { PageCut } from '../preview/cut-page.ts';
import type { ArticlePage } from './found.ts';
import { outcomeFor } from './outcome-for.ts';
import type { PolicyInForce } from './policy-in-force.ts';

export interface Ruling {
  readonly rule: RuleId | 'otherwise';
  readonly outcome: RuleOutcome;
  /** Undefined for an article that is open by rule, unless its page still gets cards. */
  readonly cut: Cut | undefined;
  /** The preview would be the whole text, so the article is open whatever the rule says. */
  readonly nothingToWithhold: boolean;
  readonly rules: PolicyInForce;
  /** Milliseconds: an age condition may change the rule then. */
  readonly validUntil: number;
}

export type Cut =
  | { readonly form: 'html'; readonly page: PageCut }
  | { readonly form: 'json'; readonly json: JsonCut | 'uncuttable' };

/** Cuts an article; `gated` marks the page for search engines as not free. */
export type CutArticle = (
  page: ArticlePage,
  outcome: RuleOutcome,
  gated: boolean,
  policy: Policy,
) => Cut | undefined | Promise<Cut | undefined>;

/** A promise the first time for a large page, which is cut in another thread; it may be refused with `Unfinished`. */
export type RulingOf = (page: ArticlePage, rules: PolicyInForce, now: number) => Ruling | Promise<Ruling>;

export const createRulings = (cut: CutArticle, cutsOpenPages: boolean): RulingOf => {
  const kept = new WeakMap<ArticlePage, Ruling>();
  return (page, rules, now) => {
    const known = kept.get(page);
    if (known && known.rules === rules && now < known.validUntil) return known;
    return andThen(rule(page, rules, now, cut, cutsOpenPages), (ruling) => {
      kept.set(page, ruling);
      return ruling;
    });
  };
};

/** True when those who may not read it all get no preview of it either. */
export const cutFailed = ({ outcome, cut }: Ruling): boolean => {
  if (outcome.access === 'open') return false;
  if (cut === undefined) return true;
  return cut.form === 'html' ? cut.page.kind === 'no-body' : cut.json === 'uncuttable';
};

const rule = (
  page: ArticlePage,
  rules: PolicyInForce,
  now: number,
  cut: CutArticle,
  cutsOpenPages: boolean,
): Ruling | Promise<Ruling> => {
  const { rule, outcome: matched, validUntil } = rules.matcher.match(page.article, now);
  const outcome = outcomeFor(page, matched, rules.policy);
  const ruling = { rule, rules, validUntil };
  if (outcome.access === 'open') {
    const forCards = cutsOpenPages ? cut(page, outcome, false, rules.policy) : undefined;
    return andThen(forCards, (made) => ({ ...ruling, outcome, cut: made, nothingToWithhold: false }));
  }
  return andThen(cut(page, outcome, true, rules.policy), (made) => {
    if (made?.form === 'html' && made.page.kind === 'parts' && made.page.parts.complete && !page.part) {
      const open = { ...outcome, access: 'open' } as const;
      return andThen(cut(page, open, false, rules.policy), (whole) => ({
        ...ruling,
        outcome: open,
        cut: whole,
        nothingToWithhold: true,
      }));
    }
    const again = made === undefined && page.form.kind !== 'uncuttable' ? now + uncutMs : validUntil;
    return {
      ...ruling,
      validUntil: Math.min(validUntil, again),
      outcome,
      cut: made,
      nothingToWithhold: false,
    };
  });
};

/** A page that took too long, or too much memory: the next try may go better. */
const uncutMs = 60_000;
