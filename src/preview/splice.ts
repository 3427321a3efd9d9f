/** Byte-exact changes to a source: what no edit covers comes out as it went in. */

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The part `[from, to)` of a source with the edits in it made. An edit that begins inside an earlier one is left out,
 * for what it would change is gone already; one that reaches beyond the part is clipped.
 */
export const spliced = (source: string, edits: readonly Edit[], from: number, to: number): string => {
  const pieces: string[] = [];
  let at = from;
  for (const { start, end, text } of inOrder(edits)) {
    if (start < at || start > to || end > to) continue;
    pieces.push(source.slice(at, start), text);
    at = end;
  }
  pieces.push(source.slice(at, to));
  return pieces.join('');
};

const inOrder = (edits: readonly Edit[]): readonly Edit[] =>
  edits.every((edit, index) => index === 0 || compared(edits[index - 1] ?? edit, edit) <= 0)
    ? edits
    : [...edits].sort(compared);

const compared = (one: Edit, other: Edit): number => one.start - other.start || other.end - one.end;
