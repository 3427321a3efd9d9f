/** A glob's parts as states in a row, and the ways between them: what is walked through a path in one go. */
import type { GlobPart } from './glob-parts.ts';

/** State 0 is the beginning, and the last one is where the whole glob has been matched. */
export interface GlobStates {
  /** How a character leads from each state to the next: as this letter, as one of a class, as anything but a slash, or never. */
  readonly steps: readonly Step[];
  /** States that characters don't lead out of: any at all, or any but a slash. */
  readonly stays: ReadonlyMap<number, 'any' | 'name'>;
  /** Ways that cost no character, all of them forwards, by where they begin. */
  readonly jumps: readonly Jump[];
  /** States that can't be entered where the rest of the path's name is none: see `run` of GlobPart. */
  readonly guards: ReadonlyMap<number, 'slash' | 'dot'>;
  /** Where the path may end, beside the last one. */
  readonly ends: readonly number[];
}

export type Step =
  | { readonly kind: 'letter'; readonly letter: string }
  | { readonly kind: 'class'; readonly source: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'none' };

export interface Jump {
  readonly from: number;
  readonly to: number;
  /** Only where the path ends. */
  readonly atEnd?: true;
}

export const statesOf = (parts: readonly GlobPart[]): GlobStates => {
  const row: Row = { steps: [], stays: new Map(), jumps: [], guards: new Map(), ends: [] };
  addParts(row, parts);
  return { ...row, jumps: row.jumps.sort((a, b) => a.from - b.from) };
};

interface Row {
  readonly steps: Step[];
  readonly stays: Map<number, 'any' | 'name'>;
  readonly jumps: Jump[];
  readonly guards: Map<number, 'slash' | 'dot'>;
  readonly ends: number[];
}

/** The state that the row has come to. */
const here = ({ steps }: Row): number => steps.length;

const addParts = (row: Row, parts: readonly GlobPart[]): void => {
  for (const part of parts) addPart(row, part);
};

const addPart = (row: Row, part: GlobPart): void => {
  switch (part.kind) {
    case 'run':
      row.stays.set(here(row), 'name');
      if (part.after) row.guards.set(here(row), part.after);
      return;
    case 'folders':
      addFolders(row, part.place);
      return;
    case 'either':
      addOptions(row, part.options);
      return;
    default:
      row.steps.push(part);
  }
};

const slash = { kind: 'letter', letter: '/' } as const;

const addFolders = (row: Row, place: 'last' | 'between' | 'loose'): void => {
  const from = here(row);
  if (place === 'last') row.ends.push(from);
  if (place !== 'loose') row.steps.push(slash);
  if (place !== 'between') {
    row.stays.set(here(row), 'any');
    return;
  }
  const inside = apart(row);
  row.stays.set(inside, 'any');
  row.steps.push(slash);
  row.jumps.push({ from, to: here(row), atEnd: true });
  row.jumps.push({ from: from + 1, to: inside }, { from: from + 1, to: here(row) });
};

/** Each option has states of its own, and so has what comes after: what stays in one mustn't stay in another. */
const addOptions = (row: Row, options: readonly (readonly GlobPart[])[]): void => {
  const from = here(row);
  const ends = options.map((option) => {
    row.jumps.push({ from, to: apart(row) });
    addParts(row, option);
    return here(row);
  });
  const after = apart(row);
  row.jumps.push(...ends.map((end) => ({ from: end, to: after })));
};

/** A state that nothing leads to yet. */
const apart = (row: Row): number => {
  row.steps.push({ kind: 'none' });
  return here(row);
};
