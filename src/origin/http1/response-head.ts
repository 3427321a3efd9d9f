/** The head of one response in HTTP/1, taken apart by the letter of RFC 9112: what another parser could read differently isn't read. */
import type { HeaderPairs } from '../origin.ts';

export interface ResponseHead {
  /** The minor version of HTTP/1. */
  readonly minor: 0 | 1;
  readonly status: number;
  /** Names as the origin spelled them, one character for each byte. */
  readonly headers: HeaderPairs;
}

/** What is wrong with what the origin sent; names the kind, repeats nothing of it. */
export interface Problem {
  readonly problem: string;
}

/** `text` is the head without its empty line, one character for each byte. Linear in its length. */
export function readResponseHead(text: string): ResponseHead | Problem {
  const end = text.indexOf('\r\n');
  const status = STATUS_LINE.exec(end < 0 ? text : text.slice(0, end));
  if (status === null) return NO_STATUS_LINE;
  const headers = end < 0 ? [] : readHeaderLines(text, end + 2);
  if ('problem' in headers) return headers;
  return { minor: status[1] === '0' ? 0 : 1, status: Number(status[2]), headers };
}

/** Each line from `from` on, the last one without its line end. */
export function readHeaderLines(text: string, from = 0): HeaderPairs | Problem {
  const pairs: (readonly [string, string])[] = [];
  let at = from;
  while (at < text.length) {
    HEADER_LINE.lastIndex = at;
    const line = HEADER_LINE.exec(text);
    if (line === null) return NO_HEADER_LINE;
    const after = HEADER_LINE.lastIndex;
    // A line that ends in anything but CRLF, or goes on in the next one, is read in more than one way.
    if (after !== text.length && !text.startsWith('\r\n', after)) return NO_HEADER_LINE;
    pairs.push([line[1] ?? '', withoutBlanks(line[2] ?? '')]);
    at = after + 2;
  }
  return pairs;
}

export const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/;
const HEADER_LINE = new RegExp(`(${TOKEN}):([\\t\\x20-\\x7e\\x80-\\xff]*)`, 'y');

const NO_STATUS_LINE: Problem = { problem: 'it does not begin with a status line of HTTP/1' };
const NO_HEADER_LINE: Problem = { problem: 'a header line is malformed' };

/** `String.trim` would take no-break spaces too, which are bytes of the value here. */
function withoutBlanks(value: string): string {
  let from = 0;
  let to = value.length;
  while (from < to && isBlank(value.charCodeAt(from))) from += 1;
  while (to > from && isBlank(value.charCodeAt(to - 1))) to -= 1;
  return value.slice(from, to);
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;
