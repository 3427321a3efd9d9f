/** What differs between two texts, line by line, with a few lines around each difference. */

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
/** Two thousand lines that differ, against as many. */
const mostPairs = 4_000_000;
const around = 3;

export const lineDiff = (before: string, after: string): LineDiff => {
  const [was, is] = [before, after].map((text) => text.split(/\r?\n/)) as [string[], string[]];
  if (was.length > mostLines || is.length > mostLines) return { kind: 'too-different' };
  const head = sameAtStart(was, is);
  const tail = sameAtStart(was.slice(head).reverse(), is.slice(head).reverse());
  const [gone, come] = [was.slice(head, was.length - tail), is.slice(head, is.length - tail)];
  if (gone.length * come.length > mostPairs) return { kind: 'too-different' };
  const lines = [
    ...was.slice(0, head).map(same),
    ...compared(gone, come),
    ...was.slice(was.length - tail).map(same),
  ];
  return { kind: 'hunks', hunks: hunksOf(lines) };
};

const same = (text: string): DiffLine => ({ kind: 'same', text });

const sameAtStart = (one: readonly string[], other: readonly string[]): number => {
  const end = Math.min(one.length, other.length);
  for (let at = 0; at < end; at += 1) if (one[at] !== other[at]) return at;
  return end;
};

/** By the longest common subsequence; of two ways, what is gone stands before what is new. */
const compared = (was: readonly string[], is: readonly string[]): readonly DiffLine[] => {
  const width = is.length + 1;
  const longest = new Uint16Array((was.length + 1) * width);
  const at = (x: number, y: number): number => longest[x * width + y] ?? 0;
  for (let x = was.length - 1; x >= 0; x -= 1)
    for (let y = is.length - 1; y >= 0; y -= 1)
      longest[x * width + y] = was[x] === is[y] ? at(x + 1, y + 1) + 1 : Math.max(at(x + 1, y), at(x, y + 1));
  const lines: DiffLine[] = [];
  let [x, y] = [0, 0];
  while (x < was.length || y < is.length) {
    const [gone, come] = [was[x], is[y]];
    if (gone !== undefined && gone === come) {
      lines.push(same(gone));
      x += 1;
      y += 1;
    } else if (gone !== undefined && (come === undefined || at(x + 1, y) >= at(x, y + 1))) {
      lines.push({ kind: 'gone', text: gone });
      x += 1;
    } else if (come !== undefined) {
      lines.push({ kind: 'new', text: come });
      y += 1;
    }
  }
  return lines;
};

const hunksOf = (lines: readonly DiffLine[]): readonly Hunk[] => {
  const changed = lines.flatMap(({ kind }, at) => (kind === 'same' ? [] : [at]));
  const spans: { from: number; to: number }[] = [];
  for (const at of changed) {
    const [from, to] = [Math.max(0, at - around), Math.min(lines.length, at + around + 1)];
    const last = spans.at(-1);
    if (last && from <= last.to) last.to = to;
    else spans.push({ from, to });
  }
  const places = placesOf(lines);
  return spans.map(({ from, to }) => ({
    ...{ before: places[from]?.before ?? 1, after: places[from]?.after ?? 1 },
    lines: lines.slice(from, to),
  }));
};

const placesOf = (lines: readonly DiffLine[]): readonly Pick<Hunk, 'before' | 'after'>[] => {
  let [before, after] = [1, 1];
  return lines.map(({ kind }) => {
    const place = { before, after };
    if (kind !== 'new') before += 1;
    if (kind !== 'gone') after += 1;
    return place;
  });
};
