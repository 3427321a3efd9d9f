/** How many readers have how many free reads left, as rows of a table with a bar each. */
import type { DistributionLine } from '../../insight/distribution.ts';
import { numberInWords } from '../../policy/words/list-in-words.ts';

export interface ReaderBars extends Pick<DistributionLine, 'audience' | 'of'> {
  readonly bars: readonly ReaderBar[];
}

export interface ReaderBar {
  /** `2`, or `11 to 20`. */
  readonly left: string;
  readonly readers: number;
}

/** One table for each audience and allowance, in the order of the lines; every line is in one bar. */
export const readerBars = (lines: readonly DistributionLine[]): readonly ReaderBars[] => {
  const groups = new Map<string, DistributionLine[]>();
  for (const line of lines) {
    const key = `${line.audience} ${line.of}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].flatMap((some) => {
    const [first] = some;
    return first ? [{ audience: first.audience, of: first.of, bars: barsOf(some, first.of) }] : [];
  });
};

/** What is left of a large allowance is counted together in so many steps: a table stays one look. */
const mostRows = 12;

/** From none left upwards; somebody who has all of them left isn't counted. */
const barsOf = (lines: readonly DistributionLine[], of: number): readonly ReaderBar[] => {
  const width = of <= mostRows ? 1 : Math.ceil((of - 1) / (mostRows - 1));
  const placeOf = (left: number): number => (left === 0 ? 0 : Math.ceil(left / width));
  const readers = new Map<number, number>();
  for (const line of lines) {
    const place = placeOf(line.left);
    readers.set(place, (readers.get(place) ?? 0) + line.readers);
  }
  return Array.from({ length: placeOf(of - 1) + 1 }, (_, place) => {
    const [from, to] = [(place - 1) * width + 1, Math.min(place * width, of - 1)];
    const left =
      place === 0 ? '0' : from === to ? numberInWords(to) : `${numberInWords(from)} to ${numberInWords(to)}`;
    return { left, readers: readers.get(place) ?? 0 };
  });
};
