/** The cookies of a request, one by one and as they were written. */
import { withoutOwnCookies } from '../../origin/own-cookies.ts';

/** `name=value` each, in their order, without Gatefold's own. */
export const cookiePairs = (header: string | undefined): readonly string[] => {
  const others = header === undefined ? undefined : withoutOwnCookies(header);
  if (others === undefined) return none;
  return others
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.includes('='));
};

const none: readonly string[] = [];

export const nameOf = (pair: string): string => pair.slice(0, pair.indexOf('='));
export const textOf = (pair: string): string => pair.slice(pair.indexOf('=') + 1);
