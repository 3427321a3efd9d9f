/** Holds a policy against the pages that were seen: what it makes of them, counted. */
import { createMatcher } from '../policy/match.ts';
import type { Policy } from '../policy/policy.ts';
import { findBody } from '../preview/find-body.ts';
import type { PageSample } from './page-sample.ts';

/** A sentence. */
export const heldBy = (
  policy: Policy,
  pages: readonly PageSample[],
  articles: readonly PageSample[],
): string => {
  const matcher = createMatcher(policy);
  const isOne = ({ path, isArticle }: PageSample): boolean =>
    isArticle === 'stated' || matcher.isArticlePath(path);
  const recognised = articles.filter(isOne);
  const withText = recognised.filter(
    ({ reading }) => findBody(reading.page, [...policy.articles.body, ...reading.bodySelectors]).body,
  );
  const others = pages
    .filter(
      ({ path, isArticle }) => (isArticle === 'no' || isArticle === 'looks') && matcher.isArticlePath(path),
    )
    .filter((page) => !articles.includes(page));
  return `By it ${recognised.length} of the ${articles.length} articles that were seen are recognised, and the text of ${withText.length} is found${others.length > 0 ? `; ${others.length} other pages would be taken for articles, such as ${others[0]?.path}` : ''}.`;
};
