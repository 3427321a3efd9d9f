/** Where a text ends for those who may not read it all: pure arithmetic on the text, knowing nothing of markup. */
import type { CountedCutoff } from '../policy/policy.ts';
import { countGraphemes, offsetOfGrapheme } from './graphemes.ts';
import { segmentAt, wordEnds } from './segments.ts';

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
