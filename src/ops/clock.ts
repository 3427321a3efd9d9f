/** The one door to the present moment; everything else takes `now` as an argument. */
export type Clock = () => number;

/** Milliseconds since the epoch. */
export const systemClock: Clock = () => Date.now();
