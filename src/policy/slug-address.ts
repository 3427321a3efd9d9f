/** Where an article stands of which nothing but its slug is known: the globs of articles' paths with one place in them. */
import { type GlobPart, readGlob } from './glob-parts.ts';

/** Addresses, likeliest first; none of them need be there. */
export type SlugAddresses = (slug: string) => readonly string[];

/** `/news/*` and `/{news,blog}/*.html` have one place for a slug; `/*` beside another `*` could be anything. */
export const compileSlugAddresses = (globs: readonly string[]): SlugAddresses => {
  const sides = globs.flatMap((glob) => sidesOf(readGlob(glob) ?? [])).slice(0, mostSides);
  return (slug) => (isSlug(slug) ? sides.map(([before, after]) => `${before}${slug}${after}`) : []);
};

/** Each is an address to look at, for each entry of a list. */
const mostSides = 8;

type Sides = readonly [before: string, after: string];

const sidesOf = (parts: readonly GlobPart[]): Sides[] => {
  const at = parts.findIndex(isPlace);
  const place = parts[at];
  if (!place || parts.findLastIndex(isPlace) !== at) return [];
  const befores = spellings(parts.slice(0, at));
  const afters = spellings(parts.slice(at + 1));
  return befores.flatMap((before) =>
    afters.map(
      (after): Sides => [place.kind === 'folders' && !before.endsWith('/') ? `${before}/` : before, after],
    ),
  );
};

const isPlace = ({ kind }: GlobPart): boolean => kind === 'run' || kind === 'folders';

/** Every text that the parts stand for; none where they stand for too many to be looked at. */
const spellings = (parts: readonly GlobPart[]): string[] => {
  let found = [''];
  for (const part of parts) {
    if (part.kind === 'letter') found = found.map((text) => text + part.letter);
    else if (part.kind === 'either') {
      const options = part.options.flatMap(spellings);
      found = found.flatMap((text) => options.map((option) => text + option));
    } else return [];
    if (found.length > mostSides) return [];
  }
  return found;
};

const isSlug = (text: string): boolean => text.length <= longestSlug && /^[\p{L}\p{N}_~.-]+$/u.test(text);

const longestSlug = 300;
