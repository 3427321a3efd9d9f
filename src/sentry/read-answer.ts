/** Looks for known articles in a text that is about to leave, through the disguises that texts wear. */
import type { NextTurn } from '../ops/one-a-turn.ts';
import { GUARANTEED_UNITS, RUN_UNITS } from './fingerprints.ts';
import type { KnownTexts, Occurrence } from './known-texts.ts';
import { type BlockReading, blockReader } from './units.ts';

/** A stretch of the text that stands in known articles. */
export interface Passage {
  /** `[from, to)` in the text that was read; a stretch in base64 is named as a whole. */
  readonly from: number;
  readonly to: number;
  /** It stands in base64, of which `[from, to)` is the whole stretch. */
  readonly encoded: boolean;
  readonly occurrences: readonly Occurrence[];
  /** Of its fingerprint. */
  readonly hash: number;
  readonly check: number;
}

/** Every known passage, a fingerprint long each, in order of where it begins. Linear in the text; bounded against base64 within base64. */
export const passagesIn = (text: string, known: KnownTexts): readonly Passage[] => {
  if (known.size().articles === 0 || text.length < RUN_UNITS) return [];
  const passages: Passage[] = [];
  read(text, known, { left: text.length * 2 + 10_000, depth: MAX_NESTED }, (passage) =>
    passages.push(passage),
  );
  return passages.sort((one, other) => one.from - other.from);
};

/** The same of a long text, in slices, each in its turn: readers of other pages are answered in between. */
export const passagesInLong = async (
  text: string,
  known: KnownTexts,
  turn: NextTurn,
): Promise<readonly Passage[]> => {
  if (known.size().articles === 0) return [];
  const passages: Passage[] = [];
  const found = (passage: Passage): number => passages.push(passage);
  const next = blockFinder(text, known, found);
  let base64: BlockReading['base64'] = [];
  for (let end = 0; end < text.length; ) {
    await turn();
    for (const sliceEnd = end + SLICE; end < Math.min(sliceEnd, text.length); ) ({ end, base64 } = next());
  }
  const bounds = { left: text.length * 2 + 10_000, depth: MAX_NESTED };
  for (const stretch of base64) {
    await turn();
    readBase64(text, stretch, known, bounds, found);
  }
  return passages.sort((one, other) => one.from - other.from);
};

/** Some milliseconds' work, in characters. */
const SLICE = 131_072;

const MAX_NESTED = 2;

interface Bounds {
  left: number;
  readonly depth: number;
}

const read = (text: string, known: KnownTexts, bounds: Bounds, found: (passage: Passage) => void): void => {
  const next = blockFinder(text, known, found);
  let base64: BlockReading['base64'] = [];
  for (let end = 0; end < text.length; ) ({ end, base64 } = next());
  if (bounds.depth === 0) return;
  for (const stretch of base64) readBase64(text, stretch, known, bounds, found);
};

/** Looks through one block after the other, each with so much of the last one that every copied run lies whole in one of them. */
const blockFinder = (
  text: string,
  known: KnownTexts,
  found: (passage: Passage) => void,
): (() => BlockReading) => {
  const next = blockReader(text, GUARANTEED_UNITS - 1);
  const seen = { shown: -1, inTags: -1 };
  return () => {
    const block = next();
    for (const kind of ['shown', 'inTags'] as const) {
      const units = block[kind];
      known.find(units, (at, occurrences, hash, check) => {
        const place = block.before[kind] + at;
        // Two blocks share what one takes over from the other.
        if (place <= seen[kind]) return;
        seen[kind] = place;
        const last = Math.min(at + RUN_UNITS, units.length) - 1;
        const [from, to] = [units.at[at] ?? 0, (units.at[last] ?? 0) + 1];
        found({ from, to, encoded: false, occurrences, hash, check });
      });
    }
    return block;
  };
};

const readBase64 = (
  text: string,
  [from, to]: readonly [number, number],
  known: KnownTexts,
  bounds: Bounds,
  found: (passage: Passage) => void,
): void => {
  if (bounds.left < 0) return;
  const inner = { left: bounds.left, depth: bounds.depth - 1 };
  for (const decoded of decodedFrom(text.slice(from, to))) {
    inner.left -= decoded.length;
    if (inner.left < 0) break;
    read(decoded, known, inner, (inside) => found({ ...inside, from, to, encoded: true }));
  }
  bounds.left = inner.left;
};

/** What stands before base64 may look like more of it, so each of the four ways to begin is tried. */
const decodedFrom = (written: string): readonly string[] => {
  const run = bareBase64(written);
  return [0, 1, 2, 3].flatMap((shift) => {
    const sample = Buffer.from(run.slice(shift, shift + SAMPLE), 'base64');
    return isText(sample) ? [Buffer.from(run.slice(shift), 'base64').toString('utf8')] : [];
  });
};

/** Without the ends of its lines, and with its marks as they are: in JSON, HTML and addresses both are written in escapes. */
const bareBase64 = (written: string): string =>
  /^[\w+/=-]*$/.test(written)
    ? written
    : written
        .replace(/\\+u00([0-9a-f]{2})|%(?:25){0,3}([0-9a-f]{2})|&#x0{0,4}([0-9a-f]{1,2});?/gi, (_, ...hex) =>
          String.fromCharCode(Number.parseInt(hex.find((each) => typeof each === 'string') ?? '20', 16)),
        )
        .replace(/&#0{0,4}([0-9]{1,3});?/g, (_, code) => String.fromCharCode(Number(code)))
        .replace(/\s+|\\+[nrt]|\\+(?=\/)/g, '');

const SAMPLE = 64;

/** Pictures and hashes are base64 too; decoding them all four ways would cost more than everything else. */
const isText = (bytes: Buffer): boolean => {
  let strange = 0;
  for (const byte of bytes) {
    if ((byte < 0x20 && byte !== 0 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 0x7f)
      strange += 1;
  }
  const replaced = bytes.toString('utf8').split('\ufffd').length - 1;
  return strange * 12 <= bytes.length && replaced * 8 <= bytes.length;
};
