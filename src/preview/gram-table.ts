/** A set of a text's substrings of one length, found again in other texts by rolling hash, and then compared. */

export interface GramTable {
  readonly size: number;
  /** How many different ones it holds. */
  readonly count: number;
  /** Calls `hit` for every substring of `other` that it holds, with where that stands in the table's own text; stops when told so. */
  scan(other: string, hit: (at: number, ownAt: number) => boolean): void;
  /** Where in the table's own text the substring of `other` at `at` stands, whose key is known; -1 when it isn't held. */
  find(other: string, at: number, key: number): number;
}

interface GramOptions {
  readonly size: number;
  /** Holds only those that begin at every so manieth character: 1 for all of them. */
  readonly step?: number;
  /** Leaves out what another table of the same size holds. */
  readonly except?: GramTable;
}

/** @param text of no more than 8,388,607 characters: what comes after them is left out. */
export const gramTable = (text: string, { size, step = 1, except }: GramOptions): GramTable => {
  const length = Math.min(text.length, MAX_POSITION);
  const slots = new Int32Array(slotsFor(Math.ceil(length / step)));
  const held = bitSet(length);
  const leaving = leavingFactor(size);
  const isLeftOut = except && except.count > 0 ? except.find : undefined;
  let count = 0;
  let hash = 0;
  let twin = -1;
  for (let end = 0; end < length; end += 1) {
    const at = end - size + 1;
    hash = (imul(hash, FACTOR) + text.charCodeAt(end)) | 0;
    if (at > 0) hash = (hash - imul(text.charCodeAt(at - 1), leaving)) | 0;
    if (at < 0 || at % step !== 0) continue;
    // Texts repeat themselves in stretches: what stood there once more is known by one character, and needs no look-up.
    if (step === 1 && twin >= 0 && text.charCodeAt(twin + size) === text.charCodeAt(end)) {
      twin += 1;
      if (held.has(twin)) held.add(at);
      continue;
    }
    twin = -1;
    const key = mixed(hash);
    if (isLeftOut && isLeftOut(text, at, key) >= 0) continue;
    held.add(at);
    const slot = slotFor(slots, text, size, text, at, key);
    const entry = slots[slot] ?? 0;
    if (entry !== 0) twin = (entry & MAX_POSITION) - 1;
    else {
      slots[slot] = (key & TAG) | (at + 1);
      count += 1;
    }
  }
  const find = (other: string, at: number, key: number): number =>
    ((slots[slotFor(slots, text, size, other, at, key)] ?? 0) & MAX_POSITION) - 1;
  const scan: GramTable['scan'] = (other, hit) => {
    let rolling = 0;
    let own = -1;
    for (let end = 0; end < other.length; end += 1) {
      const at = end - size + 1;
      rolling = (imul(rolling, FACTOR) + other.charCodeAt(end)) | 0;
      if (at > 0) rolling = (rolling - imul(other.charCodeAt(at - 1), leaving)) | 0;
      if (at < 0) continue;
      if (
        step === 1 &&
        own >= 0 &&
        own + size < length &&
        text.charCodeAt(own + size) === other.charCodeAt(end)
      ) {
        own += 1;
        if (held.has(own) && !hit(at, own)) return;
        continue;
      }
      own = find(other, at, mixed(rolling));
      if (own >= 0 && !hit(at, own)) return;
    }
  };
  return { size, count, find, scan: count > 0 ? scan : () => undefined };
};

/** The slot that holds the substring, or the empty one where it would go. A position alone in each: a set of strings would hold a copy of the text a dozen times over. */
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
    // Nearly every other substring shows by the part of its key beside its position: to look it up would miss the caches.
    if (((entry ^ key) & TAG) === 0 && isSame(text, (entry & MAX_POSITION) - 1, other, at, size)) return slot;
  }
};

/** The lower bits of a slot are a position and one, the upper ones a part of the key. */
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

const bitSet = (length: number) => {
  const words = new Int32Array((length >>> 5) + 1);
  return {
    has: (at: number): boolean => (((words[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1,
    add: (at: number): void => {
      words[at >>> 5] = (words[at >>> 5] ?? 0) | (1 << (at & 31));
    },
  };
};

/** Looked up once: where code runs in a context of its own, as it does in tests, finding `Math` costs more than the sum. */
const { imul } = Math;

const FACTOR = 0x01000193;

const leavingFactor = (size: number): number => {
  let factor = 1;
  for (let index = 0; index < size; index += 1) factor = imul(factor, FACTOR);
  return factor;
};

/** Rolling hashes keep neighbours apart in their high bits only. */
const mixed = (hash: number): number => imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
