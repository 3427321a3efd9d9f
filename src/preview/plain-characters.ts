/** Which characters are what readers see as one: those that join neither with each other nor with anything before them. */

/** @param code a UTF-16 unit. Halves of a pair aren't plain; NaN, past a text's end, isn't either. */
export const isPlainCharacter = (code: number): boolean => {
  // An end of line joins with a carriage return alone, which isn't plain itself.
  if (code < 0x300) return code >= 0x20 || code === 0x0a;
  table ??= plainTable();
  return table[code] === 1;
};

let table: Uint8Array | undefined;

/** Made when the first text comes that isn't in Latin letters: it takes some milliseconds. */
const plainTable = (): Uint8Array => {
  const plain = new Uint8Array(0x10000);
  for (let code = 0x300; code < 0xd800; code += 1) if (isPlain(String.fromCharCode(code))) plain[code] = 1;
  for (let code = 0xe000; code < 0x10000; code += 1) if (isPlain(String.fromCharCode(code))) plain[code] = 1;
  return plain;
};

const isPlain = (character: string): boolean => VISIBLE.test(character) && !JOINING.test(character);

const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}\p{Zs}]/u;

/**
 * Of these: emoji, the letters that Hangul syllables are made of, signs that go before a letter (Malayalam’s dot reph),
 * vowels of Thai and Lao, and the half-width sound marks of Japanese.
 */
const JOINING =
  /[\p{Extended_Pictographic}\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\u0d4e\u0e33\u0eb3\uff9e\uff9f]/u;
