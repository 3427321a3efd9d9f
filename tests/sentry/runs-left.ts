/** By other means than the sentry's own: what of a withheld text is left in an answer. */
import { readings } from '../../src/preview/disguises.ts';
import { GUARANTEED_UNITS } from '../../src/sentry/fingerprints.ts';
import { knownArticle } from '../../src/sentry/known-article.ts';
import { createKnownTexts, type KnownTexts } from '../../src/sentry/known-texts.ts';
import { passagesIn } from '../../src/sentry/read-answer.ts';
import { withheldAmong } from '../../src/sentry/withheld.ts';
import { fullTextOf, previewOf, type WrittenArticle, withheldOf } from './written-articles.ts';

export const known = (articles: readonly WrittenArticle[]): KnownTexts => {
  const texts = createKnownTexts(64 * 1_048_576);
  for (const each of articles) {
    const { article, cutoff } = each;
    texts.put(
      knownArticle({ article, fullText: fullTextOf(each), previewText: previewOf(each), cutoff, now: 0 }),
    );
  }
  return texts;
};

export const finderFor = (texts: KnownTexts, readable: ReadonlySet<string>) => (text: string) =>
  withheldAmong(passagesIn(text, texts), ({ article, previewUnits }) => ({
    readable: readable.has(article.id),
    previewUnits,
  }));

const lettersOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** Characters in a run that counts; one of Chinese weighs three. */
const runLength = (text: string): number =>
  /\p{sc=Han}/u.test(text) ? Math.ceil(GUARANTEED_UNITS / 3) : GUARANTEED_UNITS;

/** Every run of the withheld text, looked for in every reading of the answer. */
export const runsLeft = (answer: string, article: WrittenArticle): readonly string[] => {
  const withheld = lettersOf(withheldOf(article));
  const preview = lettersOf(`${previewOf(article)} ${article.article.title}`);
  const size = runLength(withheld);
  const secret = runsOf(withheld, size);
  for (const run of runsOf(preview, size)) secret.delete(run);
  return [...readings(answer)].flatMap((reading) =>
    [...runsOf(lettersOf(reading), size)].filter((run) => secret.has(run)),
  );
};

const runsOf = (text: string, size: number): Set<string> =>
  new Set(Array.from({ length: Math.max(0, text.length - size + 1) }, (_, at) => text.slice(at, at + size)));

export const linkTo = (article: string): string => `<a href="${article}">Read on</a>`;
