/** Where a text ends for those who may not read it all: pure arithmetic on the text, knowing nothing of markup. */
import type { CountedCutoff } from '../policy/policy.ts';
import { countGraphemes, offsetOfGrapheme } from './graphemes.ts';

/**
 * How much of a text the cutoff gives away, as an offset into it. Never more than counted; word and sentence endings
 * only ever go back.
 * @param text whitespace collapsed, with `\n` between blocks and a space everywhere else.
 */
export const findCut = (text: string, { by, count, ending }: CountedCutoff): number => {
  const counted = countedOffset(text, by, count);
  if (counted >= text.length) return text.length;
  if (by === 'paragraphs' || ending === 'exact') return withoutTrailingSpace(text, counted);
  if (ending === 'sentence') {
    const sentence = lastSentenceEnd(text, counted);
    if (sentence > 0) return sentence;
  }
  return lastWordEnd(text, counted);
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

const words = new Intl.Segmenter('und', { granularity: 'word' });
const sentences = new Intl.Segmenter('und', { granularity: 'sentence' });

const offsetOfWord = (text: string, count: number): number => {
  if (count < 1) return 0;
  let left = Math.floor(count);
  for (const { index, segment, isWordLike } of words.segment(text)) {
    if (!isWordLike) continue;
    left -= 1;
    if (left === 0) return index + segment.length;
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

const lastSentenceEnd = (text: string, limit: number): number => {
  let end = 0;
  for (const { index, segment } of sentences.segment(text)) {
    const candidate = withoutTrailingSpace(text, index + segment.length);
    if (candidate > limit) break;
    end = candidate;
  }
  return end;
};

/** Looks at one stretch around the limit only: segmenting a whole book for its last word takes long. */
const lastWordEnd = (text: string, limit: number): number => {
  const from = stretchStart(text, limit);
  for (const { index, segment } of words.segment(text.slice(from, limit + WORD_LOOKAHEAD))) {
    const end = from + index + segment.length;
    if (end > limit) return withoutTrailingSpace(text, from + index);
    if (end === limit) break;
  }
  return withoutTrailingSpace(text, limit);
};

const WORD_LOOKAHEAD = 200;
const WORD_STRETCH = 2000;

/** A space some way back: no word spans one. Scripts without spaces are segmented from the start. */
const stretchStart = (text: string, limit: number): number => {
  const space = Math.max(
    text.lastIndexOf(' ', limit - WORD_STRETCH),
    text.lastIndexOf('\n', limit - WORD_STRETCH),
  );
  return limit > WORD_STRETCH && space >= 0 ? space + 1 : 0;
};

const withoutTrailingSpace = (text: string, end: number): number => {
  let at = end;
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\n')) at -= 1;
  return at;
};
