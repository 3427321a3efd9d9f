/** The stretches of a source that withheld passages cover, asked for by place. */
import type { WithheldPassage } from '../withheld.ts';

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Whether anything withheld stands in `[start, end)`. */
export type Touches = (start: number, end: number) => boolean;

export const touchesOf = (passages: readonly WithheldPassage[]): Touches => {
  const stretches = merged(passages);
  return (start, end) => {
    let low = 0;
    let high = stretches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((stretches[middle]?.end ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    return (stretches[low]?.start ?? Number.POSITIVE_INFINITY) < end;
  };
};

/** In order of where they begin, as passages come; what overlaps or touches becomes one. */
const merged = (passages: readonly WithheldPassage[]): readonly Stretch[] => {
  const stretches: { start: number; end: number }[] = [];
  for (const { from, to } of passages) {
    const last = stretches.at(-1);
    if (last && from <= last.end) last.end = Math.max(last.end, to);
    else stretches.push({ start: from, end: to });
  }
  return stretches;
};
