/** How much of an article its preview shows, counted as cutoffs count. */
import { LRUCache } from 'lru-cache';
import type { DecidedView } from '../gate/answer-access.ts';
import { countGraphemes } from '../preview/graphemes.ts';

export interface Measured {
  readonly shown: Amounts;
  /** Absent where the text is only known cut, as of articles in JSON. */
  readonly of?: Amounts;
  /** Of the preview; '' where nothing is shown. */
  readonly lastWords: string;
}

export interface Amounts {
  readonly characters: number;
  readonly words: number;
}

/** undefined where nothing of the article can be shown. */
export type MeasureCut = (decided: Pick<DecidedView, 'page' | 'ruling'>) => Measured | undefined;

/** Numbers only. */
const keptArticles = 200;

export const createMeasureCut = (): MeasureCut => {
  const wholes = new LRUCache<string, Amounts>({ max: keptArticles });
  return ({ page, ruling: { cut } }) => {
    if (cut?.form === 'json')
      return cut.json === 'uncuttable' ? undefined : measured(cut.json.previewText, undefined);
    if (cut?.page.kind !== 'parts') return undefined;
    const { previewText, fullText } = cut.page.parts;
    // Another body selector finds another text in the same page.
    const key = `${page.hash} ${fullText.length}`;
    const whole = wholes.get(key) ?? amountsOf(fullText);
    wholes.set(key, whole);
    return measured(previewText, whole);
  };
};

const measured = (preview: string, of: Amounts | undefined): Measured => ({
  shown: amountsOf(preview),
  ...(of ? { of } : {}),
  lastWords: lastWordsOf(preview),
});

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

const amountsOf = (text: string): Amounts => {
  let words = 0;
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) words += 1;
  return { characters: countGraphemes(text), words };
};

const lastLength = 90;

const lastWordsOf = (text: string): string => {
  if (text.length <= lastLength) return text;
  const end = text.slice(-lastLength);
  const space = end.indexOf(' ');
  // Half a letter at the start would be shown as a broken one.
  return `… ${space >= 0 ? end.slice(space + 1) : end.replace(/^[\udc00-\udfff]/, '')}`;
};
