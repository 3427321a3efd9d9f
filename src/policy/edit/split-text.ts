/** A policy's text cut at its sections, and its rules, by lines alone: a long one need not be parsed to change one entry. */
import { lineEnd, lineStart, withCommentsAbove } from './text-lines.ts';

export interface Part {
  /** With the comments above it. */
  readonly start: number;
  readonly end: number;
}

export interface Section extends Part {
  readonly key: string;
  /** Of the key itself. */
  readonly at: number;
}

/** undefined for a text in which lines alone can't tell, such as one with anchors or one that is `{ … }`. */
export const splitSections = (text: string): readonly Section[] | undefined => {
  if (text.includes('\t') || text.startsWith('\uFEFF') || anchors.test(text)) return undefined;
  const found = splitLines(text, 0, text.length, (line) => {
    if (/^\s/.test(line) || /^-(?:\s|$)/.test(line)) return 'inside';
    return /^[A-Za-z]+:(?:\s|$)/.test(line) ? 'begins' : 'unclear';
  });
  const sections = found?.map(({ at, ...part }) => ({
    ...part,
    at,
    key: text.slice(at, text.indexOf(':', at)),
  }));
  const distinct = new Set(sections?.map(({ key }) => key));
  return sections && distinct.size === sections.length && sections.length > 0 ? sections : undefined;
};

/** The entries of a section that is a list with a dash for each. */
export const splitEntries = (
  text: string,
  { at, end }: Section,
): { readonly column: number; readonly entries: readonly Part[] } | undefined => {
  const first = lineEnd(text, at);
  if (!/^[A-Za-z]+:\s*(?:#.*)?$/.test(text.slice(at, first))) return undefined;
  const dash = /^( *)-(?: |\r?$)/m.exec(text.slice(first, end));
  const column = dash?.[1]?.length ?? -1;
  const begins = new RegExp(`^ {${Math.max(0, column)}}-(?: |$)`);
  const inside = new RegExp(`^ {${column + 1}}`);
  const entries = splitLines(text, text.indexOf('\n', first) + 1, end, (line) =>
    begins.test(line) ? 'begins' : inside.test(line) ? 'inside' : 'unclear',
  );
  return dash && entries && entries.length > 0 ? { column, entries } : undefined;
};

/** A `&` or `*` that may name a value. */
const anchors = /(?:^|[\s,[{])[&*]\S/m;

/** @param kindOf asked of each line that is neither blank nor a comment of the outer level */
const splitLines = (
  text: string,
  from: number,
  to: number,
  kindOf: (line: string) => 'begins' | 'inside' | 'unclear',
): readonly (Part & { readonly at: number })[] | undefined => {
  const parts: { start: number; end: number; at: number }[] = [];
  let column = 0;
  for (let begin = from; begin < to; ) {
    const end = Math.min(to, lineEnd(text, begin));
    const line = text.slice(begin, end);
    const lead = line.length - line.trimStart().length;
    const next = text.indexOf('\n', end);
    const isOuterComment = line[lead] === '#' && (parts.length === 0 || lead <= column);
    if (lead < line.length && !isOuterComment) {
      const kind = kindOf(line);
      const last = parts.at(-1);
      if (kind === 'unclear' || (kind === 'inside' && !last)) return undefined;
      if (kind === 'begins') {
        column = lead;
        parts.push({ start: withCommentsAbove(text, begin + lead), end, at: begin + lead });
      } else if (last) last.end = end;
    }
    begin = next < 0 ? to : next + 1;
  }
  return parts;
};

/** So that an entry stands at its own column when it is read by itself. */
export const marginOf = (text: string, { start }: Part): string => ' '.repeat(start - lineStart(text, start));
