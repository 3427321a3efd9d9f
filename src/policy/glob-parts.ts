/** A glob's text as the parts that it is made of. */
import { type Sign, signsOf } from './glob-signs.ts';

export type GlobPart =
  | { readonly kind: 'letter'; readonly letter: string }
  /** `?`: anything but a slash. */
  | { readonly kind: 'one' }
  /** `[…]`: a class as regular expressions write it, with its brackets. */
  | { readonly kind: 'class'; readonly source: string }
  /** `*`: any number of characters but slashes. Where it begins a name, or follows the dot that begins one, more has to come. */
  | { readonly kind: 'run'; readonly after: 'slash' | 'dot' | undefined }
  /**
   * `**`, with the slashes that belong to it. `last`: all that is in a folder, and the folder. `between`: a slash, or whole folders
   * between two. `loose`: anything.
   */
  | { readonly kind: 'folders'; readonly place: 'last' | 'between' | 'loose' }
  /** `{a,b}` */
  | { readonly kind: 'either'; readonly options: readonly (readonly GlobPart[])[] };

/**
 * Undefined: a bracket is opened and not closed, or closed and not opened. What each sign means where it stands is what
 * picomatch made of it, which read the globs of policies before this did; tests/policy/glob.test.ts holds the two
 * together.
 */
export const readGlob = (glob: string): readonly GlobPart[] | undefined => {
  const signs = signsOf(glob);
  if (!signs) return undefined;
  const outermost: Group = { from: 0, options: [], parts: [] };
  const open = [outermost];
  for (let at = 0; at < signs.length; at += 1) {
    const group = open.at(-1) ?? outermost;
    const { kind } = signs[at] as Sign;
    if (kind === 'open') open.push({ from: at, options: [], parts: [] });
    else if (kind === 'close' && open.length > 1) {
      open.pop();
      open.at(-1)?.parts.push(...closed(group, signs.slice(group.from + 1, at)));
    } else if (kind === 'comma' && open.length > 1) {
      group.options.push(group.parts);
      group.parts = [];
    } else if (kind === 'folders') at = readFolders(group.parts, signs, at);
    else group.parts.push(...partsOf(signs, at, open.length > 1));
  }
  return open.length > 1 ? undefined : outermost.parts;
};

interface Group {
  /** Its bracket’s place among the signs. */
  readonly from: number;
  /** Those that a comma ended. */
  readonly options: GlobPart[][];
  parts: GlobPart[];
}

const letters = (text: string): readonly GlobPart[] =>
  text.split('').map((letter) => ({ kind: 'letter', letter }));

/** Braces without a comma are braces, unless they hold a range of characters. */
const closed = ({ options, parts }: Group, inside: readonly Sign[]): readonly GlobPart[] => {
  if (options.length > 0) return [{ kind: 'either', options: [...options, parts] }];
  const range = /^([a-z\d]+)\.\.([a-z\d]+)$/i.exec(inside.map(({ text }) => text).join(''));
  if (!range) return [...letters('{'), ...parts, ...letters('}')];
  return [{ kind: 'class', source: `[${range.slice(1).sort().join('-')}]` }];
};

const partsOf = (signs: readonly Sign[], at: number, inBraces: boolean): readonly GlobPart[] => {
  const { kind, text, literal } = signs[at] as Sign;
  switch (kind) {
    case 'one':
      return [{ kind: 'one' }];
    case 'run':
      return [{ kind: 'run', after: beforeRun(signs, at, inBraces) }];
    case 'class':
      return literal
        ? [{ kind: 'either', options: [letters(text), [{ kind: 'class', source: text }]] }]
        : [{ kind: 'class', source: text }];
    default:
      return letters(text);
  }
};

const beforeRun = (signs: readonly Sign[], at: number, inBraces: boolean): 'slash' | 'dot' | undefined => {
  const before = signs[at - 1]?.kind ?? 'slash';
  if (before === 'slash') return 'slash';
  const beginsName = inBraces || (signs[at - 2]?.kind ?? 'slash') === 'slash';
  return before === 'dot' && beginsName ? 'dot' : undefined;
};

/**
 * Takes the slashes that belong to it, and gives the place of the last sign that it took. At the very beginning, and at
 * the end after a folder of any name, the slash before it has to be there.
 */
const readFolders = (parts: GlobPart[], signs: readonly Sign[], from: number): number => {
  let at = from;
  while (signs[at + 1]?.kind === 'slash' && signs[at + 2]?.kind === 'folders') at += 2;
  const isLast = at === signs.length - 1;
  const beforeSlash = signs[from - 2]?.kind;
  const loose = beforeSlash === undefined || (isLast && beforeSlash === 'run');
  if (!loose) parts.pop();
  parts.push({ kind: 'folders', place: loose ? 'loose' : isLast ? 'last' : 'between' });
  return loose || isLast ? at : at + 1;
};
