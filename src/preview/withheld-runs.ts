/** Knows every run of the withheld text, and tells whether another text carries one: the guard against copies. */

import { type GramTable, gramTable } from './gram-table.ts';

/** Length in normalised characters from which a run counts as a copy. */
export const RUN_LENGTH = 12;
/** Length of a run in letters and digits alone, which markup, punctuation and spacing can't break up. */
const LETTER_RUN_LENGTH = 32;
/** One in so many of the text's substrings of letters is looked for: a run that counts holds one whole, wherever it begins. */
const LETTER_STEP = 8;
const LETTER_GRAM = LETTER_RUN_LENGTH - LETTER_STEP + 1;
/** Twice the highest bound on a run: beyond it, how long makes no difference. */
const LONG_ENOUGH = 120;

export interface WithheldRuns {
  /** Nothing is long enough to be recognised. */
  readonly empty: boolean;
  /** Length of the longest run that any text can carry, as far as it matters. */
  readonly longest: number;
  /** Whether a run of at least this many normalised characters (never fewer than `RUN_LENGTH`) is in the text. */
  carriedBy(text: string, atLeast: number): boolean;
  /** Every maximal run in a text that is normalised already, as `[start, end)`. */
  runsIn(normalised: string): Run[];
}

interface Run {
  readonly start: number;
  readonly end: number;
}

/**
 * @param withheld may begin a little before the cut: a copy that crosses it is a copy.
 * @param allowed what everybody may read, the preview: its runs are no secret, wherever they stand.
 */
export const withheldRuns = (withheld: string, allowed: string): WithheldRuns => {
  const plain = normalise(withheld);
  // On the page a space sets the preview off from what is around it, which gives nothing away.
  const known = normalise(` ${allowed} `);
  const plainTable = gramTable(plain, {
    size: RUN_LENGTH,
    except: gramTable(known, { size: RUN_LENGTH }),
  });
  const letters = lettersOf(plain);
  const letterTable = gramTable(letters, {
    size: LETTER_GRAM,
    step: LETTER_STEP,
    except: gramTable(lettersOf(known), { size: LETTER_GRAM }),
  });
  const empty = plainTable.count === 0;
  const carriedBy = (text: string, atLeast: number): boolean => {
    if (text.length < RUN_LENGTH || empty) return false;
    const normalised = normalise(text);
    if (longestIn(plainTable, normalised, atLeast) >= atLeast) return true;
    if (normalised.length < LETTER_RUN_LENGTH || letterTable.count === 0) return false;
    return holdsLetters(letterTable, letters, lettersOf(normalised), Math.max(atLeast, LETTER_RUN_LENGTH));
  };
  const longest = longestIn(plainTable, plain, LONG_ENOUGH);
  return { empty, longest, carriedBy, runsIn: (normalised) => runsIn(plainTable, normalised) };
};

/**
 * Lower case, one space for any whitespace, one form for every quote and dash, no invisible characters: the differences
 * between a text and its copy in a script or an attribute.
 */
export const normalise = (text: string): string => {
  const lower = /^[\x20-\x7e]*$/.test(text)
    ? text.toLowerCase()
    : text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd\0]+/g, '')
        .replace(/[\u2018-\u201b\u2032\u02bc`]/g, "'")
        .replace(/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"')
        .replace(/[\u2010-\u2015\u2212]/g, '-');
  // Of single spaces, which are nearly all there are, none has to be replaced.
  return lower.replace(/\s{2,}|[^\S ]/g, ' ');
};

const lettersOf = (normalised: string): string =>
  /^[\0-\xff]*$/.test(normalised) ? latinLettersOf(normalised) : normalised.replace(/[^\p{L}\p{N}]+/gu, '');

const latinLettersOf = (text: string): string => {
  const letters = Buffer.allocUnsafe(text.length);
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (IS_LATIN_LETTER[code] === 1) {
      letters[count] = code;
      count += 1;
    }
  }
  return letters.toString('latin1', 0, count);
};

const IS_LATIN_LETTER = Uint8Array.from({ length: 0x100 }, (_, code) =>
  /[\p{L}\p{N}]/u.test(String.fromCharCode(code)) ? 1 : 0,
);

/** Every maximal run: a stretch whose every substring of the table's size is in it. */
const runsIn = (table: GramTable, other: string): Run[] => {
  const runs: { start: number; end: number }[] = [];
  let last: { start: number; end: number } | undefined;
  table.scan(other, (at) => {
    if (last && last.end === at + table.size - 1) last.end += 1;
    else {
      last = { start: at, end: at + table.size };
      runs.push(last);
    }
    return true;
  });
  return runs;
};

/** Length of the longest run, or of the first found that is `enough`; 0 for none. */
const longestIn = (table: GramTable, other: string, enough: number): number => {
  let longest = 0;
  let start = -1;
  let next = -1;
  table.scan(other, (at) => {
    if (at !== next) start = at;
    next = at + 1;
    longest = Math.max(longest, at + table.size - start);
    return longest < enough;
  });
  return longest;
};

/**
 * Whether so many letters in a row are a copy. The table holds some of the text's substrings only, but at least one of
 * every `LETTER_RUN_LENGTH` letters; between two that are found close to each other, and around them, the text itself tells.
 */
const holdsLetters = (table: GramTable, own: string, other: string, atLeast: number): boolean => {
  let start = -1;
  let last = Number.NEGATIVE_INFINITY;
  let holds = false;
  table.scan(other, (at, ownAt) => {
    if (at - last > LETTER_STEP) start = at - sameBefore(own, ownAt, other, at);
    last = at;
    const end = at + LETTER_GRAM + sameAfter(own, ownAt + LETTER_GRAM, other, at + LETTER_GRAM);
    holds = atLeast <= LETTER_RUN_LENGTH || end - start >= atLeast;
    return !holds;
  });
  return holds;
};

const sameBefore = (own: string, ownAt: number, other: string, at: number): number => {
  let length = 0;
  const most = Math.min(LETTER_STEP, at, ownAt);
  while (length < most && own.charCodeAt(ownAt - length - 1) === other.charCodeAt(at - length - 1))
    length += 1;
  return length;
};

const sameAfter = (own: string, ownEnd: number, other: string, end: number): number => {
  let length = 0;
  const most = Math.min(LETTER_STEP, other.length - end, own.length - ownEnd);
  while (length < most && own.charCodeAt(ownEnd + length) === other.charCodeAt(end + length)) length += 1;
  return length;
};
