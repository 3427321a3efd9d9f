/** One string of data that holds an article: what is left of it when it ends where the preview ends. */
import { type Cuttable, cuttableHtml, cuttableText, looksLikeHtml } from '../../preview/cuttable.ts';
import { withheldRuns } from '../../preview/withheld-runs.ts';
import { GUARANTEED_UNITS, WINDOW } from '../fingerprints.ts';
import { readUnits } from '../units.ts';
import type { FindWithheld, WithheldPassage } from '../withheld.ts';

/**
 * For a string that withheld text was found in, or in it and its neighbours together. '' when it can't be told where to end
 * it: it is too short to show anything by itself, or what is withheld stands in an attribute or in base64.
 */
export const shortened = (value: string, find: FindWithheld): string => {
  const cuttable: Cuttable = looksLikeHtml(value) ? cuttableHtml(value) : cuttableText(value);
  const first = find(cuttable.text)[0];
  if (first === undefined) return '';
  const length = wordEnd(cuttable.text, previewEnd(cuttable.text, first));
  const left = length > 0 ? cuttable.cutAt(length, nothing) : '';
  return find(left).length === 0 ? left : '';
};

const nothing = withheldRuns('', '');

/**
 * Fingerprints are a few letters apart, and the first found may lie a little after where the preview ends. If the text
 * begins elsewhere in the article, what can't be told is withheld.
 */
const previewEnd = (text: string, { from, encoded, pastPreview }: WithheldPassage): number => {
  if (encoded) return from;
  const { at, length } = readUnits(text.replace(/[<>]/g, ' ')).shown;
  const index = firstAtOrAfter(at, length, from);
  const back = pastPreview <= GUARANTEED_UNITS ? pastPreview : WINDOW - 1;
  return index - back <= 0 ? 0 : (at[index - back] ?? 0);
};

const firstAtOrAfter = (offsets: Int32Array, length: number, wanted: number): number => {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Never within a word, save in scripts that write without spaces. */
const wordEnd = (text: string, limit: number): number => {
  const space = Math.max(text.lastIndexOf(' ', limit), text.lastIndexOf('\n', limit));
  const end = limit - space < LONGEST_WORD ? space : limit;
  return text.slice(0, Math.max(0, end)).trimEnd().length;
};

const LONGEST_WORD = 40;
