/** Counts what readers see as one character, without asking the slow segmenter where the answer is plain. */
import { isPlainCharacter } from './plain-characters.ts';

/**
 * Where the first `count` characters (grapheme clusters) of a text end, as an offset; the text's length when it has
 * fewer. An emoji family or a letter with its accents is never split.
 */
export const offsetOfGrapheme = (text: string, count: number): number => {
  let left = count;
  let at = 0;
  while (left > 0 && at < text.length) {
    const plain = Math.min(left, plainClusters(text, at));
    at += plain;
    left -= plain;
    if (left <= 0 || at >= text.length) break;
    for (const end of intricateEnds(text, at)) {
      at = end;
      left -= 1;
      if (left <= 0) break;
    }
  }
  return at;
};

export const countGraphemes = (text: string): number => {
  let count = 0;
  for (let at = 0; at < text.length; ) {
    const plain = plainClusters(text, at);
    count += plain;
    at += plain;
    if (at >= text.length) break;
    for (const end of intricateEnds(text, at)) {
      at = end;
      count += 1;
    }
  }
  return count;
};

/** How many characters from here are clusters of their own; the last of a plain run may take marks that follow. */
const plainClusters = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && isPlainCharacter(text.charCodeAt(at))) at += 1;
  return at === text.length ? at - from : Math.max(0, at - from - 1);
};

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The segmenter copies what it is given; a cluster longer than this is no character, it is an attack on whoever counts. */
const LOOKAHEAD = 64;

/** Where the next clusters end, one at the least, until it is plain again. */
function* intricateEnds(text: string, from: number): Generator<number> {
  const slice = text.slice(from, from + LOOKAHEAD);
  const isLast = from + LOOKAHEAD >= text.length;
  for (const { index, segment } of segmenter.segment(slice)) {
    const end = from + index + segment.length;
    // What reaches the slice's end may go on after it; the next slice begins with it.
    if (index > 0 && !isLast && end === from + slice.length) return;
    // The slice may have ended between the halves of a surrogate pair.
    yield end < text.length && isLowSurrogate(text.charCodeAt(end)) ? end + 1 : end;
    if (isPlainCharacter(text.charCodeAt(end)) && isPlainCharacter(text.charCodeAt(end + 1))) return;
  }
}

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;
