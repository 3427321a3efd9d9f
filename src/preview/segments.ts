/** Words and sentences of a text, in time linear in it: the segmenter copies all that it is given for each step that it takes. */

const words = new Intl.Segmenter('und', { granularity: 'word' });
const sentences = new Intl.Segmenter('und', { granularity: 'sentence' });

export type Unit = 'word' | 'sentence';

export interface Segment {
  readonly start: number;
  readonly end: number;
}

/** The word (or what is between two words), or the sentence with the space after it, that the character at `at` belongs to. */
export const segmentAt = (text: string, at: number, unit: Unit): Segment => {
  // A line's end ends every word and every sentence, so what stands in other lines needn't be copied.
  const from = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = text.indexOf('\n', at);
  const line = text.slice(from, lineEnd < 0 ? text.length : lineEnd + 1);
  const found = (unit === 'word' ? words : sentences).segment(line).containing(at - from);
  return found
    ? { start: from + found.index, end: from + found.index + found.segment.length }
    : { start: at, end: at };
};

/** Where each word of a text ends, in order. */
export function* wordEnds(text: string): Generator<number> {
  let from = 0;
  let length = STRETCH;
  while (from < text.length) {
    const stretch = text.slice(from, from + length);
    // What ends close to the stretch's own end may go on behind it.
    const certain = from + length < text.length ? length - LOOKAHEAD : stretch.length;
    let end = 0;
    for (const { index, segment, isWordLike } of words.segment(stretch)) {
      if (index + segment.length > certain) break;
      end = index + segment.length;
      if (isWordLike) yield from + end;
      // Many steps through a long stretch are what this is here to avoid.
      if (length > STRETCH) break;
    }
    from += end;
    length = end === 0 ? length * 2 : STRETCH;
  }
}

const STRETCH = 1000;
/** Whether a word goes on is decided by the few characters after it; where no spaces are, by the few words after it. */
const LOOKAHEAD = 100;
