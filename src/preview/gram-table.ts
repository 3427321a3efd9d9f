/** A set of a text's substrings of one length, found again in other texts by rolling hash, and then compared. */

export interface GramTable {
  readonly size: number;
  /** How many different ones it holds. */
  readonly count: number;
  /** Calls `hit` for every substring of `other` that is in the table, with where it stands in the table's own text; stops when told so. */
  scan(other: string, hit: (at: number, ownAt: number) => boolean): void;
  /** Where in the table's own text the substring of `other` at `at` stands, whose hash is known; -1 when it doesn't. */
  find(other: string, at: number, hash: number): number;
}

interface GramOptions {
  readonly size: number;
  /** Holds only those that begin at every so manieth character; 1 for all of them. */
  readonly step?: number;
  /** Leaves out what another table of the same size holds. */
  readonly except?: GramTable;
}

/** @param text of no more than 8,388,607 characters: what comes after them is left out. */
export const gramTable = (text: string, { size, step = 1, except }: GramOptions): GramTable => {
  const length = Math.min(text.length, MAX_POSITION);
  const mask = slotsFor(Math.ceil(length / step)) - 1;
  // A position alone in each slot: a set of strings would hold a copy of the text a dozen times over.
  const slots = new Int32Array(mask + 1);
  const leaving = leavingFactor(size);
  let count = 0;
  let hash = 0;
  for (let end = 0; end < length; end += 1) {
    const at = end - size + 1;
    hash = (imul(hash, FACTOR) + text.charCodeAt(end)) | 0;
    if (at > 0) hash = (hash - imul(text.charCodeAt(at - 1), leaving)) | 0;
    if (at < 0 || at % step !== 0) continue;
    const key = mixed(hash);
    if (except && except.count > 0 && except.find(text, at, key) >= 0) continue;
    const slot = slotFor(slots, text, size, text, at, key);
    if (slots[slot] !== 0) continue;
    slots[slot] = (key & TAG) | (at + 1);
    count += 1;
  }
  const find = (other: string, at: number, key: number): number =>
    ((slots[slotFor(slots, text, size, other, at, key)] ?? 0) & MAX_POSITION) - 1;
  return {
    size,
    count,
    find,
    scan: (other, hit) => {
      if (count > 0) scanWith(find, size, leaving, other, hit);
    },
  };
};

const scanWith = (
  find: GramTable['find'],
  size: number,
  leaving: number,
  other: string,
  hit: (at: number, ownAt: number) => boolean,
): void => {
  let hash = 0;
  for (let end = 0; end < other.length; end += 1) {
    const at = end - size + 1;
    hash = (imul(hash, FACTOR) + other.charCodeAt(end)) | 0;
    if (at > 0) hash = (hash - imul(other.charCodeAt(at - 1), leaving)) | 0;
    if (at < 0) continue;
    const ownAt = find(other, at, mixed(hash));
    if (ownAt >= 0 && !hit(at, ownAt)) return;
  }
};

/** The slot that holds the substring, or the empty one where it would go. */
const slotFor = (
  slots: Int32Array,
  text: string,
  size: number,
  other: string,
  at: number,
  key: number,
): number => {
  const mask = slots.length - 1;
  for (let slot = (key ^ (key >>> 13)) & mask; ; slot = (slot + 1) & mask) {
    const entry = slots[slot] ?? 0;
    if (entry === 0) return slot;
    // Nearly every other substring shows by the part of its hash beside its position: to look it up would miss the caches.
    if (((entry ^ key) & TAG) === 0 && isSame(text, (entry & MAX_POSITION) - 1, other, at, size)) return slot;
  }
};

/** The lower bits of a slot are a position and one, the upper ones a part of the hash. */
const MAX_POSITION = 0x7fffff;
const TAG = ~MAX_POSITION;

/** At most half of them are taken. */
const slotsFor = (entries: number): number => 2 ** Math.max(4, Math.ceil(Math.log2(entries * 2 + 1)));

const isSame = (one: string, at: number, other: string, otherAt: number, size: number): boolean => {
  for (let index = 0; index < size; index += 1) {
    if (one.charCodeAt(at + index) !== other.charCodeAt(otherAt + index)) return false;
  }
  return true;
};

const FACTOR = 0x01000193;
/** Looked up once: where code runs in a context of its own, as it does in tests, finding `Math` costs more than the sum. */
const { imul } = Math;

const leavingFactor = (size: number): number => {
  let factor = 1;
  for (let index = 0; index < size; index += 1) factor = imul(factor, FACTOR);
  return factor;
};

/** Rolling hashes keep neighbours apart in their high bits only. */
const mixed = (hash: number): number => imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
