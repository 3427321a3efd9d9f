/** What differs between two texts, line by line, with a few lines around each difference. */
import { structuredPatch } from 'diff';

export interface DiffLine {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

export interface Hunk {
  /** Where it begins in the text before and in the one after. From 1. */
  readonly before: number;
  readonly after: number;
  readonly lines: readonly DiffLine[];
}

export type LineDiff =
  /** Empty: the same lines. */
  | { readonly kind: 'hunks'; readonly hunks: readonly Hunk[] }
  /** Comparing them would take too long, and nobody would read it. */
  | { readonly kind: 'too-different' };

const mostLines = 5000;
/** Lines that are gone or new: the time that it takes grows with their square. */
const mostChanged = 4000;
const around = 3;

export const lineDiff = (before: string, after: string): LineDiff => {
  const [was, is] = [whole(before), whole(after)];
  if (linesOf(was) > mostLines || linesOf(is) > mostLines) return { kind: 'too-different' };
  const patch = structuredPatch('', '', was, is, '', '', { context: around, maxEditLength: mostChanged });
  if (patch === undefined) return { kind: 'too-different' };
  const hunks = patch.hunks.map(({ oldStart, newStart, lines }) => ({
    before: oldStart,
    after: newStart,
    lines: lines.map((line) => ({ kind: kindOf(line), text: line.slice(1) })),
  }));
  return { kind: 'hunks', hunks };
};

/** Each line ends alike, the last one too. */
const whole = (text: string): string => `${text.replaceAll('\r\n', '\n')}\n`;

const linesOf = (text: string): number => text.split('\n').length - 1;

const kindOf = (line: string): DiffLine['kind'] =>
  line.startsWith('-') ? 'gone' : line.startsWith('+') ? 'new' : 'same';
