/** An odd address that may be asked for all the same: no rule covers it, however a server reads it. */
import { oddTarget } from '../origin/odd-target.ts';
import { pagesBehind } from './form-address.ts';
import type { PageAddress } from './page-addresses.ts';
import type { PolicyInForce } from './policy-in-force.ts';

/**
 * Undefined: refused. What rules cover stays strict, since a rule couldn't be sure of what the origin makes of it. What the
 * policy ignores however it is read is left alone. What comes back is looked at as everything is.
 */
export const oddAddress = (raw: string, { matcher }: PolicyInForce): PageAddress | undefined => {
  const odd = oddTarget(raw);
  if (odd === undefined || odd.readings.some(isOwnPage)) return undefined;
  if (odd.readings.every(matcher.isIgnoredPath)) return odd;
  const isCovered = (path: string): boolean =>
    matcher.isRuledPath(path) ||
    matcher.articleBehind(path, path) !== undefined ||
    pagesBehind(path).length > 0;
  return odd.readings.some(isCovered) ? undefined : odd;
};

const isOwnPage = (path: string): boolean => path === '/-' || path.startsWith('/-/');
