/** Whether one rule's conditions are met by every article that meets another's: sound, so that a warning is never wrong. */
import type { Conditions, Rule } from './policy.ts';
import { folded, isInLanguage } from './same-words.ts';

/** How many more values may be looked at; each rule is compared with all above it. */
export interface ShadowWork {
  left: number;
}

/** Two thousand rules of some values each take a tenth of it; of lists of a thousand in each of them nobody waits for the end. */
export const shadowWork = (): ShadowWork => ({ left: 20_000_000 });

/** The first earlier rule that takes every article that this one could match, if any is found while there is work left. */
export const shadowOf = (
  rule: Rule,
  earlier: readonly Rule[],
  work: ShadowWork = shadowWork(),
): Rule | undefined => earlier.find((candidate) => covers(candidate.when, rule.when, work));

/** True only if whatever meets `narrow` meets `wide`; false may mean "can't tell". */
export const covers = (wide: Conditions, narrow: Conditions, work: ShadowWork = shadowWork()): boolean => {
  work.left -= 1;
  return (
    work.left > 0 &&
    ageCovers(wide, narrow) &&
    wordsCover(wide.publication, narrow.publication, work) &&
    wordsCover(wide.section, narrow.section, work) &&
    wordsCover(wide.tag, narrow.tag, work) &&
    wordsCover(wide.author, narrow.author, work) &&
    globsCover(wide.path, narrow.path, work) &&
    languagesCover(wide.language, narrow.language, work) &&
    levelsCover(wide.level, narrow.level)
  );
};

/** Of each condition any value is enough, so every value of the narrow one must be taken by some value of the wide one. */
const allTaken = (
  narrow: readonly string[],
  work: ShadowWork,
  looks: number,
  isTaken: (value: string) => boolean,
): boolean =>
  narrow.every((value) => {
    work.left -= looks;
    return work.left > 0 && isTaken(value);
  });

const wordsCover = (
  wide: readonly string[] | undefined,
  narrow: readonly string[] | undefined,
  work: ShadowWork,
): boolean => {
  if (wide === undefined) return true;
  if (narrow === undefined) return false;
  const taken = wordsOf(wide);
  return allTaken([...wordsOf(narrow)], work, 1, (word) => taken.has(word));
};

const globsCover = (
  wide: readonly string[] | undefined,
  narrow: readonly string[] | undefined,
  work: ShadowWork,
): boolean => {
  if (wide === undefined) return true;
  if (narrow === undefined) return false;
  const { equal, folders } = globsOf(wide);
  const isBelow = (glob: string): boolean => {
    if (folders.size === 0) return false;
    const above = foldersAbove(glob);
    work.left -= above.length;
    return above.some((folder) => folders.has(folder));
  };
  return allTaken(narrow, work, 1, (glob) => equal.has(glob) || isBelow(glob));
};

const languagesCover = (
  wide: readonly string[] | undefined,
  narrow: readonly string[] | undefined,
  work: ShadowWork,
): boolean => {
  if (wide === undefined) return true;
  if (narrow === undefined) return false;
  return allTaken(narrow, work, wide.length, (language) =>
    wide.some((range) => isInLanguage(language, range)),
  );
};

const levelsCover = (wide: Conditions['level'], narrow: Conditions['level']): boolean =>
  wide === undefined || (narrow?.every((level) => wide.includes(level)) ?? false);

const ageCovers = (wide: Conditions, narrow: Conditions): boolean =>
  (wide.olderThanDays === undefined || (narrow.olderThanDays ?? -1) >= wide.olderThanDays) &&
  (wide.newerThanDays === undefined || (narrow.newerThanDays ?? Infinity) <= wide.newerThanDays);

/** What is made of a list is kept with it: two thousand rules are compared each with each. */
const onceFor = <Made>(make: (list: readonly string[]) => Made): ((list: readonly string[]) => Made) => {
  const kept = new WeakMap<readonly string[], Made>();
  return (list) => {
    const known = kept.get(list);
    if (known !== undefined) return known;
    const made = make(list);
    kept.set(list, made);
    return made;
  };
};

const wordsOf = onceFor((words): ReadonlySet<string> => new Set(words.map(folded)));

/** A glob takes itself; a plain folder with everything below it takes what begins there. */
const globsOf = onceFor((globs) => ({
  equal: new Set(globs),
  folders: new Set(
    globs
      .filter((glob) => glob.endsWith('/**'))
      .map((glob) => glob.slice(0, -'/**'.length))
      .filter((folder) => !/[*?[\]{}]/.test(folder)),
  ),
}));

/** `/a/b*` and, above it, `/a` and what is empty. */
const foldersAbove = (glob: string): readonly string[] => {
  const folders = [glob];
  for (let at = glob.lastIndexOf('/'); at >= 0; at = at === 0 ? -1 : glob.lastIndexOf('/', at - 1))
    folders.push(glob.slice(0, at));
  return folders;
};
