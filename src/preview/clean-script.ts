/** Takes what scripts hold of the withheld text out of them. */
import { carries, SCRIPT_RUN, UNSHOWN_RUN } from './carriers.ts';
import { type JsonString, jsonStrings } from './json-strings.ts';
import { type Edit, spliced } from './splice.ts';
import { scatteredRuns } from './stream-runs.ts';
import type { WithheldRuns } from './withheld-runs.ts';

/** What is left of the script, or undefined when it holds nothing withheld and stays as it is. */
export const cleanedScript = (text: string, type: string, runs: WithheldRuns): string | undefined => {
  if (runs.empty) return undefined;
  if (DATA.test(type)) return cleanedJson(text, runs);
  const bound = type === '' || CODE.test(type) ? SCRIPT_RUN : UNSHOWN_RUN;
  return carries(text, runs, bound) ? '' : undefined;
};

/** JSON with every string blanked that carries a withheld run, on its own or together with its neighbours. */
const cleanedJson = (text: string, runs: WithheldRuns): string | undefined => {
  const strings = [...jsonStrings(text)];
  const edits = strings
    .filter(({ value, isKey }) => carries(value, runs, isKey ? SCRIPT_RUN : UNSHOWN_RUN))
    .map(blanked);
  const gone = new Set(edits.map(({ start }) => start));
  const left = strings.filter(({ start, isKey }) => !isKey && !gone.has(start));
  const all = [...edits, ...scattered(left, runs).map(blanked)];
  const cleaned = all.length === 0 ? text : spliced(text, all, 0, text.length);
  // Not JSON after all: something outside of any string.
  if (carries(withoutStrings(cleaned), runs, UNSHOWN_RUN)) return '';
  return all.length === 0 ? undefined : cleaned;
};

const DATA = /json|importmap|speculationrules/i;
const CODE =
  /^\s*(?:module|(?:text|application)\/(?:x-)?(?:java|ecma|live|j)script\S*|text\/(?:babel|jsx|typescript))\s*(?:;|$)/i;

const blanked = ({ start, end }: JsonString): Edit => ({ start, end, text: '""' });

/** Rich text is kept as many short strings, one per bold word; each is harmless and together they are the article. */
const scattered = (strings: readonly JsonString[], runs: WithheldRuns): JsonString[] => {
  const indexes = scatteredRuns(
    strings.map(({ value }) => value),
    runs,
    SCRIPT_RUN,
  );
  return [...indexes].flatMap((index) => strings[index] ?? []);
};

const withoutStrings = (text: string): string => {
  const between: string[] = [];
  let at = 0;
  for (const { start, end } of jsonStrings(text)) {
    between.push(text.slice(at, start));
    at = end;
  }
  between.push(text.slice(at));
  return between.join('""');
};
