/** What a page with a text of its own may hold of an article without carrying it: phrases that both have, a quotation. */
import type { ArticleId } from '../article/article.ts';
import { GUARANTEED_UNITS, RUN_UNITS, WINDOW } from './fingerprints.ts';

export interface ArticlePassage {
  readonly article: ArticleId;
  /** Where it begins in the article, in units. */
  readonly position: number;
}

/** In units, of all that is longer than a phrase. */
export const longestQuotation = 150;

/**
 * Two texts of one site share phrases, names and forms of words; what they share beyond that is counted, wherever on the
 * page it stands.
 *
 * @param passages in the order of the page
 */
export const isQuotation = (passages: Iterable<ArticlePassage>): boolean => {
  const shared = new Map<ArticleId, { begin: number; end: number; before: number }>();
  for (const { article, position } of passages) {
    const last = shared.get(article);
    const goesOn = last && position >= last.begin && position + RUN_UNITS - last.end <= WINDOW;
    const now = {
      begin: goesOn ? last.begin : position,
      end: Math.max(goesOn ? last.end : 0, position + RUN_UNITS),
      before: goesOn || !last ? (last?.before ?? 0) : last.before + counted(last),
    };
    if (now.before + counted(now) > longestQuotation) return false;
    shared.set(article, now);
  }
  return true;
};

const counted = ({ begin, end }: { readonly begin: number; readonly end: number }): number =>
  end - begin < GUARANTEED_UNITS ? 0 : end - begin;
