/** Which of several numbers, left where they are, rise: the others are what has been moved. */

/** Indexes of a longest strictly rising subsequence. */
export const longestRise = (numbers: readonly number[]): ReadonlySet<number> => {
  // Index of the smallest number that a rise of each length can end with.
  const ends: number[] = [];
  const before = new Map<number, number | undefined>();
  for (const [index, number] of numbers.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[ends[middle] ?? 0] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    before.set(index, low > 0 ? ends[low - 1] : undefined);
    ends[low] = index;
  }
  const rise = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = before.get(at)) rise.add(at);
  return rise;
};
