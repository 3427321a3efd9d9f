/** Where a preview ends, in words. */
import type { CountedCutoff, Cutoff, CutoffMeasure } from '../policy.ts';
import { defaultShare } from '../resolve-policy.ts';
import { countInWords, numberInWords, quoted } from './list-in-words.ts';

/** Such as `after 2,000 characters, at the end of a sentence`. */
export const cutoffInWords = (cutoff: Cutoff): string =>
  cutoff.by === 'marker'
    ? `at the mark ${quoted(cutoff.marker)}, or without it ${countedInWords(cutoff.fallback)}`
    : countedInWords(cutoff);

const countedInWords = ({ by, count, ending, atMost = 100 }: CountedCutoff): string =>
  count === 0 && ending === 'exact'
    ? `before the first ${firstOf[by]}`
    : `after ${amountInWords(by, count)}${shareInWords(by, atMost)}${endingWords[ending]}`;

/** Said where it isn't the usual one. */
const shareInWords = (by: CutoffMeasure, atMost: number): string => {
  if (atMost === defaultShare(by)) return '';
  return atMost < 100
    ? `, or ${numberInWords(atMost)}% of a shorter article`
    : ', all of a shorter article included';
};

const firstOf: Readonly<Record<CutoffMeasure, string>> = {
  characters: 'character',
  words: 'word',
  paragraphs: 'paragraph',
  percent: 'percent',
};

const amountInWords = (by: CutoffMeasure, count: number): string =>
  by === 'percent' ? `${numberInWords(count)}% of the article` : countInWords(count, firstOf[by]);

const endingWords: Readonly<Record<CountedCutoff['ending'], string>> = {
  exact: '',
  word: ', at the end of a word',
  sentence: ', at the end of a sentence',
};
