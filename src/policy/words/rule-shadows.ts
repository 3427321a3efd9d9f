/** Which rules can never apply, and what each matches of the articles at hand. */
import type { Article } from '../../article/article.ts';
import type { Matcher } from '../match.ts';
import type { Policy, RuleId } from '../policy.ts';
import { shadowOf, shadowWork } from '../shadowed.ts';

export interface RuleShadow {
  readonly rule: RuleId;
  /** The first rule above that holds for all of its articles. */
  readonly by: RuleId;
}

/** In the order of the rules; a rule that isn't in it may still match nothing, since only what is sure is in it. */
export const shadowedRules = ({ rules }: Pick<Policy, 'rules'>): readonly RuleShadow[] => {
  const work = shadowWork();
  return rules.flatMap((rule, index) => {
    const shadow = shadowOf(rule, rules.slice(0, index), work);
    return shadow ? [{ rule: rule.id, by: shadow.id }] : [];
  });
};

/** One article, and how often it counts. */
export interface CountedArticle {
  readonly article: Article;
  /** How many views of it there were; absent: 1. */
  readonly views?: number;
}

/** How many of the views each rule, or `otherwise`, applied to; every rule of the policy is in it, if with 0. */
export const matchCounts = (
  articles: Iterable<CountedArticle>,
  { rules }: Pick<Policy, 'rules'>,
  matcher: Pick<Matcher, 'match'>,
  now: number,
): ReadonlyMap<RuleId | 'otherwise', number> => {
  const counts = new Map<RuleId | 'otherwise', number>([
    ...rules.map(({ id }) => [id, 0] as const),
    ['otherwise', 0] as const,
  ]);
  for (const { article, views = 1 } of articles) {
    const { rule } = matcher.match(article, now);
    counts.set(rule, (counts.get(rule) ?? 0) + views);
  }
  return counts;
};
