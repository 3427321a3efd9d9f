/** Looks for known articles in a text that is about to leave, through the disguises that texts wear. */
import { RUN_UNITS } from './fingerprints.ts';
import type { KnownTexts, Occurrence } from './known-texts.ts';
import { readUnits } from './units.ts';

/** A stretch of the text that stands in known articles. */
export interface Passage {
  /** `[from, to)` in the text that was read; a stretch in base64 is named as a whole. */
  readonly from: number;
  readonly to: number;
  /** It stands in base64, of which `[from, to)` is the whole stretch. */
  readonly encoded: boolean;
  readonly occurrences: readonly Occurrence[];
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

const MAX_NESTED = 2;

interface Bounds {
  left: number;
  readonly depth: number;
}

const read = (text: string, known: KnownTexts, bounds: Bounds, found: (passage: Passage) => void): void => {
  const { shown, inTags, base64 } = readUnits(text);
  for (const units of [shown, inTags]) {
    known.find(units, (at, occurrences) => {
      const last = Math.min(at + RUN_UNITS, units.length) - 1;
      found({
        from: units.at[at] ?? 0,
        to: (units.at[last] ?? 0) + 1,
        encoded: false,
        occurrences,
      });
    });
  }
  if (bounds.depth === 0) return;
  for (const [from, to] of base64) {
    const inner = { left: bounds.left, depth: bounds.depth - 1 };
    for (const decoded of decodedFrom(text.slice(from, to))) {
      inner.left -= decoded.length;
      if (inner.left < 0) return;
      read(decoded, known, inner, ({ occurrences }) => found({ from, to, encoded: true, occurrences }));
    }
    bounds.left = inner.left;
  }
};

/** What stands before base64 may look like more of it, so each of the four ways to begin is tried. */
const decodedFrom = (run: string): readonly string[] =>
  [0, 1, 2, 3].flatMap((shift) => {
    const sample = Buffer.from(run.slice(shift, shift + SAMPLE), 'base64');
    return isText(sample) ? [Buffer.from(run.slice(shift), 'base64').toString('utf8')] : [];
  });

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
