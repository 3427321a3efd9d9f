/** Notices that many pages of a site pass, and none of them is an article: then the policy is hardly what was meant. */
import type { OriginHead } from '../origin/origin.ts';
import { typeClass } from './inspect-type.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import type { Recognise } from './recognise.ts';
import { headerValue } from './treatment.ts';

export type NoticeArticles = (recognise: Recognise) => Recognise;

/** A shop may have as many pages before its first article, a publisher hasn't. */
const pagesWithoutArticle = 200;

/**
 * For several that recognise: what readers ask for and what is learnt is one site. Pages count by their address, once each;
 * a policy that comes into force begins anew. Told at most once for each.
 */
export const createNoticeNoArticles = (onNone: (pages: number) => void): NoticeArticles => {
  let rules: PolicyInForce | undefined;
  const pages = new Set<string>();
  let over = false;
  return (recognise) => async (collected, question, inForce) => {
    const found = await recognise(collected, question, inForce);
    if (rules !== inForce) {
      rules = inForce;
      pages.clear();
      over = false;
    }
    if (over) return found;
    if (found.kind === 'article') over = true;
    else if (found.kind === 'plain' && isPage(collected.head, question.target)) {
      pages.add(question.path);
      if (pages.size >= pagesWithoutArticle) {
        over = true;
        onNone(pages.size);
      }
    }
    if (over) pages.clear();
    return found;
  };
};

const isPage = ({ status, headers }: OriginHead, target: string): boolean =>
  status === 200 && typeClass(headerValue(headers, 'content-type'), target) === 'page';

/** What happened, and what to do. */
export const noArticlesInWords = (pages: number): string =>
  `${pages} pages passed, none of them an article: name their paths in articles.paths, or have gatefold init look for them`;
