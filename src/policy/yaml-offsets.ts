/** Where in a text the value at each path was written, and its key. */
import type { Node } from 'yaml';
import type { Path } from './policy-fault.ts';

export interface Offsets {
  /** The first is where an alias stands; what it stands for was written elsewhere. */
  note(path: Path, node: Node | null): void;
  noteKey(path: Path, node: Node | null): void;
  /** Of the value at a path, or of its key; where there is nothing, of the nearest value around it. */
  of(path: Path, on?: 'key'): number;
}

/** One for each step, so that a long key above many values is kept once. */
interface Spot {
  readonly below: Map<string | number, Spot>;
  value?: number;
  key?: number;
}

export const createOffsets = (): Offsets => {
  const root: Spot = { below: new Map() };
  const note = (path: Path, node: Node | null, as: 'value' | 'key'): void => {
    if (!node?.range) return;
    const spot = path.reduce(below, root);
    spot[as] ??= node.range[0];
  };
  return {
    note: (path, node) => note(path, node, 'value'),
    noteKey: (path, node) => note(path, node, 'key'),
    of: (path, on) => {
      const spots = spotsOn(root, path);
      const last = spots.length === path.length + 1 ? spots.pop() : undefined;
      const there = last && (on === 'key' ? (last.key ?? last.value) : (last.value ?? last.key));
      return there ?? spots.reduce((near, { value, key }) => value ?? key ?? near, 0);
    },
  };
};

const below = (spot: Spot, step: string | number): Spot => {
  const known = spot.below.get(step);
  if (known) return known;
  const made: Spot = { below: new Map() };
  spot.below.set(step, made);
  return made;
};

/** From the outermost, as far as something is written. */
const spotsOn = (root: Spot, path: Path): Spot[] => {
  const spots = [root];
  for (const step of path) {
    const next = spots.at(-1)?.below.get(step);
    if (!next) break;
    spots.push(next);
  }
  return spots;
};
