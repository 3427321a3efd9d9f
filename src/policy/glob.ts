/** The path globs that a policy may use, and what they match. */
import picomatch from 'picomatch';

export interface GlobFault {
  readonly message: string;
  readonly instead: string;
}

/**
 * Why a glob can't be used, or undefined when it can. Only `*`, `**`, `?`, `[…]` and `{a,b}` are special: the rest of
 * what glob libraries know (negation, groups, repetition) turns rules into riddles and can make matching take for ever.
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
  if (globs.length === 0) return () => false;
  const matches = picomatch(
    globs.map((glob) => comparable(glob)),
    globOptions,
  );
  return (path) => matches(comparable(path));
};

/** One test of a cookie's name against any of the globs; case doesn't matter, since frameworks don't agree on it. */
export const compileNameGlobs = (globs: readonly string[]): ((name: string) => boolean) => {
  if (globs.length === 0) return () => false;
  const matches = picomatch([...globs], { ...globOptions, nocase: true });
  return (name) => matches(name);
};

const globOptions = { dot: true, strictBrackets: true, noextglob: true, nonegate: true } as const;

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

/** Many wildcards in one glob, or a repeated group, take time that grows out of all bounds with the path's length. */
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

const bracketFault = (glob: string): GlobFault | undefined => {
  try {
    picomatch.makeRe(glob, globOptions);
  } catch {
    return {
      message: 'a bracket is opened and not closed, or closed and not opened',
      instead: glob.replace(/[[\]{}]/g, ''),
    };
  }
  return undefined;
};
