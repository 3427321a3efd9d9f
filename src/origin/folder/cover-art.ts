/** Draws an article's cover from its address: always the same picture, made of no more than its publication's character. */
import { lamplitArt } from './art/lamplit-art.ts';
import { seededNumbers } from './art/seeded-numbers.ts';
import { tidalArt } from './art/tidal-art.ts';
import type { Character } from './site-schema.ts';

/** A whole SVG file, 800 by 500. It says nothing that the title doesn't, so it goes without a text alternative. */
export const coverArt = (character: Character, seed: string): string => {
  const numbers = seededNumbers(`folio:${seed}`);
  const content = character === 'tidal' ? tidalArt(numbers, 'sky') : lamplitArt(numbers, 'sky');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 500" width="800" height="500" preserveAspectRatio="xMidYMid slice">${content}</svg>`;
};
