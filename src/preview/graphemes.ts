/** Counts what readers see as one character, without asking the slow segmenter where the answer is plain. */

/**
 * Where the first `count` characters (grapheme clusters) of a text end, as an offset; the text's length when it has
 * fewer. An emoji family or a letter with its accents is never split.
 */
export const offsetOfGrapheme = (text: string, count: number): number => {
  let left = count;
  let at = 0;
  while (left > 0 && at < text.length) {
    at = nextBoundary(text, at);
    left -= 1;
    if (left === 0 || at >= text.length) break;
    const run = plainRunEnd(text, at);
    // Inside a run of plain characters each is its own cluster; its last one may take marks that follow.
    const plain = Math.max(0, Math.min(left, run - at - 1));
    at += plain;
    left -= plain;
  }
  return at;
};

export const countGraphemes = (text: string): number => {
  let count = 0;
  for (let at = 0; at < text.length; count += 1) {
    const run = plainRunEnd(text, at);
    if (run - at > 1) {
      count += run - at - 1;
      at = run - 1;
    }
    at = nextBoundary(text, at);
  }
  return count;
};

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The segmenter copies what it is given; a cluster longer than this is no character, it is an attack on whoever counts. */
const LOOKAHEAD = 64;

const nextBoundary = (text: string, at: number): number => {
  if (isPlain(text.charCodeAt(at)) && (at + 1 >= text.length || isPlain(text.charCodeAt(at + 1))))
    return at + 1;
  for (const { segment } of segmenter.segment(text.slice(at, at + LOOKAHEAD))) {
    const end = at + segment.length;
    // The slice may have ended between the halves of a surrogate pair.
    return end < text.length && isLowSurrogate(text.charCodeAt(end)) ? end + 1 : end;
  }
  return text.length;
};

const plainRunEnd = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && isPlain(text.charCodeAt(at))) at += 1;
  return at;
};

/** Characters that join neither with each other nor, as the second of two, with anything before them. */
const isPlain = (code: number): boolean =>
  (code >= 0x20 && code < 0x300) ||
  (code >= 0x4e00 && code <= 0x9fff) ||
  (code >= 0x3041 && code <= 0x3096) ||
  (code >= 0x30a0 && code <= 0x30ff) ||
  (code >= 0xac00 && code <= 0xd7a3) ||
  (code >= 0x3001 && code <= 0x3029) ||
  (code >= 0x2010 && code <= 0x2027) ||
  (code >= 0x370 && code <= 0x482) ||
  (code >= 0x5d0 && code <= 0x5ea) ||
  (code >= 0x621 && code <= 0x64a) ||
  (code >= 0xff01 && code <= 0xff5e);

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;
