/** Whether a text was seen before, in eight mebibytes however many there are; now and then wrongly yes, never wrongly no. */
import { createHash } from 'node:crypto';

export interface SeenFilter {
  add(text: string): void;
  has(text: string): boolean;
}

/** Wrong for one of 30 million texts after a million were added; for fewer by far after 100,000. */
const bits = 2 ** 26;

/** A Bloom filter: a dry run may leave no marks in the store, and may not hold every customer in memory either. */
export const createSeenFilter = (): SeenFilter => {
  const field = new Uint8Array(bits / 8);
  return {
    add: (text) => {
      for (const place of placesOf(text)) field[place >>> 3] = (field[place >>> 3] ?? 0) | (1 << (place & 7));
    },
    has: (text) => placesOf(text).every((place) => ((field[place >>> 3] ?? 0) & (1 << (place & 7))) !== 0),
  };
};

const placesOf = (text: string): readonly number[] => {
  const hash = createHash('sha256').update(text).digest();
  return [0, 4, 8, 12, 16, 20, 24, 28].map((at) => hash.readUInt32BE(at) % bits);
};
