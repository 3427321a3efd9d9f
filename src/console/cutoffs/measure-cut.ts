/** How much of an article its preview shows, counted as cutoffs count. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { DecidedView } from '../../gate/answer-access.ts';
import { countGraphemes } from '../../preview/graphemes.ts';
import { wordEnds } from '../../preview/segments.ts';

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
export type MeasureCut = (decided: Pick<DecidedView, 'page' | 'ruling'>) => Promise<Measured | undefined>;

/** Numbers only. */
const keptArticles = 200;

export const createMeasureCut = (): MeasureCut => {
  const wholes = new LRUCache<string, Amounts>({ max: keptArticles });
  return async ({ page, ruling: { cut } }) => {
    if (cut?.form === 'json')
      return cut.json === 'uncuttable' ? undefined : measured(cut.json.previewText, undefined);
    if (cut?.page.kind !== 'parts') return undefined;
    const { previewText, fullText } = cut.page.parts;
    // Another body selector finds another text in the same page.
    const key = `${page.hash} ${fullText.length}`;
    const whole = wholes.get(key) ?? (await amountsOf(fullText));
    wholes.set(key, whole);
    return measured(previewText, whole);
  };
};

const measured = async (preview: string, of: Amounts | undefined): Promise<Measured> => ({
  shown: await amountsOf(preview),
  ...(of ? { of } : {}),
  lastWords: lastWordsOf(preview),
});

/** Stretch by stretch, since readers are waiting too: words of a whole book take seconds to count. */
const amountsOf = async (text: string): Promise<Amounts> => {
  let [characters, words] = [0, 0];
  for (let from = 0; from < text.length; ) {
    const to = stretchEnd(text, from);
    const stretch = text.slice(from, to);
    characters += countGraphemes(stretch);
    for (const _ of wordEnds(stretch)) words += 1;
    from = to;
    if (from < text.length) await nextTurn();
  }
  return { characters, words };
};

const stretchLength = 20_000;

/** Before a space, where no word and no character goes on; where none is near, wherever it falls. */
const stretchEnd = (text: string, from: number): number => {
  const to = from + stretchLength;
  if (to >= text.length) return text.length;
  const space = text.slice(from, to).lastIndexOf(' ');
  return space > 0 ? from + space : to;
};

const lastLength = 90;

const lastWordsOf = (text: string): string => {
  if (text.length <= lastLength) return text;
  const end = text.slice(-lastLength);
  const space = end.indexOf(' ');
  // Half a letter at the start would be shown as a broken one.
  return `… ${space >= 0 ? end.slice(space + 1) : end.replace(/^[\udc00-\udfff]/, '')}`;
};
