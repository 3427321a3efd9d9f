/** The article that a form belongs to: found by looking at the pages that its address may be a form of. */
import type { ArticleId } from '../article/article.ts';
import { articlePathOf } from '../article/article-id.ts';
import type { ArticlePage, Unavailable } from './found.ts';
import { type LookAt, maxHops } from './look-up.ts';
import { type PageAddress, pageAddresses } from './page-addresses.ts';
import type { PolicyInForce } from './policy-in-force.ts';

export interface FormAddress extends PageAddress {
  /** How many looks led here. */
  readonly hops: number;
  /** Asked for as a page already: looking once more would tell nothing. */
  readonly askedAsPage?: boolean;
  /** What the answer itself calls its page. */
  readonly stated?: readonly PageAddress[];
}

/** `unavailable`: no article was found, and not every page could be asked for, so nobody knows that there is none. */
export type PageBehind = (
  form: FormAddress,
  rules: PolicyInForce,
) => Promise<ArticlePage | Unavailable | undefined>;

export const createPageBehind =
  (lookUp: LookAt): PageBehind =>
  async ({ target, path, hops, askedAsPage = false, stated = [] }, rules) => {
    if (hops >= maxHops) return undefined;
    const own = askedAsPage ? [] : [{ target, path }];
    let trouble: Unavailable | undefined;
    const named = rules.matcher.articleBehind(target, path);
    const byPolicy = named === undefined ? [] : [{ target: named, path: articlePathOf(named as ArticleId) }];
    for (const address of [...byPolicy, ...own, ...pageAddresses(target), ...stated]) {
      const standing = await lookUp(address, rules, hops + 1);
      if (standing.kind === 'article') return standing;
      if (standing.kind === 'unavailable') trouble ??= standing;
    }
    return trouble;
  };
