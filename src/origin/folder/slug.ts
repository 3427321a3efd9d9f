/** Turns a name in any script into one part of an address. */

/**
 * Lower case, words joined by `-`, letters and digits of every script kept: an article written in Chinese has a Chinese address.
 * Gives '' when nothing usable is left.
 */
export const slugOf = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
    .replace(/^[-\p{M}]+|-+$/gu, '')
    .slice(0, 120);
