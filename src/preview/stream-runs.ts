/** Finds withheld runs in a text that is spread over many pieces: tags between words hide nothing. */
import { normalise, RUN_LENGTH, type WithheldRuns } from './withheld-runs.ts';

export interface PieceRun {
  /** Normalised characters. */
  readonly length: number;
  /** Indexes of the pieces that hold part of the run, with how much of it. */
  readonly pieces: readonly { readonly index: number; readonly overlap: number }[];
}

/** @param joints what separates each piece from the one before it, '' or a space. */
export const pieceRuns = (
  pieces: readonly string[],
  joints: readonly string[],
  runs: WithheldRuns,
): PieceRun[] => joinedRuns(pieces.map(normalise), (index) => joints[index] ?? '', runs);

/**
 * Indexes of the pieces that hold part of a run, when they are read one after the other without anything between them,
 * or with a space: rich text is kept as many short strings, one per bold word.
 */
export const scatteredRuns = (
  pieces: readonly string[],
  runs: WithheldRuns,
  atLeast: number,
): ReadonlySet<number> => {
  const normalised = pieces.map(normalise);
  const indexes = new Set<number>();
  for (const joint of ['', ' ']) {
    for (const run of joinedRuns(normalised, () => joint, runs))
      if (run.length >= atLeast) for (const { index } of run.pieces) indexes.add(index);
  }
  return indexes;
};

const joinedRuns = (
  normalised: readonly string[],
  jointBefore: (index: number) => string,
  runs: WithheldRuns,
): PieceRun[] => {
  const starts = new Int32Array(normalised.length + 1);
  const texts: string[] = [];
  let length = 0;
  let spaced = true;
  for (const [index, piece] of normalised.entries()) {
    const joined = piece.startsWith(' ') ? piece : jointBefore(index) + piece;
    const text: string = spaced && joined.startsWith(' ') ? joined.slice(1) : joined;
    starts[index] = length;
    texts.push(text);
    length += text.length;
    if (text !== '') spaced = text.endsWith(' ');
  }
  starts[normalised.length] = length;
  if (length < RUN_LENGTH || runs.empty) return [];
  return runs
    .runsIn(texts.join(''))
    .map((run) => ({ length: run.end - run.start, pieces: piecesIn(run, starts) }));
};

const piecesIn = (
  { start, end }: { start: number; end: number },
  starts: Int32Array,
): { index: number; overlap: number }[] => {
  const pieces: { index: number; overlap: number }[] = [];
  for (let index = lastAtOrBefore(starts, start); index < starts.length - 1; index += 1) {
    const from = Math.max(start, starts[index] ?? 0);
    const to = Math.min(end, starts[index + 1] ?? 0);
    if ((starts[index] ?? 0) >= end) break;
    if (to > from) pieces.push({ index, overlap: to - from });
  }
  return pieces;
};

const lastAtOrBefore = (starts: Int32Array, offset: number): number => {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
};
