/** A text reduced to what stays the same in every copy of it: its letters and digits, whatever escapes, tags and spacing they wear. */
import { endianness } from 'node:os';
import { decodeHTMLStrict } from 'entities';

/**
 * 16-bit codes, one or more for each letter or digit. Scripts that say more in a character weigh more, so that one
 * length of run fits all: three units for a character of Chinese or Japanese, two for Thai, Lao, Khmer and Burmese; Korean
 * syllables fall into their two or three letters by themselves.
 */
export interface Units {
  readonly codes: Uint16Array;
  /** Offset in the text of what each unit was read from; what it was read from ends before the next one's. */
  readonly at: Int32Array;
  readonly length: number;
}

export interface UnitReading {
  /** What stands outside of tags, whether they are written as tags or escaped. */
  readonly shown: Units;
  /** What stands within tags: names and attributes. */
  readonly inTags: Units;
  /** `[start, end)` of stretches long enough to be a text in base64. */
  readonly base64: readonly (readonly [number, number])[];
}

/**
 * One pass, linear in the text. Undone in it, however deep they are nested: JavaScript and JSON escapes, character references,
 * percent-encoding. Case, accents, width and punctuation fall away. The same function reads articles and answers, so what
 * it makes of something odd (a backslash in prose) it makes of both.
 *
 * The result is overwritten by the next call: whoever keeps it copies it.
 */
export const readUnits = (text: string): UnitReading => {
  const room = text.length * MAX_WEIGHT + 8;
  const progress = { ...beginning(), shown: roomy(shownUnits, room), inTags: roomy(tagUnits, room) };
  readOn(text, progress, text.length);
  return progress;
};

/** One block's units, after the last of those before it. */
export interface BlockReading extends UnitReading {
  /** How many units of the text stand before the first one here. */
  readonly before: { readonly shown: number; readonly inTags: number };
  /** Offset in the text where the next block begins. */
  readonly end: number;
}

/**
 * The same block by block, each with the last `kept` units of before: its units all at once would take eighteen times the
 * text's size, while those of a block stay where the processor has them at hand. A block is overwritten by whatever is read next; what
 * the next block needs of it is kept here. The last one ends where the text does.
 */
export const blockReader = (text: string, kept: number): (() => BlockReading) => {
  const state: Progress = { ...beginning(), shown: blockShown, inTags: blockTags };
  const shown = tailOf(kept);
  const inTags = tailOf(kept);
  return () => {
    const before = { shown: putBack(shown, blockShown), inTags: putBack(inTags, blockTags) };
    readOn(text, state, Math.min(state.at + BLOCK, text.length));
    keepLast(blockShown, shown);
    keepLast(blockTags, inTags);
    const { base64, at: end } = state;
    return { shown: blockShown, inTags: blockTags, base64, before, end };
  };
};

interface Tail {
  readonly codes: Uint16Array;
  readonly at: Int32Array;
  length: number;
  /** Units of the text before it. */
  before: number;
}

const tailOf = (kept: number): Tail => ({
  codes: new Uint16Array(kept),
  at: new Int32Array(kept),
  length: 0,
  before: 0,
});

const putBack = (tail: Tail, units: Growing): number => {
  for (let index = 0; index < tail.length; index += 1) {
    units.codes[index] = tail.codes[index] as number;
    units.at[index] = tail.at[index] as number;
  }
  units.length = tail.length;
  return tail.before;
};

const keepLast = (units: Growing, tail: Tail): void => {
  const from = Math.max(0, units.length - tail.codes.length);
  tail.length = units.length - from;
  tail.before += from;
  for (let index = 0; index < tail.length; index += 1) {
    tail.codes[index] = units.codes[from + index] as number;
    tail.at[index] = units.at[from + index] as number;
  }
};

interface Progress {
  readonly shown: Growing;
  readonly inTags: Growing;
  readonly base64: [number, number][];
  at: number;
  inTag: boolean;
  runStart: number;
  lineStart: number;
}

const beginning = (): Omit<Progress, 'shown' | 'inTags'> => ({
  base64: [],
  at: 0,
  inTag: false,
  runStart: 0,
  lineStart: 0,
});

const readOn = (text: string, progress: Progress, to: number): void => {
  while (progress.at < to) readPiece(text, progress, Math.min(progress.at + BLOCK, to));
};

/** Nearly every character is a letter: what changes with each of them is a variable here, and no object's field. */
const readPiece = (text: string, progress: Progress, to: number): void => {
  const { base64, at: from } = progress;
  let { at, inTag, runStart, lineStart } = progress;
  let into = inTag ? progress.inTags : progress.shown;
  let { codes, at: places, length } = into;
  fillPiece(text.slice(from, to));
  while (at < to) {
    const code = piece[at - from] as number;
    const unit = code < 128 ? (ASCII[code] as number) : (SINGLE[code] as number);
    if (unit > MARK) {
      places[length] = at;
      codes[length] = unit;
      length += 1;
      if (code >= 128) {
        if (at - runStart >= MIN_BASE64) base64.push([runStart, at]);
        runStart = at + 1;
        lineStart = at + 1;
      }
      at += 1;
      continue;
    }
    if (unit < MARK) {
      if (unit !== BASE64_MARK) {
        if (unit !== SPACE || !goesOn(runStart, lineStart, at)) {
          if (at - runStart >= MIN_BASE64) base64.push([runStart, at]);
          runStart = at + 1;
        }
        lineStart = at + 1;
      }
      at += 1;
      continue;
    }
    const next = decodedAt(text, at);
    const point = decodedPoint;
    const nowInTag = point === LESS && opensTag(text.charCodeAt(next)) ? true : point !== GREATER && inTag;
    into.length = length;
    if (nowInTag !== inTag) {
      inTag = nowInTag;
      into = inTag ? progress.inTags : progress.shown;
      codes = into.codes;
      places = into.at;
    } else append(into, point, at);
    length = into.length;
    if (!isEscapedMark(point, text, next)) {
      if (!isEscapedSpace(point, text, next) || !goesOn(runStart, lineStart, at)) {
        if (at - runStart >= MIN_BASE64) base64.push([runStart, at]);
        runStart = next;
      }
      lineStart = next;
    }
    at = next;
  }
  into.length = length;
  // An escape may reach past `to`.
  if (at >= text.length && at - runStart >= MIN_BASE64) base64.push([runStart, at]);
  progress.at = at;
  progress.inTag = inTag;
  progress.runStart = runStart;
  progress.lineStart = lineStart;
};

interface Growing {
  codes: Uint16Array;
  at: Int32Array;
  length: number;
}

const MAX_WEIGHT = 3;
/** A run that counts is longer once it is written in base64. */
const MIN_BASE64 = 60;

/** Kept between calls: fresh memory for each answer costs more than reading it. */
const shownUnits: Growing = { codes: new Uint16Array(0), at: new Int32Array(0), length: 0 };
const tagUnits: Growing = { codes: new Uint16Array(0), at: new Int32Array(0), length: 0 };
const mostKept = 1 << 22;

const roomy = (units: Growing, room: number): Growing => {
  if (units.codes.length < room || (units.codes.length > mostKept && room < mostKept)) {
    units.codes = new Uint16Array(room);
    units.at = new Int32Array(room);
  }
  units.length = 0;
  return units;
};

/** In characters. */
const BLOCK = 8_192;
/** With room for what is kept of the block before. */
const blockUnits = (): Growing => {
  const room = BLOCK * MAX_WEIGHT + 1_024;
  return { codes: new Uint16Array(room), at: new Int32Array(room), length: 0 };
};
const blockShown = blockUnits();
const blockTags = blockUnits();

/** What is read now, without a string's many forms in between. */
const piece = new Uint16Array(BLOCK);
const pieceBytes = Buffer.from(piece.buffer);
const isBigEndian = endianness() === 'BE';

const fillPiece = (text: string): void => {
  pieceBytes.write(text, 'utf16le');
  if (isBigEndian) pieceBytes.swap16();
};

const LESS = 0x3c;
const GREATER = 0x3e;
const BACKSLASH = 0x5c;
const AMPERSAND = 0x26;
const PERCENT = 0x25;
const NUMBER_SIGN = 0x23;
const SLASH = 0x2f;

/** Up to this a table entry is no unit: `MARK` has to be looked at, and below it stands what is passed over, by what it does to base64. */
const MARK = 3;
const BASE64_MARK = 2;
const SPACE = 1;
const ASCII = new Uint16Array(128);
for (let code = 0x30; code <= 0x39; code += 1) ASCII[code] = code;
for (let code = 0x61; code <= 0x7a; code += 1) {
  ASCII[code] = code;
  ASCII[code - 32] = code;
}
for (const code of [LESS, GREATER, BACKSLASH, AMPERSAND, PERCENT]) ASCII[code] = MARK;
for (const mark of '+/-_=') ASCII[mark.charCodeAt(0)] = BASE64_MARK;
for (const space of ' \t\n\v\f\r') ASCII[space.charCodeAt(0)] = SPACE;

/** Mail and certificates have base64 in lines: what is so long and holds no space is a line of it, and the next one goes on. */
const MIN_BASE64_LINE = 48;

/** @param at where white space stands: after a line, or after other white space that ended one */
const goesOn = (runStart: number, lineStart: number, at: number): boolean =>
  at - lineStart >= MIN_BASE64_LINE || (at === lineStart && lineStart > runStart);

const isSpace = (code: number): boolean => ASCII[code] === SPACE;

/** An escape that stands for the end of a line, as a text in JSON has it. */
const isEscapedSpace = (point: number, text: string, next: number): boolean =>
  point === NOTHING ? 'nrt'.includes(text.charAt(next - 1)) : isSpace(point);

/** `\\/`, as PHP writes a slash in JSON, or `%2B`: the base64 round it goes on. */
const isEscapedMark = (point: number, text: string, next: number): boolean =>
  point === NOTHING ? text.charCodeAt(next) === SLASH : isBase64Mark(point);

/** `+ / - _ =`, which stand within base64 and are no letters. */
const isBase64Mark = (code: number): boolean => ASCII[code] === BASE64_MARK;

const opensTag = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x41 && code <= 0x5a) ||
  code === 0x2f ||
  code === 0x21 ||
  code === 0x3f;

/** What `decodedAt` read; a number beside the offset, since an object for each escape would cost more than the pass. */
let decodedPoint = 0;

/** Nothing: an escape for white space, or one that stands for no character. */
const NOTHING = -1;

/** Reads one character from `at`, through as many escapes as it wears; returns where the next one begins. */
const decodedAt = (text: string, at: number): number => {
  const next = undoneAt(text, at);
  // `\u0026quot;`: what was undone begins a reference.
  return decodedPoint === AMPERSAND && next > at + 1 ? referenceAt(text, next - 1) : next;
};

const keep = (point: number, next: number): number => {
  decodedPoint = point;
  return next;
};

const undoneAt = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  if (code === BACKSLASH) return escapeAt(text, at);
  if (code === AMPERSAND) return referenceAt(text, at);
  if (code === PERCENT) return percentAt(text, at);
  const point = text.codePointAt(at) ?? 0;
  return keep(point, at + (point > 0xffff ? 2 : 1));
};

/** However many backslashes there are: JSON within JSON doubles them. */
const escapeAt = (text: string, at: number): number => {
  let from = at + 1;
  while (text.charCodeAt(from) === BACKSLASH) from += 1;
  const kind = text[from];
  if (kind === 'u' && text[from + 1] === '{') {
    const end = text.indexOf('}', from + 2);
    const point = end > 0 && end <= from + 8 ? hexIn(text, from + 2, end) : -1;
    if (point >= 0) return keep(point, end + 1);
  }
  if (kind === 'u') {
    const unit = hexIn(text, from + 1, from + 5);
    if (unit >= 0) return surrogateAt(text, unit, from + 5);
  }
  if (kind === 'x') {
    const byte = hexIn(text, from + 1, from + 3);
    if (byte >= 0) return keep(byte, from + 3);
  }
  if (kind !== undefined && 'nrtbfv0'.includes(kind)) return keep(NOTHING, from + 1);
  return keep(NOTHING, from);
};

/** The second half of a pair follows in an escape of its own. */
const surrogateAt = (text: string, unit: number, next: number): number => {
  if (unit < 0xd800 || unit > 0xdbff || text.charCodeAt(next) !== BACKSLASH) return keep(unit, next);
  let from = next + 1;
  while (text.charCodeAt(from) === BACKSLASH) from += 1;
  const low = text[from] === 'u' ? hexIn(text, from + 1, from + 5) : -1;
  if (low < 0xdc00 || low > 0xdfff) return keep(unit, next);
  return keep(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), from + 5);
};

const LONGEST_NAME = 32;

/** The reference whose name begins after `ampersand`; `&amp;lt;` is one, as often as somebody escaped what was escaped. */
const referenceAt = (text: string, ampersand: number): number => {
  for (let at = ampersand; ; ) {
    const next = text.charCodeAt(at + 1) === NUMBER_SIGN ? numberedAt(text, at) : namedAt(text, at);
    if (next < 0) return keep(AMPERSAND, at + 1);
    if (decodedPoint !== AMPERSAND) return next;
    at = next - 1;
  }
};

const namedAt = (text: string, at: number): number => {
  let end = at + 1;
  while (end - at < LONGEST_NAME && isNameCharacter(text.charCodeAt(end))) end += 1;
  if (end === at + 1 || text[end] !== ';') return -1;
  const point = namedPoint(text.slice(at + 1, end + 1));
  return point === undefined ? -1 : keep(point, end + 1);
};

const isNameCharacter = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);

const numberedAt = (text: string, at: number): number => {
  const isHex = text[at + 2] === 'x' || text[at + 2] === 'X';
  const from = at + (isHex ? 3 : 2);
  let end = from;
  let point = 0;
  for (; end - from < 8; end += 1) {
    const digit = digitAt(text, end);
    if (digit < 0 || (!isHex && digit > 9)) break;
    point = point * (isHex ? 16 : 10) + digit;
  }
  if (end === from) return -1;
  return keep(point > 0x10ffff ? NOTHING : point, text[end] === ';' ? end + 1 : end);
};

/** Names are few in any one site, and looking one up costs more than reading a line of text. */
const names = new Map<string, number | undefined>();

const namedPoint = (name: string): number | undefined => {
  if (names.has(name)) return names.get(name);
  const decoded = decodeHTMLStrict(`&${name}`);
  const point = decoded === `&${name}` ? undefined : decoded.codePointAt(0);
  if (names.size < 5_000) names.set(name, point);
  return point;
};

/** Bytes of UTF-8, or `%uXXXX`. */
const percentAt = (text: string, at: number): number => {
  if (text[at + 1] === 'u' || text[at + 1] === 'U') {
    const unit = hexIn(text, at + 2, at + 6);
    if (unit >= 0) return keep(unit, at + 6);
  }
  // `%2541` is `%41` is `A`.
  let from = at;
  while (text.startsWith('25', from + 1)) from += 2;
  const byte = hexIn(text, from + 1, from + 3);
  if (byte < 0) return keep(NOTHING, at + 1);
  if (byte < 0x80) return keep(byte, from + 3);
  const more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0;
  let point = byte & (0x3f >> more);
  let next = from + 3;
  for (let left = more; left > 0; left -= 1) {
    const follows = text.charCodeAt(next) === PERCENT ? hexIn(text, next + 1, next + 3) : -1;
    if ((follows & 0xc0) !== 0x80 || follows < 0) return keep(NOTHING, at + 1);
    point = (point << 6) | (follows & 0x3f);
    next += 3;
  }
  return keep(more === 0 || point > 0x10ffff ? NOTHING : point, next);
};

/** -1 unless every character is a hexadecimal digit. */
const hexIn = (text: string, from: number, to: number): number => {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = digitAt(text, at);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return to > from ? value : -1;
};

const digitAt = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  return code >= 0x41 && code <= 0x46 ? code - 0x37 : -1;
};

const append = (into: Growing, point: number, at: number): void => {
  if (point < 128) {
    const unit = point < 0 ? 0 : (ASCII[point] ?? 0);
    if (unit <= MARK) return;
    into.at[into.length] = at;
    into.codes[into.length++] = unit;
    return;
  }
  const units = unitsOf(point);
  for (let index = 0; index < units.length; index += 1) {
    // Some signs unfold to whole words; what a sign stands for is bounded by the room that its length gives.
    if (into.length >= into.codes.length) return;
    into.at[into.length] = at;
    into.codes[into.length++] = units[index] as number;
  }
};

/** Of what is no ASCII, and one unit or none: that unit, or 0; `MARK` for all else, and before it was looked at. */
const SINGLE = new Uint16Array(0x10000).fill(MARK);
const unfolded = new Map<number, Uint16Array>();

const unitsOf = (point: number): Uint16Array => {
  const known = unfolded.get(point);
  if (known) return known;
  const units = foldedUnits(point);
  if (point < 0x10000 && units.length < 2 && !isSurrogate(point)) SINGLE[point] = units[0] ?? 0;
  if (unfolded.size < 100_000) unfolded.set(point, units);
  return units;
};

const none = new Uint16Array(0);

const isSurrogate = (point: number): boolean => point >= 0xd800 && point <= 0xdfff;

/** Compatibility forms unfolded, accents and vowel marks dropped, so that both spellings of `é` are an `e`. */
const foldedUnits = (point: number): Uint16Array => {
  if (isSurrogate(point)) return none;
  const letters = [...String.fromCodePoint(point).normalize('NFKD').toLowerCase()].filter((each) =>
    /^[\p{L}\p{N}]$/u.test(each),
  );
  const units = letters.slice(0, MAX_WEIGHT).flatMap((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 128) return [ASCII[code] ?? 0];
    const folded = (code ^ (code >>> 16)) & 0xffff || 2;
    return Array.from({ length: weightOf(letter) }, (_, index) => (folded + index * 0x5bd1) & 0xffff);
  });
  return Uint16Array.from(units.slice(0, MAX_WEIGHT));
};

const weightOf = (letter: string): number => {
  if (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(letter)) return 3;
  return /[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u.test(letter) ? 2 : 1;
};
