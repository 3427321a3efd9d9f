/** The script that keeps what Gatefold says in pages that a framework renders anew, as a constant with its hash. */
import { readFileSync } from 'node:fs';
import { styleHash } from './style-text.ts';

const file = readFileSync(new URL('./browser/keep-in-place.js', import.meta.url), 'utf8');

/** Without comments and indentation; a line of its own for each of the file's, so that none can run into the next. */
const script = file
  .replace(/\/\*\*[\s\S]*?\*\//g, '')
  .split('\n')
  .map((line) => line.trim())
  // What the compiler adds to a file; this is no module.
  .filter((line) => line !== '' && !line.startsWith('//') && line !== 'export {};')
  .join('\n');

export const keepInPlace = `<script>${script}</script>`;

/** The `script-src` source that allows exactly this script, quotes included. */
export const keepInPlaceHash = styleHash(script);
