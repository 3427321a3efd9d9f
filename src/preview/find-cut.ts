/** Where a text ends for those who may not read it all: pure arithmetic on the text, knowing nothing of markup. */
import type { CountedCutoff, Cutoff } from '../policy/policy.ts';
import { countGraphemes, offsetOfGrapheme } from './graphemes.ts';
import { segmentAt, wordEnds } from './segments.ts';

/** What is known of a text beside the text. */
export interface Surroundings {
  /** Where the cutoff's own mark is in it, if it is there. */
  readonly marked?: number | undefined;
  /** So many characters more belong to the article and aren't in the text: of these no more is given away, and they count for the share. */
  readonly elsewhere?: number;
}

/**
 * How much of a text the cutoff gives away, as an offset into it. Never more than counted, nor more than its share; word
 * and sentence endings only ever go back.
 * @param text whitespace collapsed, with `\n` between blocks and a space everywhere else.
 */
export const findCut = (text: string, cutoff: Cutoff, around: Surroundings = {}): number => {
  const { marked, elsewhere = 0 } = around;
  if (cutoff.by !== 'marker') return countedCut(text, cutoff, elsewhere);
  // A mark with nothing after it ends no preview: the article would be given away whole.
  if (marked === undefined || (marked >= text.length && elsewhere === 0))
    return countedCut(text, cutoff.fallback, elsewhere);
  return marked;
};

const countedCut = (
  text: string,
  { by, count, ending, atMost }: CountedCutoff,
  elsewhere: number,
): number => {
  const counted = countedOffset(text, by, count);
  const most = sharedOffset(text, atMost, elsewhere);
  const limit = Math.min(counted, most);
  if (limit >= text.length) return text.length;
  if (ending === 'sentence' && by !== 'paragraphs') {
    const sentence = lastSentenceEnd(text, limit);
    if (sentence > 0) return sentence;
  }
  if (counted <= most && (by === 'paragraphs' || ending === 'exact'))
    return withoutTrailingSpace(text, limit);
  // Where the share ends is nobody's count, so whole paragraphs and words are what is left.
  const block = by === 'paragraphs' ? withoutTrailingSpace(text, text.lastIndexOf('\n', limit) + 1) : 0;
  return block > 0 ? block : lastWordEnd(text, limit);
};

/** Beyond the text's end where all of it may be given away. */
const sharedOffset = (text: string, atMost: number | undefined, elsewhere: number): number => {
  if (atMost === undefined || atMost >= 100) return Number.POSITIVE_INFINITY;
  const share = Math.floor(((countGraphemes(text) + elsewhere) * atMost) / 100);
  return offsetOfGrapheme(text, share);
};

const countedOffset = (text: string, by: CountedCutoff['by'], count: number): number => {
  switch (by) {
    case 'characters':
      return offsetOfGrapheme(text, Math.floor(count));
    case 'percent':
      return count >= 100 ? text.length : offsetOfGrapheme(text, shareOf(text, count));
    case 'words':
      return offsetOfWord(text, count);
    case 'paragraphs':
      return offsetOfBlock(text, count);
    default:
      return by satisfies never;
  }
};

const shareOf = (text: string, percent: number): number => Math.floor((countGraphemes(text) * percent) / 100);

const offsetOfWord = (text: string, count: number): number => {
  if (count < 1) return 0;
  let left = Math.floor(count);
  for (const end of wordEnds(text)) {
    left -= 1;
    if (left === 0) return end;
  }
  return text.length;
};

const offsetOfBlock = (text: string, count: number): number => {
  if (count < 1) return 0;
  let at = -1;
  for (let left = Math.floor(count); left > 0; left -= 1) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) return text.length;
  }
  return at;
};

/** A sentence that ends at the limit but for the space after it is one that ends there. */
const lastSentenceEnd = (text: string, limit: number): number => {
  const { start, end } = segmentAt(text, limit, 'sentence');
  const shown = withoutTrailingSpace(text, end);
  return shown <= limit ? shown : withoutTrailingSpace(text, start);
};

const lastWordEnd = (text: string, limit: number): number =>
  withoutTrailingSpace(text, segmentAt(text, limit, 'word').start);

const withoutTrailingSpace = (text: string, end: number): number => {
  let at = end;
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\n')) at -= 1;
  return at;
};
