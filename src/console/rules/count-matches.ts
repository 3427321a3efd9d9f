/** How many of the recent views each rule of a policy would apply to, worked out without keeping others waiting. */
import { setImmediate } from 'node:timers/promises';
import type { PolicyInForce } from '../../gate/policy-in-force.ts';
import type { RuleId } from '../../policy/policy.ts';
import { matchCounts } from '../../policy/words/rule-shadows.ts';
import type { RecentViews } from './recent-views.ts';

export type MatchCounts = ReadonlyMap<RuleId | 'otherwise', number>;

/** Some milliseconds of a policy of a thousand rules. */
const atOnce = 50;

/** Every rule is in it, if with 0. */
export const countMatches = async (
  { articles }: Pick<RecentViews, 'articles'>,
  { policy, matcher }: Pick<PolicyInForce, 'policy' | 'matcher'>,
  now: number,
): Promise<MatchCounts> => {
  const counts = new Map(matchCounts([], policy, matcher, now));
  const all = [...articles].map(([logged, views]) => ({ article: { ...logged, title: '' }, views }));
  for (let from = 0; from < all.length; from += atOnce) {
    const some = matchCounts(all.slice(from, from + atOnce), { rules: [] }, matcher, now);
    for (const [rule, count] of some) counts.set(rule, (counts.get(rule) ?? 0) + count);
    await setImmediate();
  }
  return counts;
};
