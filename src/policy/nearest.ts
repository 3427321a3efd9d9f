/** Which of the known names somebody who mistyped one probably meant. */

/** The nearest of `known` within a third of the name's length (at least one edit), or undefined. */
export const nearest = (name: string, known: readonly string[]): string | undefined => {
  const wanted = name.toLowerCase().slice(0, longestCompared);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known.slice(0, mostCompared)) {
    if (Math.abs(candidate.length - wanted.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
};

/** Both bound the work on names of any length, of which there can be any number. */
const longestCompared = 60;
const mostCompared = 500;

/** Insertions, deletions, replacements and swaps of neighbours, one each; `tooFar` or more where it is as much. */
const editDistance = (from: string, to: string, tooFar: number): number => {
  const width = to.length + 1;
  let beforeLast = new Uint16Array(width);
  let last = Uint16Array.from({ length: width }, (_, index) => index);
  let current = new Uint16Array(width);
  for (let row = 1; row <= from.length; row += 1) {
    current[0] = row;
    let least = row;
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped = row > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const edits = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : tooFar,
      );
      current[column] = edits;
      least = Math.min(least, edits);
    }
    // A swap reaches back two rows, and costs one.
    if (least > tooFar) return tooFar;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return at(last, to.length);
};

const at = (row: Uint16Array, index: number): number => row[index] ?? 0;
