/** How much of the withheld text each kind of carrier may hold by chance before it counts as a copy. */
import { isPlain, readings } from './disguises.ts';
import { RUN_LENGTH, type WithheldRuns } from './withheld-runs.ts';

/** What isn't shown to anybody: data, comments, attributes. Nothing is lost by emptying one too many. */
export const UNSHOWN_RUN = RUN_LENGTH;
/** Code: emptying a script that only shares a phrase with the article would break the page. */
export const SCRIPT_RUN = 24;
/** Addresses: a share link may quote the headline. */
export const ADDRESS_RUN = 40;
/** What everybody sees and what makes the page work: a menu may share a sentence's worth with the article. */
export const SHOWN_RUN = 60;
/** Summaries and titles are written to be public. One longer than this is the article under another name. */
export const MAX_PUBLIC_SUMMARY = 500;

/** Whether a text carries a withheld run in any of its readings. */
export const carries = (text: string, runs: WithheldRuns, atLeast: number): boolean => {
  if (text.length < RUN_LENGTH || runs.empty) return false;
  if (atLeast === Number.POSITIVE_INFINITY) return false;
  const bound = boundIn(runs, atLeast);
  const found = cleanTexts(runs);
  if ((found.get(text) ?? Number.POSITIVE_INFINITY) <= bound) return false;
  if (isPlain(text) ? runs.carriedBy(text, bound) : anyCarries(readings(text), runs, bound)) return true;
  found.set(text, bound);
  return false;
};

const anyCarries = (texts: Iterable<string>, runs: WithheldRuns, bound: number): boolean => {
  for (const text of texts) if (runs.carriedBy(text, bound)) return true;
  return false;
};

/** By the least bound that a text was found clean with: a finished preview has nearly all the texts that the page had, and is looked through again. */
const cleanTexts = (runs: WithheldRuns): Map<string, number> => {
  const known = clean.get(runs) ?? new Map<string, number>();
  clean.set(runs, known);
  return known;
};

const clean = new WeakMap<WithheldRuns, Map<string, number>>();

/**
 * A short withheld text can't show itself by long runs, and shares next to nothing with the page by chance: of it,
 * every run counts.
 */
export const boundIn = (runs: WithheldRuns, atLeast: number): number =>
  runs.longest >= 2 * atLeast ? atLeast : RUN_LENGTH;
