/** Finds withheld runs in a text that is spread over many pieces: tags between words hide nothing. */
import { normalise, type WithheldRuns } from './withheld-runs.ts';

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
): PieceRun[] => {
  const starts: number[] = [];
  const texts: string[] = [];
  let length = 0;
  let spaced = true;
  for (const [index, piece] of pieces.entries()) {
    let text = normalise(joints[index] + piece);
    if (spaced && text.startsWith(' ')) text = text.slice(1);
    starts.push(length);
    texts.push(text);
    length += text.length;
    if (text !== '') spaced = text.endsWith(' ');
  }
  starts.push(length);
  return runs
    .runsIn(texts.join(''))
    .map((run) => ({ length: run.end - run.start, pieces: piecesIn(run, starts) }));
};

const piecesIn = (
  { start, end }: { start: number; end: number },
  starts: readonly number[],
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

const lastAtOrBefore = (starts: readonly number[], offset: number): number => {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
};
