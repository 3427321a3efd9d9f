/** Takes the full text, and whatever else repeats it, out of JSON-LD data. */
import { isObject } from '../article/structured-data.ts';
import { carries, MAX_PUBLIC_SUMMARY, SCRIPT_RUN, UNSHOWN_RUN } from './carriers.ts';
import type { WithheldRuns } from './withheld-runs.ts';

/** @param data as parsed, and so of bounded depth. */
export const cleanedData = (data: unknown, runs: WithheldRuns, key = ''): unknown => {
  if (typeof data === 'string') return carries(data, runs, boundFor(key, data)) ? '' : data;
  if (Array.isArray(data)) return data.map((part: unknown) => cleanedData(part, runs, key));
  if (!isObject(data)) return data;
  return Object.fromEntries(
    Object.entries(data)
      .filter(([name]) => !FULL_TEXT.test(name) && !carries(name, runs, SCRIPT_RUN))
      .map(([name, part]) => [name, cleanedData(part, runs, name)]),
  );
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
