/** A glob's text as the signs that it is written with. */

export interface Sign {
  readonly kind:
    | 'slash'
    | 'dot'
    | 'run'
    | 'folders'
    | 'one'
    | 'class'
    | 'open'
    | 'comma'
    | 'close'
    | 'letter';
  /** As written; of a class what a regular expression calls it, with its brackets. */
  readonly text: string;
  /** A class without anything special in it: the same text can also be meant as it stands. */
  readonly literal?: true;
}

/** Undefined: a square bracket is opened and not closed, or closed and not opened. */
export const signsOf = (glob: string): readonly Sign[] | undefined => {
  const signs: Sign[] = [];
  for (let at = 0; at < glob.length; at += 1) {
    const letter = glob.charAt(at);
    if (letter === ']') return undefined;
    else if (letter === '[') {
      const read = readClass(glob, at);
      if (!read) return undefined;
      signs.push(read.sign);
      at = read.last;
    } else if (letter === '*' && glob.charAt(at + 1) === '*') {
      signs.push({ kind: 'folders', text: '**' });
      at += 1;
    } else signs.push({ kind: kinds[letter] ?? 'letter', text: letter });
  }
  return signs;
};

const kinds: Readonly<Record<string, Sign['kind'] | undefined>> = {
  '/': 'slash',
  '.': 'dot',
  '*': 'run',
  '?': 'one',
  '{': 'open',
  ',': 'comma',
  '}': 'close',
};

/** From its bracket on; a `]` that comes first stands for itself. */
const readClass = (
  glob: string,
  from: number,
): { readonly sign: Sign; readonly last: number } | undefined => {
  let inside = '';
  for (let at = from + 1; at < glob.length; at += 1) {
    const letter = glob.charAt(at);
    const named = letter === '[' ? /^\[:([a-z]+):\]/.exec(glob.slice(at, at + longestName)) : null;
    const members = named && classNames[named[1] ?? ''];
    if (letter === ']' && inside !== '') {
      const literal = /[-*+?.$[\]{}\\]/.test(inside) ? {} : { literal: true as const };
      return { sign: { kind: 'class', text: `[${inside}]`, ...literal }, last: at };
    }
    if (members) {
      inside += members;
      at += (named?.[0].length ?? 0) - 1;
    } else
      inside +=
        /[[\]]/.test(letter) || (letter === '-' && glob.charAt(at + 1) === ']') ? `\\${letter}` : letter;
  }
  return undefined;
};

const longestName = '[:xdigit:]'.length;

const classNames: Readonly<Record<string, string | undefined>> = {
  alnum: 'a-zA-Z0-9',
  alpha: 'a-zA-Z',
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  word: 'A-Za-z0-9_',
  xdigit: 'A-Fa-f0-9',
};
