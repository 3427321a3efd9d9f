/** Adds the tokenizer's pieces of text to a page's tokens, with boundaries that agree with the source. */
import type { PageToken, TextToken } from './parsed-page.ts';

type Growing = { -readonly [Key in 'end' | 'chars' | 'exact']: TextToken[Key] };

export const addText = (tokens: PageToken[], source: string, text: TextToken): void => {
  const last = tokens.at(-1);
  const before = last?.kind === 'text' && last.end === text.start ? last : undefined;
  const start = before ? repairedBoundary(source, before) : text.start;
  const exact = start === text.start && isExact(source, text);
  // The tokenizer splits at every space; one token per stretch keeps the list short.
  if (exact && before?.exact && before.place === text.place) {
    const growing: Growing = before;
    growing.end = text.end;
    growing.chars += text.chars;
    return;
  }
  tokens.push({ ...text, start, exact });
};

/**
 * Where a character reference comes first after a space, the tokenizer has the two texts meet inside of it (`&am|p;`).
 * Cutting there would make another reference of its beginning, so the boundary moves to before it.
 */
const repairedBoundary = (source: string, before: TextToken): number => {
  const { start, end } = before;
  // Nearly every boundary is at a space; this runs at every word.
  if (!/^[\w#&][\w#;]/.test(source.slice(end - 1, end + 1))) return end;
  const from = Math.max(start, end - MAX_REFERENCE_LENGTH);
  const ampersand = from + source.slice(from, end).lastIndexOf('&');
  if (ampersand < from) return end;
  const reference = /^&(?:#x[0-9a-f]+|#\d+|[a-z][a-z0-9]*);?/i.exec(
    source.slice(ampersand, end + MAX_REFERENCE_LENGTH),
  );
  if (!reference || ampersand + reference[0].length <= end) return end;
  const growing: Growing = before;
  growing.end = ampersand;
  growing.exact = isExact(source, before);
  return ampersand;
};

/** The longest named one has 33 characters; leading zeros can make a number longer, and then nothing is repaired. */
const MAX_REFERENCE_LENGTH = 64;

const isExact = (
  source: string,
  { start, end, chars }: Pick<TextToken, 'start' | 'end' | 'chars'>,
): boolean => end - start === chars.length && source.startsWith(chars, start);
