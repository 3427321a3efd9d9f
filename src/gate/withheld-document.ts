/** What stands for an article in a type that nobody can cut: the fact that it is withheld, and where to read on. */
import type { Decision } from './decision.ts';
import type { ArticlePage } from './found.ts';
import type { VariantParts } from './variant.ts';

/** RFC 9457 problem details, since whoever asked for such a type is a program. */
export const withheldDocument = (
  { article }: Pick<ArticlePage, 'article'>,
  { reason }: Pick<Decision, 'reason'>,
): Pick<VariantParts, 'status' | 'content' | 'contentType' | 'carried'> => ({
  status: 403,
  contentType: 'application/problem+json; charset=utf-8',
  carried: [],
  content: JSON.stringify({
    type: 'about:blank',
    status: 403,
    code: 'article-withheld',
    title: 'This form of the article is for subscribers',
    detail: 'No preview can be made of this type. Ask for the article’s page, or subscribe to read it all.',
    reason,
    article: article.id,
    subscribe: `/-/subscribe?return=${encodeURIComponent(article.id)}`,
  }),
});
