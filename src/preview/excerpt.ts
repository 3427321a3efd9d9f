/** The start of a text, for a card: exactly so many characters as readers count them, cut wherever that falls. */
import { offsetOfGrapheme } from './graphemes.ts';

export const excerpt = (text: string, count: number): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.slice(0, offsetOfGrapheme(line, count));
};
