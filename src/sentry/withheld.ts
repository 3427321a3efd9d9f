/** Of the known passages in an answer, those that the one who asked may not read. */
import type { ArticleId } from '../article/article.ts';
import { RUN_UNITS } from './fingerprints.ts';
import type { ArticleFacts, Occurrence } from './known-texts.ts';
import type { Passage } from './read-answer.ts';

/** What holds for one reader and one article. */
export interface Terms {
  readonly readable: boolean;
  /** Units at its beginning that everybody may read. */
  readonly previewUnits: number;
}

export type TermsOf = (facts: ArticleFacts) => Terms;

export interface WithheldPassage extends Omit<Passage, 'occurrences'> {
  readonly article: ArticleId;
  /** Units of the article between the end of its preview and this passage. */
  readonly pastPreview: number;
}

/** Finds what is withheld from one reader in any text: what cleaning asks before and after. */
export type FindWithheld = (text: string) => readonly WithheldPassage[];

/**
 * A passage is public if it stands anywhere where this reader may read it: in a preview, a title or a summary, in an
 * article that is open to them. Quotations are nobody's secret.
 */
export const withheldAmong = (passages: readonly Passage[], termsOf: TermsOf): WithheldPassage[] =>
  passages.flatMap(({ occurrences, ...passage }) => {
    const first = occurrences[0];
    if (!first || occurrences.some((occurrence) => isPublic(occurrence, termsOf(occurrence.facts))))
      return [];
    const pastPreview = (first.position ?? 0) - termsOf(first.facts).previewUnits;
    return [{ ...passage, article: first.facts.article.id, pastPreview }];
  });

const isPublic = ({ position }: Occurrence, { readable, previewUnits }: Terms): boolean =>
  readable || position === undefined || position < previewUnits;

/** "3,412 letters of /news/a-story": about how much of each article was found, the most first. */
export const lettersHeld = (
  passages: readonly WithheldPassage[],
): readonly { readonly article: ArticleId; readonly letters: number }[] => {
  const held = new Map<ArticleId, { letters: number; end: number }>();
  for (const { article, pastPreview } of passages.toSorted(
    (one, other) => one.pastPreview - other.pastPreview,
  )) {
    const so = held.get(article) ?? { letters: 0, end: Number.NEGATIVE_INFINITY };
    const end = pastPreview + RUN_UNITS;
    // Close fingerprints stand for what is between them, too.
    const begin = pastPreview - so.end < RUN_UNITS ? Math.max(so.end, pastPreview - RUN_UNITS) : pastPreview;
    held.set(article, { letters: so.letters + Math.max(0, end - begin), end: Math.max(so.end, end) });
  }
  return [...held]
    .map(([article, { letters }]) => ({ article, letters }))
    .sort((one, other) => other.letters - one.letters);
};
