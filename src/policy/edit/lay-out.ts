/** How entries are laid out anew: on the line of their key or on lines of their own, as what stands around them is. */
import { isMap } from 'yaml';
import type { Path } from '../policy-fault.ts';
import { block, inline, isGroup, scalar } from './render.ts';
import { type Collection, endOf, type Slot } from './slots.ts';
import { lineEnd } from './text-lines.ts';

/** The text that is rewritten, and how. */
export interface Job {
  readonly text: string;
  readonly eol: string;
  readonly madeFrom: ReadonlyMap<unknown, unknown>;
  /** Write out every alias: one of them stands for something that is changed. */
  readonly unalias: boolean;
}

/** How many levels below a path are lines of their own where nothing is written yet. */
export const depthAt = (path: Path): number => Math.max(0, 3 - path.length);

/** What was a value of its own lines, or none, on the line of its key. */
export const onOneLine = (
  { text }: Job,
  { mark, end, value }: Slot,
  untilMark: string,
  next: unknown,
): string => `${untilMark} ${inline(next)}${value ? commentAt(text, mark) : text.slice(mark, end)}`;

export const onLines = (
  { text, eol }: Job,
  { mark, end, column, value, keyed }: Slot,
  untilMark: string,
  next: unknown,
  path: Path,
): string => {
  const margin = ' '.repeat(column + 2);
  const comment = commentAt(text, value ? (endOf(text, value) ?? end) : mark);
  const lines = block(next, column + 2, eol, depthAt(path));
  return keyed ? `${untilMark}${comment}${eol}${margin}${lines}` : `${untilMark} ${lines}`;
};

/** With the space before it. */
const commentAt = (text: string, offset: number): string =>
  /^\s*(?=#)/.test(text.slice(offset, lineEnd(text, offset)))
    ? text.slice(offset, lineEnd(text, offset))
    : '';

export const newPair = (
  { eol }: Job,
  node: Collection,
  slots: readonly Slot[],
  key: string,
  value: unknown,
  path: Path,
): string => {
  const depth = depthAt([...path, key]);
  if (node.flow || depth === 0 || !isGroup(value) || allInFlow(slots))
    return `${scalar(key)}: ${inline(value)}`;
  return block({ [key]: value }, slots[0]?.column ?? 0, eol, depth + 1);
};

export const newItem = (
  { eol }: Job,
  node: Collection,
  slots: readonly Slot[],
  value: unknown,
  path: Path,
): string => {
  if (node.flow) return inline(value);
  const depth = allInFlow(slots) ? 0 : depthAt([...path, 0]);
  return block([value], slots[0]?.column ?? 0, eol, depth + 1);
};

/** Whether all that is there is written as `{ … }`, as a new one is then too. */
const allInFlow = (slots: readonly Slot[]): boolean =>
  slots.length > 0 && slots.every(({ value }) => value !== null && isMap(value) && value.flow === true);
