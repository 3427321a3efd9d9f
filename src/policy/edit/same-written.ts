/** Whether two plain values are written differently at most in what makes no difference to a policy. */
import { isRaw } from './written-policy.ts';

/** One text stands for a list of one, and the order of keys says nothing. */
export const sameWritten = (a: unknown, b: unknown): boolean => {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (typeof a === 'string' && Array.isArray(b)) return b.length === 1 && b[0] === a;
  if (typeof b === 'string' && Array.isArray(a)) return a.length === 1 && a[0] === b;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((entry, index) => sameWritten(entry, b[index]));
  if (!isRaw(a) || !isRaw(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameWritten(a[key], b[key]))
  );
};
