/** The article whose form stands at an address: its page's, or where there is none, all that the address itself says. */
import type { OriginHead } from '../origin/origin.ts';
import { articleByPath } from './article-by-path.ts';
import type { ArticlePage } from './found.ts';
import { linkedAddresses } from './linked-addresses.ts';
import type { Question } from './origin-question.ts';
import type { PageBehind } from './page-behind.ts';
import type { PolicyInForce } from './policy-in-force.ts';

type FormQuestion = Pick<Question, 'target' | 'path' | 'hops'>;

export type ArticleAt = (
  question: FormQuestion,
  head: Pick<OriginHead, 'headers'>,
  rules: PolicyInForce,
) => Promise<Pick<ArticlePage, 'article' | 'part' | 'unjudged'>>;

export const createArticleAt =
  (pageBehind: PageBehind, hosts: readonly string[]): ArticleAt =>
  async ({ target, path, hops: looked }, head, rules) => {
    const hops = looked ?? 0;
    const stated = linkedAddresses(head, target, hosts);
    // Whoever looks has asked for the page already, and this is what came.
    const askedAsPage = looked !== undefined;
    const page = await pageBehind({ target, path, hops, askedAsPage, stated }, rules);
    if (page?.kind === 'article') return page;
    const article = articleByPath({ target, path }, rules);
    return page === undefined ? { article } : { article, unjudged: true };
  };
