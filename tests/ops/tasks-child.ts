/** Tasks that a test's threads run: what goes well, and all that can go wrong. */
export const doubled = (input: number): number => input * 2;

export const forever = (): never => {
  for (;;);
};

export const throwing = (): never => {
  throw new TypeError('as it was told to');
};

export const ending = (): never => process.exit(3);

export const hoarding = (): number => {
  const hoard: number[][] = [];
  for (;;) hoard.push(Array.from({ length: 100_000 }, (_, index) => index + hoard.length));
};

/** Ends when a number in shared memory changes. */
export const waiting = (shared: Int32Array): string =>
  Atomics.wait(shared, 0, 0, 60_000) === 'timed-out' ? 'not called' : 'called';

export const environment = (): string[] => Object.keys(process.env);
