/** A row of numbers that follows from a name alone, so that an article has the same cover art on every machine for ever. */
import { createHash } from 'node:crypto';

export interface SeededNumbers {
  /** At least `from`, below `to`. */
  between(from: number, to: number): number;
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  /** One of `choices`, which must not be empty. */
  pick<Choice>(choices: readonly [Choice, ...Choice[]]): Choice;
}

export const seededNumbers = (seed: string): SeededNumbers => {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  // A linear congruential row: only the top bits are used, which is as much chance as a picture needs.
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
  for (let warmUp = 0; warmUp < 8; warmUp += 1) next();
  const between = (from: number, to: number) => from + (to - from) * next();
  const whole = (from: number, to: number) => Math.floor(between(from, to + 1));
  return {
    between,
    whole,
    pick: (choices) => choices[whole(0, choices.length - 1)] ?? choices[0],
  };
};
