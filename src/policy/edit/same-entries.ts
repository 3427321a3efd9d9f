/** Which entries of a list or group as it was are meant by the entries as they shall be. */
import { isRaw } from './written-policy.ts';

/** @param madeFrom what changed entries were before, where they can't be recognised by their id or name */
export const correspondence = (
  was: readonly unknown[],
  next: readonly unknown[],
  madeFrom: ReadonlyMap<unknown, unknown>,
): readonly (number | undefined)[] => {
  const free = new Map<unknown, number[]>();
  for (const [index, value] of was.entries()) {
    for (const sign of new Set([value, signOf(value)])) free.set(sign, [...(free.get(sign) ?? []), index]);
  }
  const taken = new Set<number>();
  const take = (sign: unknown): number | undefined => {
    const index = free.get(sign)?.find((candidate) => !taken.has(candidate));
    if (index !== undefined) taken.add(index);
    return index;
  };
  // The very same entry before one that only looks alike, or two alike would change places.
  const sure = next.map((value) => take(madeFrom.get(value) ?? value));
  return next.map((value, index) => sure[index] ?? take(signOf(value)));
};

const signOf = (value: unknown): unknown => {
  if (!isRaw(value)) return `text ${JSON.stringify(value)}`;
  const id = value.id ?? value.name;
  return id === undefined ? `group ${JSON.stringify(value)}` : `named ${JSON.stringify(id)}`;
};

/** Old key -> new key. The very same value under another key is a key with a new name. */
export const newNames = (
  was: Readonly<Record<string, unknown>>,
  next: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, string> => {
  const added = Object.keys(next).filter((key) => !Object.hasOwn(was, key));
  return new Map(
    Object.keys(was).flatMap((key): [string, string][] => {
      if (Object.hasOwn(next, key)) return [[key, key]];
      const renamed = added.find((name) => isRaw(was[key]) && next[name] === was[key]);
      return renamed === undefined ? [] : [[key, renamed]];
    }),
  );
};
