/** Takes the full text, and whatever else repeats it, out of JSON-LD data. */
import { isObject } from '../article/structured-data.ts';
import { carries, MAX_PUBLIC_SUMMARY, SCRIPT_RUN, UNSHOWN_RUN } from './carriers.ts';
import type { WithheldRuns } from './withheld-runs.ts';

/**
 * The same data where nothing has to be taken out, which is what most of it is.
 * @param data as parsed, and so of bounded depth.
 */
export const cleanedData = (data: unknown, runs: WithheldRuns, key = ''): unknown => {
  if (typeof data === 'string') return carries(data, runs, boundFor(key, data)) ? '' : data;
  if (Array.isArray(data)) {
    const parts = data.map((part: unknown) => cleanedData(part, runs, key));
    return parts.every((part, index) => part === data[index]) ? data : parts;
  }
  if (!isObject(data)) return data;
  let isChanged = false;
  const kept: [string, unknown][] = [];
  for (const name of Object.keys(data)) {
    const isKept = !FULL_TEXT.test(name) && !carries(name, runs, SCRIPT_RUN);
    const part = isKept ? cleanedData(data[name], runs, name) : undefined;
    if (isKept) kept.push([name, part]);
    isChanged ||= !isKept || part !== data[name];
  }
  return isChanged ? Object.fromEntries(kept) : data;
};

const FULL_TEXT = /^(?:schema:|https?:\/\/schema\.org\/)?(?:articleBody|reviewBody|text)$/i;
const PUBLIC = new Set([
  'headline',
  'alternativeHeadline',
  'name',
  'alternateName',
  'description',
  'abstract',
]);
/** Short names and addresses that may well occur in the text. */
const NAMING = new Set([
  'keywords',
  'articleSection',
  'about',
  'genre',
  'caption',
  '@id',
  '@type',
  '@context',
  'url',
]);

const boundFor = (key: string, value: string): number => {
  if (PUBLIC.has(key) && value.length <= MAX_PUBLIC_SUMMARY) return Number.POSITIVE_INFINITY;
  return NAMING.has(key) ? SCRIPT_RUN : UNSHOWN_RUN;
};
