/** A set of a text's substrings of one length, found again in other texts by rolling hash, and then compared. */

export interface GramTable {
  readonly size: number;
  /** How many different ones it holds. */
  readonly count: number;
  /**
   * Calls `hit` for every substring of `other` that it holds, with where that stands in the table's own text; stops when told so. No
   * other scan may begin meanwhile.
   */
  scan(other: string, hit: (at: number, ownAt: number) => boolean): void;
  /** Where in the table's own text the substring of `other` at `at` stands, whose key is known; -1 when it isn't held. */
  find(other: Uint16Array, at: number, key: number): number;
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
  const own = codesOf(text, length);
  const most = Math.max(0, Math.ceil((length - size + 1) / step));
  const held = bitSet(length);
  const first = bitSet(length);
  const isLeftOut = except && except.count > 0 ? except.find : undefined;
  let slots: Int32Array = new Int32Array(slotsFor(Math.min(most, Math.max(BATCH, most / REPEATED))));
  const keysOf = rollingKeys(size, step);
  let count = 0;
  let twin = -1;
  let lookUps = BATCH;
  for (let from = 0; from + size <= length; from += BATCH) {
    const to = Math.min(from + BATCH, length - size + 1);
    const keys = keysOf(own, from, to, lookUps > RARE ? slots : NONE);
    lookUps = 0;
    for (let at = from; at < to; at += 1) {
      if (step !== 1 && at % step !== 0) continue;
      // Texts repeat themselves in stretches: what stood there once more is known by one character, and needs no look-up.
      if (step === 1 && twin >= 0 && own[twin + size] === own[at + size - 1]) {
        twin += 1;
        if (held.has(twin)) held.add(at);
        continue;
      }
      twin = -1;
      const key = keys[at - from] as number;
      if (isLeftOut && isLeftOut(own, at, key) >= 0) continue;
      held.add(at);
      lookUps += 1;
      const slot = slotFor(slots, own, size, own, at, key);
      const entry = slots[slot] as number;
      if (entry !== 0) twin = (entry & MAX_POSITION) - 1;
      else {
        slots[slot] = (key & TAG) | (at + 1);
        first.add(at);
        count += 1;
      }
    }
    // There is always room for the next batch.
    if (slots.length < slotsFor(most) && (count + BATCH) * 2 > slots.length)
      slots = refilled(own, to, first, size, slotsFor(most));
  }
  const find: GramTable['find'] = (other, at, key) =>
    ((slots[slotFor(slots, own, size, other, at, key)] as number) & MAX_POSITION) - 1;
  const scan: GramTable['scan'] = (text, hit) => {
    if (text.length < size) return;
    const other = scratchCodes(text);
    const keysIn = rollingKeys(size, 1, scanKeys);
    let ownAt = -1;
    for (let from = 0; from + size <= text.length; from += BATCH) {
      const to = Math.min(from + BATCH, text.length - size + 1);
      const keys = keysIn(other, from, to, slots);
      for (let at = from; at < to; at += 1) {
        const goesOn = step === 1 && ownAt >= 0 && ownAt + size < length;
        if (goesOn && own[ownAt + size] === other[at + size - 1]) {
          ownAt += 1;
          if (held.has(ownAt) && !hit(at, ownAt)) return;
          continue;
        }
        ownAt = find(other, at, keys[at - from] as number);
        if (ownAt >= 0 && !hit(at, ownAt)) return;
      }
    }
  };
  return { size, count, find, scan: count > 0 ? scan : () => undefined };
};

/** In substrings. */
const BATCH = 256;
/** So few look-ups in a batch aren't worth asking ahead. */
const RARE = BATCH / 4;
const NONE = new Int32Array(1);
/** A large text mostly says what it said before, one substring in so many is new: a table for all of them would be far too large. */
const REPEATED = 8;

const refilled = (
  own: Uint16Array,
  end: number,
  first: ReturnType<typeof bitSet>,
  size: number,
  room: number,
): Int32Array => {
  const slots = new Int32Array(room);
  const mask = room - 1;
  const keysOf = rollingKeys(size, 1);
  for (let from = 0; from < end; from += BATCH) {
    const to = Math.min(from + BATCH, end);
    const keys = keysOf(own, from, to, slots);
    for (let at = from; at < to; at += 1) {
      if (!first.has(at)) continue;
      const key = keys[at - from] as number;
      let slot = firstSlot(key, mask);
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (key & TAG) | (at + 1);
    }
  }
  return slots;
};

/**
 * The keys of neighbouring substrings, a batch after the other. The table of a large text is far larger than what the processor has at
 * hand, and waiting for each slot by itself took most of the time that cutting took: so all slots of a batch are asked for
 * before the first one is needed.
 */
const rollingKeys = (size: number, step: number, keys = new Int32Array(BATCH + 1)) => {
  const leaving = leavingFactor(size);
  let hash = 0;
  return (codes: Uint16Array, from: number, to: number, slots: Int32Array): Int32Array => {
    const mask = slots.length - 1;
    // The first substring but for its last character.
    if (from === 0)
      for (let end = 0; end < size - 1; end += 1) hash = (imul(hash, FACTOR) + (codes[end] as number)) | 0;
    let slotsTouched = 0;
    for (let at = from; at < to; at += 1) {
      hash = (imul(hash, FACTOR) + (codes[at + size - 1] as number)) | 0;
      if (at > 0) hash = (hash - imul(codes[at - 1] as number, leaving)) | 0;
      const key = mixed(hash);
      keys[at - from] = key;
      if (step === 1 || at % step === 0) slotsTouched ^= slots[firstSlot(key, mask)] as number;
    }
    // Never read: what is asked for and kept nowhere, a compiler may leave out.
    keys[BATCH] = slotsTouched;
    return keys;
  };
};

const codesOf = (text: string, length: number): Uint16Array => written(text, new Uint16Array(length), length);

/** Of what is scanned: a page has a hundred thousand texts, and most of them are short. */
const scanKeys = new Int32Array(BATCH + 1);
const scanCodes = new Uint16Array(1 << 13);

const scratchCodes = (text: string): Uint16Array =>
  text.length > scanCodes.length ? codesOf(text, text.length) : written(text, scanCodes, text.length);

const written = (text: string, codes: Uint16Array, length: number): Uint16Array => {
  for (let at = 0; at < length; at += 1) codes[at] = text.charCodeAt(at);
  return codes;
};

const firstSlot = (key: number, mask: number): number => (key ^ (key >>> 13)) & mask;

/** The slot that holds the substring, or the empty one where it would go. A position alone in each: a set of strings would hold a copy of the text a dozen times over. */
const slotFor = (
  slots: Int32Array,
  own: Uint16Array,
  size: number,
  other: Uint16Array,
  at: number,
  key: number,
): number => {
  const mask = slots.length - 1;
  for (let slot = firstSlot(key, mask); ; slot = (slot + 1) & mask) {
    const entry = slots[slot] as number;
    if (entry === 0) return slot;
    // Nearly every other substring shows by the part of its key beside its position: to look it up would miss the caches.
    if (((entry ^ key) & TAG) === 0 && isSame(own, (entry & MAX_POSITION) - 1, other, at, size)) return slot;
  }
};

/** The lower bits of a slot are a position and one, the upper ones a part of the key. */
const MAX_POSITION = 0x7fffff;
const TAG = ~MAX_POSITION;

/** At most half of them are taken. */
const slotsFor = (entries: number): number => 2 ** Math.max(4, Math.ceil(Math.log2(entries * 2 + 1)));

const isSame = (one: Uint16Array, at: number, other: Uint16Array, otherAt: number, size: number): boolean => {
  for (let index = 0; index < size; index += 1) {
    if (one[at + index] !== other[otherAt + index]) return false;
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
