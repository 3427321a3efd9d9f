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
  const { at, hashes, length } = fingerprintsOf(units, window);
  for (let index = 0; index < length; index += 1) visit(at[index] as number, hashes[index] as number);
};

export interface Fingerprints {
  readonly at: Int32Array;
  readonly hashes: Int32Array;
  readonly length: number;
}

/** The same as columns, which the next call overwrites: in an answer there are a hundred for each of a known article's. */
export const fingerprintsOf = (units: Units, window = WINDOW): Fingerprints => {
  const runs = units.length - RUN_UNITS + 1;
  if (runs < window) return { ...scratch, length: 0 };
  const { every, at, hashes } = scratchFor(runs);
  hashRuns(units.codes, runs, every);
  let length = 0;
  let smallestAt = rightmostSmallest(every, 0, window);
  let smallest = every[smallestAt] as number;
  at[length] = smallestAt;
  hashes[length++] = smallest;
  for (let run = window; run < runs; run += 1) {
    const hash = every[run] as number;
    if (hash <= smallest) smallestAt = run;
    else if (smallestAt <= run - window) smallestAt = rightmostSmallest(every, run - window + 1, run + 1);
    else continue;
    smallest = every[smallestAt] as number;
    at[length] = smallestAt;
    hashes[length++] = smallest;
  }
  return { at, hashes, length };
};

const rightmostSmallest = (hashes: Int32Array, from: number, to: number): number => {
  let smallestAt = from;
  let smallest = hashes[from] as number;
  for (let at = from + 1; at < to; at += 1) {
    const hash = hashes[at] as number;
    if (hash > smallest) continue;
    smallest = hash;
    smallestAt = at;
  }
  return smallestAt;
};

/** Each run's hash is made of its neighbour's: what comes in is added, and what leaves is taken away. */
const hashRuns = (codes: Uint16Array, runs: number, into: Int32Array): void => {
  let rolling = 0;
  for (let at = 0; at < RUN_UNITS; at += 1) rolling = (imul(rolling, FACTOR) + (codes[at] as number)) | 0;
  into[0] = mixed(rolling);
  for (let run = 1, end = RUN_UNITS; run < runs; run += 1, end += 1) {
    const change = ((codes[end] as number) - imul(codes[run - 1] as number, LEAVING)) | 0;
    rolling = (imul(rolling, FACTOR) + change) | 0;
    into[run] = mixed(rolling);
  }
};

/** Kept between calls, unless a whole book was read. */
let scratch = { every: new Int32Array(0), at: new Int32Array(0), hashes: new Int32Array(0) };

const scratchFor = (runs: number): typeof scratch => {
  const has = scratch.every.length;
  if (has < runs || (has > MOST_KEPT && runs < MOST_KEPT)) {
    const room = Math.max(runs, LEAST_KEPT);
    scratch = { every: new Int32Array(room), at: new Int32Array(room), hashes: new Int32Array(room) };
  }
  return scratch;
};

const LEAST_KEPT = 1 << 16;
const MOST_KEPT = 1 << 20;

/** Every run, not thinned: for what is short and must be known wherever it is quoted. */
export const eachRun = ({ codes, length }: Units, visit: VisitFingerprint): void => {
  for (let at = 0; at + RUN_UNITS <= length; at += 1) visit(at, hashOf(codes, at));
};

const FACTOR = 0x01000193;
/** What the unit that left a run has been multiplied with. */
const LEAVING = (() => {
  let power = 1;
  for (let index = 0; index < RUN_UNITS; index += 1) power = imul(power, FACTOR);
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
