/** Which known article's text a document mostly is: for a form that says nothing of whose it is. */
import type { ArticleId } from '../article/article.ts';
import { andThen } from '../ops/soon.ts';
import { RUN_UNITS } from '../sentry/fingerprints.ts';
import type { ArticleFacts, KnownTexts } from '../sentry/known-texts.ts';
import type { Passage } from '../sentry/read-answer.ts';
import type { ReadAnswer } from './read-answers.ts';

/** Undefined: none that is known. @param own what the document would be called by itself */
export type ArticleByText = (
  text: string,
  own: ArticleId,
) => ArticleId | undefined | Promise<ArticleId | undefined>;

export const createArticleByText =
  (known: KnownTexts, read: ReadAnswer): ArticleByText =>
  (text, own) =>
    andThen(read(text), (passages) => {
      const [first] = [...countedIn(passages, own)].sort(([, one], [, other]) => other - one);
      if (!first) return undefined;
      const [{ units, article }, count] = first;
      // Of so many neighbouring runs two are known, about, and fewer when memory is full.
      const whole = (2 * Math.min(units, text.length)) / (known.size().window + 1);
      return count >= Math.max(fewest, whole * mostly) ? article.id : undefined;
    });

const countedIn = (passages: readonly Passage[], own: ArticleId): ReadonlyMap<ArticleFacts, number> => {
  const counts = new Map<ArticleFacts, number>();
  for (const { occurrences } of passages)
    for (const facts of new Set(occurrences.map((occurrence) => occurrence.facts)))
      if (facts.article.id !== own) counts.set(facts, (counts.get(facts) ?? 0) + 1);
  return counts;
};

/** What articles quote of each other is shorter. */
const mostly = 0.5;
const fewest = Math.ceil(200 / RUN_UNITS);
