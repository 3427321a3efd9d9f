/** Which lines of a YAML text go with an entry: its comments above, and those further in below. */

export const lineStart = (text: string, offset: number): number =>
  offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;

/** Before the line's break, also a break of two characters. */
export const lineEnd = (text: string, offset: number): number => {
  const feed = text.indexOf('\n', offset);
  if (feed < 0) return text.length;
  return feed > offset && text[feed - 1] === '\r' ? feed - 1 : feed;
};

export const breakOf = (text: string): '\r\n' | '\n' => (text.includes('\r\n') ? '\r\n' : '\n');

export const columnOf = (text: string, offset: number): number => offset - lineStart(text, offset);

/**
 * The first of the comment lines directly above an entry that begins at `offset`, if it has its line to itself.
 * A comment further in than the entry belongs to what is above.
 */
export const withCommentsAbove = (text: string, offset: number): number => {
  const begin = lineStart(text, offset);
  if (text.slice(begin, offset).trim() !== '') return offset;
  let first = offset;
  for (let at = begin; at > 0; ) {
    at = lineStart(text, at - 1);
    const line = text.slice(at, lineEnd(text, at));
    const lead = leadOf(line);
    if (line[lead] !== '#' || lead > offset - begin) break;
    first = at + lead;
  }
  return first;
};

/** The end of the line at `offset`, or of the comments below it that stand further in than `column`. */
export const withCommentsBelow = (text: string, offset: number, column: number): number => {
  let end = lineEnd(text, offset);
  for (let at = text.indexOf('\n', end) + 1; at > 0 && at < text.length; at = text.indexOf('\n', at) + 1) {
    const line = text.slice(at, lineEnd(text, at));
    if (line.trim() === '') continue;
    const lead = leadOf(line);
    if (line[lead] !== '#' || lead <= column) break;
    end = lineEnd(text, at);
  }
  return end;
};

/** Without the line breaks at its end, which are the spacing's and not the value's. */
export const withoutLastBreaks = (text: string, start: number, end: number): number => {
  let last = end;
  while (last > start && (text[last - 1] === '\n' || text[last - 1] === '\r')) last -= 1;
  return last;
};

const leadOf = (line: string): number => line.length - line.trimStart().length;
