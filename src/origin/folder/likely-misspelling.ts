/** Finds the known key that somebody probably meant, so that `acess: locked` isn't silently ignored. */

/** The nearest of `known` at most two single-letter changes away, or undefined. Words shorter than four letters match nothing. */
export const likelyMisspelling = (word: string, known: readonly string[]): string | undefined => {
  const lower = word.toLowerCase();
  if (lower.length < 4 || lower.length > 20) return undefined;
  const near = known
    .map((candidate) => ({ candidate, distance: editDistance(lower, candidate) }))
    .filter(({ distance }) => distance <= 2)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.candidate;
};

/** Letters to insert, drop or change to make one word of the other. */
function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const changed = (above[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(changed, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[to.length] ?? 0;
}
