/** The path globs that a policy may use, and what they match. */
import { readGlob } from './glob-parts.ts';
import { type GlobStates, statesOf } from './glob-states.ts';
import { inOneCase, stepsFor, walkOf } from './glob-walk.ts';

export interface GlobFault {
  readonly message: string;
  readonly instead: string;
}

/**
 * Why a glob can't be used, or undefined when it can. Only `*`, `**`, `?`, `[…]` and `{a,b}` are special: the rest of
 * what glob libraries know (negation, groups, repetition) turns rules into riddles.
 */
export const globFault = (glob: string): GlobFault | undefined => {
  if (/^[a-z][a-z+.-]*:\/\//i.test(glob)) {
    return { message: 'a path glob has no scheme and host', instead: pathOf(glob) };
  }
  if (!glob.startsWith('/')) {
    const bare = glob.replace(/^[!./\\]+/, '');
    return { message: 'a path glob begins with /', instead: `/${bare}` };
  }
  const unusable = /[()|\\^#\s]/u.exec(glob)?.[0];
  if (unusable) {
    return {
      message: `${JSON.stringify(unusable)} can't be used in a path glob`,
      instead: 'a path with *, **, ?, [abc] or {one,two}, such as /news/**',
    };
  }
  if (/[^/]\*\*|\*\*[^/]/.test(glob)) {
    return {
      message: '** stands for whole folders and so stands alone between slashes',
      instead: alone(glob),
    };
  }
  return wildcardFault(glob) ?? bracketFault(glob);
};

/** The same for globs of names, which have no folders. */
export const nameGlobFault = (glob: string): GlobFault | undefined => {
  const unusable = /[()|\\^!/\s]|\*\*/u.exec(glob)?.[0];
  if (unusable === undefined) return wildcardFault(glob) ?? bracketFault(glob);
  return {
    message: `${JSON.stringify(unusable)} can't be used here`,
    instead: 'a name with *, ? or [abc], such as sess*',
  };
};

/** One test of a path against any of the globs. Compiled once; paths are canonical, and case matters. */
export const compileGlobs = (globs: readonly string[]): ((path: string) => boolean) => {
  const written = globs.map(comparable);
  const exact = new Set(written);
  const walked = written
    .map((glob) => ({ glob, prefix: plainPrefix(glob) }))
    .filter(({ glob, prefix }) => prefix !== glob)
    .map(({ glob, prefix }) => ({ prefix, walk: onceAsked(() => walkOf(statesFor(glob))) }));
  return (path) => {
    const text = comparable(path);
    return (
      exact.has(text) || walked.some(({ prefix, walk }) => text.startsWith(prefix) && walk().matches(text))
    );
  };
};

/** One test of a cookie's name against any of the globs; case doesn't matter, since frameworks don't agree on it. */
export const compileNameGlobs = (globs: readonly string[]): ((name: string) => boolean) => {
  const exact = new Set(globs.filter((glob) => plainPrefix(glob) === glob).map(inOneCase));
  const walked = globs
    .filter((glob) => plainPrefix(glob) !== glob)
    .map((glob) => onceAsked(() => walkOf(statesFor(glob), true)));
  return (name) => name !== '' && (exact.has(inOneCase(name)) || walked.some((walk) => walk().matches(name)));
};

/** What a path that begins with `prefix` costs here, in steps for each of its characters; 0: it is looked up. */
export const globCost = (glob: string): { readonly prefix: string; readonly steps: number } => {
  const written = comparable(glob);
  const prefix = plainPrefix(written);
  return { prefix, steps: prefix === written ? 0 : stepsOf(written) };
};

/** The same of a cookie's name, whatever it begins with. */
export const nameGlobCost = (glob: string): number => (plainPrefix(glob) === glob ? 0 : stepsOf(glob));

const stepsOf = (glob: string): number => stepsFor(statesFor(glob));

/** What every path that the glob matches begins with: of `/news/**` that is `/news`, which it matches too. */
const plainPrefix = (glob: string): string => {
  const plain = /^[^*?[\]{}]*/.exec(glob)?.[0] ?? '';
  return glob.startsWith('**', plain.length) && plain.endsWith('/') ? plain.slice(0, -1) : plain;
};

const onceAsked = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

/** A glob that can’t be read was refused before; here it matches nothing. */
const statesFor = (glob: string): GlobStates => {
  const parts = readGlob(glob);
  return statesOf(parts ?? [{ kind: 'either', options: [] }]);
};

/** With or without a slash at its end it is the same article at nearly every origin, and must not fall under another rule. */
const comparable = (path: string): string => {
  const canonical = asCanonical(path);
  return canonical.length > 1 && canonical.endsWith('/') ? canonical.slice(0, -1) : canonical;
};

/** People write `/café/**`, canonical paths carry `%C3%A9`. */
const asCanonical = (text: string): string =>
  /[^\x20-\x7e]/.test(text) ? text.replace(/[^\x20-\x7e]+/gu, encodeWellFormed) : text;

const encodeWellFormed = (text: string): string =>
  encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));

const pathOf = (address: string): string => `/${address.split('/').slice(3).join('/')}`;

const alone = (glob: string): string =>
  glob
    .split('/')
    .map((part) => (part.includes('**') && part !== '**' ? part.replace(/\*{2,}/g, '*') : part))
    .join('/');

/** A `+` there repeats in other languages and doesn’t here; and nobody can say what a glob of many stars is for. */
const wildcardFault = (glob: string): GlobFault | undefined => {
  const repeated = /[\]}]\+/.exec(glob);
  if (repeated)
    return { message: '+ after a bracket can’t be used', instead: glob.replaceAll(/([\]}])\++/g, '$1*') };
  const wildcards = glob.match(/\*+/g)?.length ?? 0;
  if (wildcards <= mostWildcards) return undefined;
  return {
    message: `a glob has at most ${mostWildcards} stars`,
    instead: 'several shorter globs, or ** for whole folders',
  };
};

const mostWildcards = 8;

const bracketFault = (glob: string): GlobFault | undefined =>
  readGlob(glob)
    ? undefined
    : {
        message: 'a bracket is opened and not closed, or closed and not opened',
        instead: glob.replace(/[[\]{}]/g, ''),
      };
