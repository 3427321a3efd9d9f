/** Escapes text for XML. */
import { cleanText } from '../clean-text.ts';

/** Fit for an element or a quoted attribute; what XML can't hold is left out. */
export const escapeXml = (text: string): string =>
  cleanText(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
