/** How long an article takes to read. */

/** Of scripts that put spaces between words. */
const WORDS_PER_MINUTE = 230;
/** Of Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese, which are counted by characters. */
const CHARACTERS_PER_MINUTE = 400;

/** Whole minutes, rounded, and at least 1. Text in both kinds of script takes the time of both. */
export const readingMinutes = (text: string): number => {
  const characters = text.match(UNSPACED)?.length ?? 0;
  const words = text.replace(UNSPACED, ' ').match(WORD)?.length ?? 0;
  return Math.max(1, Math.round(words / WORDS_PER_MINUTE + characters / CHARACTERS_PER_MINUTE));
};

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu;
