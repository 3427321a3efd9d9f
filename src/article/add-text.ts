/** Adds the tokenizer's pieces of text to a page's tokens, with boundaries that agree with the source. */
import type { PageToken, TextToken } from './parsed-page.ts';

type Growing = { -readonly [Key in 'end' | 'chars' | 'exact']: TextToken[Key] };

/**
 * A text of which only the last word isn't written as it reads is one that does, and that word: so it is cut between words where it can
 * be, byte for byte.
 */
export const addPieces = (tokens: PageToken[], source: string, text: TextToken): void => {
  const { start, chars } = text;
  const exact = isExact(source, text) ? 0 : exactBeginning(source, text);
  if (exact === 0) addText(tokens, source, text);
  else {
    const between = start + exact;
    addText(tokens, source, { ...text, end: between, chars: chars.slice(0, exact) });
    addText(tokens, source, { ...text, start: between, chars: chars.slice(exact) });
  }
};

/** How many characters of whole words agree with the source. */
const exactBeginning = (source: string, { start, end, chars }: TextToken): number => {
  let words = 0;
  const most = Math.min(chars.length, end - start);
  for (let length = 0; length < most; length += 1) {
    const code = chars.charCodeAt(length);
    if (code !== source.charCodeAt(start + length)) break;
    if (code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0c) words = length + 1;
  }
  return words;
};

const addText = (tokens: PageToken[], source: string, text: TextToken): void => {
  const last = tokens.at(-1);
  const before = last?.kind === 'text' && last.end === text.start ? last : undefined;
  const start = before ? repairedBoundary(source, before) : text.start;
  const exact = start === text.start && isExact(source, text);
  // The tokenizer splits at every space; one token per stretch keeps the list short.
  if (exact && before?.exact && before.place === text.place) {
    const growing: Growing = before;
    growing.end = text.end;
    return;
  }
  tokens.push({ ...text, start, exact });
};

/** Gives a stretch its text when it grows no more: word by word it would be built of a million pieces. */
export const settle = (text: TextToken, source: string): void => {
  const growing: Growing = text;
  if (text.exact && text.chars.length < text.end - text.start)
    growing.chars = source.slice(text.start, text.end);
};

/**
 * Where a character reference comes first after a space, the tokenizer has the two texts meet inside of it (`&am|p;`).
 * Cutting there would make another reference of its beginning, so the boundary moves to before it.
 */
const repairedBoundary = (source: string, before: TextToken): number => {
  const { start, end } = before;
  // Nearly every boundary is at a space; this runs at every word.
  if (!isOfReference(source.charCodeAt(end - 1)) || !isOfReference(source.charCodeAt(end))) return end;
  const from = Math.max(start, end - MAX_REFERENCE_LENGTH);
  const ampersand = from + source.slice(from, end).lastIndexOf('&');
  if (ampersand < from) return end;
  const reference = /^&(?:#x[0-9a-f]+|#\d+|[a-z][a-z0-9]*);?/i.exec(
    source.slice(ampersand, end + MAX_REFERENCE_LENGTH),
  );
  if (!reference || ampersand + reference[0].length <= end) return end;
  const growing: Growing = before;
  settle(before, source);
  growing.end = ampersand;
  growing.exact = isExact(source, before);
  return ampersand;
};

/** Letters, digits and what else a reference may be written with. */
const isOfReference = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x30 && code <= 0x39) ||
  code === AMPERSAND ||
  code === HASH ||
  code === SEMICOLON ||
  code === UNDERSCORE;

const [AMPERSAND, HASH, SEMICOLON, UNDERSCORE] = [0x26, 0x23, 0x3b, 0x5f];

/** The longest named one has 33 characters; leading zeros can make a number longer, and then nothing is repaired. */
const MAX_REFERENCE_LENGTH = 64;

const isExact = (
  source: string,
  { start, end, chars }: Pick<TextToken, 'start' | 'end' | 'chars'>,
): boolean => end - start === chars.length && source.startsWith(chars, start);
