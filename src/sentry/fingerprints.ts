/** Fingerprints of a text: hashes of runs of its units, thinned so that every copied stretch of a stated length keeps at least one. */
import type { Units } from './units.ts';

/** Looked up once: where code runs in a context of its own, as it does in tests, finding `Math` costs more than the sum. */
const { imul } = Math;

/** Units in the run that one fingerprint stands for: long enough that a phrase of everybody's is seldom one. */
export const RUN_UNITS = 32;
/** Of so many neighbouring runs, one is kept; a power of two. */
export const WINDOW = 16;
/** Any copied stretch of this many units holds a kept fingerprint, whatever stands round it: the guarantee. */
export const GUARANTEED_UNITS = RUN_UNITS + WINDOW - 1;

/** Called with where the run begins, in units, and its hash (32 bits). */
type VisitFingerprint = (at: number, hash: number) => void;

/**
 * Winnowing, as Schleimer, Wilkerson and Aiken describe it (Winnowing: Local Algorithms for Document Fingerprinting, SIGMOD
 * 2003): of every `window` neighbouring runs the one with the smallest hash is kept, the rightmost of equals. Two texts that
 * share a stretch keep the same ones within it. What a wider window keeps, a narrower one keeps as well.
 */
export const eachFingerprint = (units: Units, visit: VisitFingerprint, window = WINDOW): void => {
  const { codes, length } = units;
  if (length < RUN_UNITS + window - 1) return;
  const recent = new Int32Array(window);
  const mask = window - 1;
  let smallest = 0;
  let smallestAt = -window;
  let visited = -1;
  let rolling = 0;
  for (let end = 0; end < RUN_UNITS - 1; end += 1)
    rolling = (imul(rolling, FACTOR) + (codes[end] as number)) | 0;
  for (let at = 0, end = RUN_UNITS - 1; end < length; at += 1, end += 1) {
    rolling = (imul(rolling, FACTOR) + (codes[end] as number)) | 0;
    const hash = mixed(rolling);
    rolling = (rolling - imul(codes[at] as number, LEAVING)) | 0;
    recent[at & mask] = hash;
    if (hash <= smallest) {
      smallest = hash;
      smallestAt = at;
    } else if (smallestAt <= at - window) {
      smallest = 0x7fffffff;
      for (let candidate = Math.max(0, at - mask); candidate <= at; candidate += 1) {
        const other = recent[candidate & mask] as number;
        if (other > smallest) continue;
        smallest = other;
        smallestAt = candidate;
      }
    }
    if (smallestAt !== visited && at >= mask) {
      visited = smallestAt;
      visit(smallestAt, smallest);
    }
  }
};

/** Every run, not thinned: for what is short and must be known wherever it is quoted. */
export const eachRun = ({ codes, length }: Units, visit: VisitFingerprint): void => {
  for (let at = 0; at + RUN_UNITS <= length; at += 1) visit(at, hashOf(codes, at));
};

const FACTOR = 0x01000193;
/** What the unit that leaves a run has been multiplied with. */
const LEAVING = (() => {
  let power = 1;
  for (let index = 1; index < RUN_UNITS; index += 1) power = imul(power, FACTOR);
  return power;
})();

const CHECK_FACTOR = 0x2c9277b5;
export const CHECK_MASK = 0x0fffffff;

const hashOf = (codes: Uint16Array, from: number): number => {
  let hash = 0;
  for (let at = from; at < from + RUN_UNITS; at += 1) hash = (imul(hash, FACTOR) + (codes[at] ?? 0)) | 0;
  return mixed(hash);
};

/** A second hash of a run (28 bits), made where the first is known: together they tell runs apart. */
export const checkOf = ({ codes }: Units, from: number): number => {
  let hash = 0x9747b28c | 0;
  for (let at = from; at < from + RUN_UNITS; at += 1)
    hash = imul(hash ^ (codes[at] ?? 0), CHECK_FACTOR) ^ (hash >>> 13);
  return (hash ^ (hash >>> 15)) & CHECK_MASK;
};

/** The low bits of a rolling hash know the last units only; the smallest of neighbours must fall anywhere. */
const mixed = (hash: number): number => {
  const spread = imul(hash ^ (hash >>> 15), 0x9e3779b1);
  return spread ^ (spread >>> 16);
};
