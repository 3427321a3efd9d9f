/** Whether one rule's conditions are met by every article that meets another's: sound, so that a warning is never wrong. */
import type { Conditions, Rule } from './policy.ts';
import { folded, isInLanguage } from './same-words.ts';

/** The first earlier rule that takes every article that this one could match, if any. */
export const shadowOf = (rule: Rule, earlier: readonly Rule[]): Rule | undefined =>
  earlier.find((candidate) => covers(candidate.when, rule.when));

/** True only if whatever meets `narrow` meets `wide`; false may mean "can't tell". */
export const covers = (wide: Conditions, narrow: Conditions): boolean =>
  wordsCover(wide.publication, narrow.publication) &&
  wordsCover(wide.section, narrow.section) &&
  wordsCover(wide.tag, narrow.tag) &&
  wordsCover(wide.author, narrow.author) &&
  anyCovers(wide.path, narrow.path, globCovers) &&
  anyCovers(wide.language, narrow.language, (range, language) => isInLanguage(language, range)) &&
  anyCovers(wide.level, narrow.level, (a, b) => a === b) &&
  ageCovers(wide, narrow);

/** Of each condition any value is enough, so every value of the narrow one must be taken by some value of the wide one. */
const anyCovers = (
  wide: readonly string[] | undefined,
  narrow: readonly string[] | undefined,
  takes: (wide: string, narrow: string) => boolean,
): boolean => {
  if (wide === undefined) return true;
  return narrow?.every((value) => wide.some((candidate) => takes(candidate, value))) ?? false;
};

const wordsCover = (wide: readonly string[] | undefined, narrow: readonly string[] | undefined): boolean => {
  if (wide === undefined) return true;
  if (narrow === undefined) return false;
  const taken = foldedOnce(wide);
  return foldedOnce(narrow).every((word) => taken.includes(word));
};

/** A thousand rules are compared each with each: folding the same lists anew would be nearly all of the work. */
const known = new WeakMap<readonly string[], readonly string[]>();

const foldedOnce = (words: readonly string[]): readonly string[] => {
  const kept = known.get(words);
  if (kept !== undefined) return kept;
  const made = words.map(folded);
  known.set(words, made);
  return made;
};

/** Equal, or the wide one is a plain folder with everything below it, and the narrow one begins there. */
const globCovers = (wide: string, narrow: string): boolean => {
  if (wide === narrow) return true;
  if (!wide.endsWith('/**')) return false;
  const folder = wide.slice(0, -'/**'.length);
  return !/[*?[\]{}]/.test(folder) && (narrow === folder || narrow.startsWith(`${folder}/`));
};

const ageCovers = (wide: Conditions, narrow: Conditions): boolean =>
  (wide.olderThanDays === undefined || (narrow.olderThanDays ?? -1) >= wide.olderThanDays) &&
  (wide.newerThanDays === undefined || (narrow.newerThanDays ?? Infinity) <= wide.newerThanDays);
