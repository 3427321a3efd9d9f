/** The beginning of a text, counted as a person counts characters. */

/** Exactly `count` characters (grapheme clusters, so that no letter loses its accent), or the whole text when it is shorter. */
export const firstCharacters = (text: string, count: number): string => {
  let taken = 0;
  let end = 0;
  for (const { index, segment } of CHARACTERS.segment(text.slice(0, count * LONGEST_CLUSTER))) {
    if (taken === count) break;
    taken += 1;
    end = index + segment.length;
  }
  return text.slice(0, end);
};

const CHARACTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Only this much for each character is looked at: a text of one endless cluster costs no more than another. */
const LONGEST_CLUSTER = 16;
