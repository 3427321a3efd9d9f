/** What an `…updated` event says was otherwise before. */

/** Undefined: nothing that is shown has changed. */
export const changedFields = (before: object, after: object): object | undefined => {
  const now = new Map(Object.entries(after));
  const changed = Object.entries(before).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(now.get(name)),
  );
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
};
