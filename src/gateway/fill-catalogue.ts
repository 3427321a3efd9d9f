/** What may be shown of articles beside others: the start of each, and never more than its preview gives away. */
import type { Article } from '../article/article.ts';
import type { Catalogue } from '../gate/catalogue.ts';
import type { PolicyInForce } from '../gate/policy-in-force.ts';
import type { Clock } from '../ops/clock.ts';
import { cutText } from '../preview/cut-text.ts';
import { excerpt } from '../preview/excerpt.ts';
import { readingMinutes } from '../preview/reading-minutes.ts';
import type { OpenedOrigin } from './open-origin.ts';

const cardCharacters = 250;

/** A card of an article whose preview is shorter than a card shows that preview and no more. */
export const publicExcerpt =
  (inForce: () => PolicyInForce, clock: Clock) =>
  (article: Article, text: string): string => {
    const { outcome } = inForce().matcher.match(article, clock());
    // A marker stands in the page, not in its bare text: there the fallback says how much is shown.
    const cutoff = outcome.cutoff.by === 'marker' ? outcome.cutoff.fallback : outcome.cutoff;
    return excerpt(outcome.access === 'open' ? text : cutText(text, cutoff).previewText, cardCharacters);
  };

/** A folder knows all its articles before anybody has read one; other origins' are learnt as they are read. */
export const fillCatalogue = (
  catalogue: Catalogue,
  { folder }: OpenedOrigin,
  inForce: () => PolicyInForce,
  clock: Clock,
): void => {
  const excerptOf = publicExcerpt(inForce, clock);
  for (const { facts, text } of folder?.contentCatalogue() ?? []) {
    catalogue.learn({ article: facts, minutes: readingMinutes(text), excerpt: excerptOf(facts, text) });
  }
};
