/** Knows every run of the withheld text, and tells whether another text carries one: the guard against copies. */

/** Length in normalised characters from which a run counts as a copy. */
export const RUN_LENGTH = 12;
/** Length of a run in letters and digits alone, which markup, punctuation and spacing can't break up. */
const LETTER_RUN_LENGTH = 32;
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
  runsIn(normalised: string): { readonly start: number; readonly end: number }[];
}

/**
 * @param withheld may begin a little before the cut: a copy that crosses it is a copy.
 * @param allowed what everybody may read, the preview: its runs are no secret, wherever they stand.
 */
export const withheldRuns = (withheld: string, allowed: string): WithheldRuns => {
  const plain = normalise(withheld);
  // On the page a space sets the preview off from what is around it, which gives nothing away.
  const known = normalise(` ${allowed} `);
  const plainTable = runTable(plain, known, RUN_LENGTH);
  const letterTable = runTable(lettersOf(plain), lettersOf(known), LETTER_RUN_LENGTH);
  const carriedBy = (text: string, atLeast: number): boolean => {
    if (text.length < RUN_LENGTH || plainTable.empty) return false;
    const normalised = normalise(text);
    if (plainTable.longestIn(normalised, atLeast) >= atLeast) return true;
    if (normalised.length < LETTER_RUN_LENGTH || letterTable.empty) return false;
    return (
      letterTable.longestIn(lettersOf(normalised), Math.max(atLeast, LETTER_RUN_LENGTH)) >=
      Math.max(atLeast, LETTER_RUN_LENGTH)
    );
  };
  const longest = plainTable.longestIn(plain, LONG_ENOUGH);
  return { empty: plainTable.empty, longest, carriedBy, runsIn: plainTable.runsIn };
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
  return /\s\s|[^\S ]/.test(lower) ? lower.replace(/\s+/g, ' ') : lower;
};

const lettersOf = (normalised: string): string => normalised.replace(/[^\p{L}\p{N}]+/gu, '');

interface RunTable {
  readonly empty: boolean;
  /** Length of the longest run, or the first found that is `enough`; 0 for none. */
  longestIn(text: string, enough: number): number;
  runsIn(text: string): { start: number; end: number }[];
}

/** All substrings of one length of a text, without those of another, found by rolling hash and then compared. */
const runTable = (text: string, except: string, size: number): RunTable => {
  const known = substrings(except, size);
  const own = substrings(text, size, (at) => known.has(except, text, at));
  const runsIn = (other: string, enough = Number.POSITIVE_INFINITY): { start: number; end: number }[] => {
    const runs: { start: number; end: number }[] = [];
    let last: { start: number; end: number } | undefined;
    if (own.count === 0) return runs;
    eachHash(other, size, (at, hash) => {
      if (!own.hasHashed(text, other, at, hash)) return true;
      if (last && last.end === at + size - 1) last.end = at + size;
      else {
        last = { start: at, end: at + size };
        runs.push(last);
      }
      return last.end - last.start < enough;
    });
    return runs;
  };
  const longestIn = (other: string, enough: number): number =>
    runsIn(other, enough).reduce((longest, { start, end }) => Math.max(longest, end - start), 0);
  return { empty: own.count === 0, longestIn, runsIn: (other) => runsIn(other) };
};

interface SubstringSet {
  readonly count: number;
  has(text: string, other: string, at: number): boolean;
  hasHashed(text: string, other: string, at: number, hash: number): boolean;
}

/** An open-addressing table of positions: a set of strings would hold a copy of the text a dozen times over. */
const substrings = (text: string, size: number, leaveOut?: (at: number) => boolean): SubstringSet => {
  const mask = tableSize(text.length) - 1;
  const slots = new Int32Array(mask + 1);
  let count = 0;
  const hasHashed = (of: string, other: string, at: number, hash: number): boolean => {
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const position = slots[slot] ?? 0;
      if (position === 0) return false;
      if (sameAt(of, position - 1, other, at, size)) return true;
    }
  };
  eachHash(text, size, (at, hash) => {
    if (hasHashed(text, text, at, hash) || leaveOut?.(at)) return true;
    let slot = hash & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = at + 1;
    count += 1;
    return true;
  });
  const has = (of: string, other: string, at: number): boolean =>
    hasHashed(of, other, at, hashAt(other, at, size));
  return { count, has, hasHashed };
};

const tableSize = (length: number): number => 2 ** Math.max(4, Math.ceil(Math.log2(length * 2 + 1)));

const sameAt = (one: string, at: number, other: string, otherAt: number, size: number): boolean => {
  for (let index = 0; index < size; index += 1) {
    if (one.charCodeAt(at + index) !== other.charCodeAt(otherAt + index)) return false;
  }
  return true;
};

const FACTOR = 0x01000193;

const hashAt = (text: string, at: number, size: number): number => {
  let hash = 0;
  for (let index = 0; index < size; index += 1)
    hash = (Math.imul(hash, FACTOR) + text.charCodeAt(at + index)) | 0;
  return mixed(hash);
};

/** Rolling hashes keep neighbours apart in their high bits only, and the table looks at the low ones. */
const mixed = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ (hash >>> 12);

/** Visits every substring of `size`; stops when told so. */
const eachHash = (text: string, size: number, visit: (at: number, hash: number) => boolean): void => {
  let leaving = 1;
  for (let index = 1; index < size; index += 1) leaving = Math.imul(leaving, FACTOR);
  let hash = 0;
  for (let end = 0; end < text.length; end += 1) {
    if (end >= size) hash = (hash - Math.imul(text.charCodeAt(end - size), leaving)) | 0;
    hash = (Math.imul(hash, FACTOR) + text.charCodeAt(end)) | 0;
    if (end >= size - 1 && !visit(end - size + 1, mixed(hash))) return;
  }
};
