/** Lets long work be done in slices: one in each turn of the event loop, however many are at it, and whatever else waits in between. */

/** Resolves when the next slice may be done. */
export type NextTurn = () => Promise<void>;

export const createTurns = (): NextTurn => {
  const waiting: (() => void)[] = [];
  const next = (): void => {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(next);
  };
  return () =>
    new Promise((begin) => {
      waiting.push(begin);
      if (waiting.length === 1) setImmediate(next);
    });
};
