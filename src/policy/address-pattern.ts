/** Addresses that hold an article's own: `/api{article}.json` stands for `/api/news/a-story.json`, which is `/news/a-story`. */
import type { AddressForm } from './policy.ts';

interface PatternFault {
  readonly message: string;
  readonly instead: string;
}

/** Why a pattern can't be used, or undefined when it can. One place for the article, and nothing else that is special. */
export const addressPatternFault = (pattern: string): PatternFault | undefined => {
  const places = pattern.split(PLACE).length - 1;
  if (places !== 1) {
    return {
      message: `{article} stands ${places === 0 ? 'nowhere' : 'more than once'} in ${JSON.stringify(pattern.slice(0, 60))}`,
      instead: 'an address that holds {article} once, such as /api{article}.json',
    };
  }
  if (!/^(?:\/|\{article\})/.test(pattern)) {
    const bare = pattern.replace(/^[a-z][a-z+.-]*:\/\/[^/{]*/i, '').replace(/^[./\\]+/, '');
    return { message: 'an address begins with / and has no scheme and host', instead: `/${bare}` };
  }
  const unusable = /[\s#\\*]|[{}]/u.exec(pattern.replace(PLACE, ''))?.[0];
  if (unusable === undefined) return undefined;
  return {
    message: `${JSON.stringify(unusable)} can't be used beside {article}`,
    instead: 'a plain address with {article} in it, such as /api/stories/{article}',
  };
};

/**
 * The address of the article that stands behind another one, by the first form that holds; undefined: by none. A pattern with a
 * `?` is held against path and query, in which the article's path may be percent-encoded, any other against the path.
 */
export const compileForms = (
  forms: readonly AddressForm[],
): ((target: string, path: string) => string | undefined) => {
  const compiled = forms.map(({ path: pattern, article }) => ({
    sides: sidesOf(pattern),
    article: sidesOf(article),
    queried: pattern.includes('?'),
  }));
  return (target, path) => {
    for (const { sides, article, queried } of compiled) {
      const found = between(queried ? target : path, sides);
      const behind = found === undefined ? undefined : addressAt(queried ? decoded(found) : found, article);
      if (behind !== undefined) return behind;
    }
    return undefined;
  };
};

const PLACE = '{article}';

type Sides = readonly [before: string, after: string];

const sidesOf = (pattern: string): Sides => {
  const at = pattern.indexOf(PLACE);
  return [pattern.slice(0, at), pattern.slice(at + PLACE.length)];
};

/** What stands between the two sides; undefined where nothing does. */
const between = (address: string, [before, after]: Sides): string | undefined =>
  address.length > before.length + after.length && address.startsWith(before) && address.endsWith(after)
    ? address.slice(before.length, address.length - after.length)
    : undefined;

const addressAt = (found: string | undefined, [before, after]: Sides): string | undefined => {
  if (found === undefined) return undefined;
  const start = before === '' && !found.startsWith('/') ? '/' : before;
  return `${start.endsWith('/') ? start + found.replace(/^\/+/, '') : start + found}${after}`;
};

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};
