/** A body in chunks (RFC 9112, 7.1), read in whatever pieces it comes. */
import { type Problem, readHeaderLines, TOKEN } from './response-head.ts';

export interface ChunkedBody {
  /**
   * Reads on from `from`, and calls `onData` with each stretch of the body. Gives back where it stopped: at the end of
   * `bytes`, or before it when the body has ended.
   */
  read(bytes: Buffer, from: number, onData: (from: number, to: number) => void): number | Problem;
  readonly ended: boolean;
}

/** `maxTrailerBytes` is for all trailers together; they are checked and dropped. */
export function createChunkedBody(maxTrailerBytes: number): ChunkedBody {
  let part: 'size' | 'data' | 'data-end' | 'trailers' | 'ended' = 'size';
  let left = 0;
  let line = '';
  let trailerBytes = 0;

  /** Adds to `line` up to its end; gives back where the next line begins, or the end of `bytes`. */
  const takeLine = (bytes: Buffer, at: number, maxBytes: number): number | Problem => {
    const end = bytes.indexOf(0x0a, at);
    const to = end < 0 ? bytes.length : end + 1;
    if (line.length + to - at > maxBytes) return TOO_LONG;
    line += bytes.toString('latin1', at, to);
    return to;
  };
  const isWhole = (): boolean => line.endsWith('\n');

  /** What a whole line means; undefined: read on. */
  const heed = (): Problem | undefined => {
    const text = line;
    line = '';
    if (!text.endsWith('\r\n')) return NO_LINE_END;
    const content = text.slice(0, -2);
    switch (part) {
      case 'size': {
        const size = CHUNK_LINE.exec(content)?.[1];
        left = size === undefined ? Number.NaN : Number.parseInt(size, 16);
        if (!Number.isSafeInteger(left)) return NO_SIZE;
        part = left === 0 ? 'trailers' : 'data';
        return undefined;
      }
      case 'data-end':
        if (content !== '') return NO_CHUNK_END;
        part = 'size';
        return undefined;
      default: {
        if (content === '') {
          part = 'ended';
          return undefined;
        }
        trailerBytes += text.length;
        if (trailerBytes > maxTrailerBytes) return TOO_LONG;
        const lines = readHeaderLines(content);
        return 'problem' in lines ? lines : undefined;
      }
    }
  };

  return {
    read: (bytes, from, onData) => {
      let at = from;
      while (at < bytes.length && part !== 'ended') {
        if (part === 'data') {
          const to = Math.min(bytes.length, at + left);
          onData(at, to);
          left -= to - at;
          at = to;
          if (left === 0) part = 'data-end';
          continue;
        }
        const to = takeLine(bytes, at, part === 'data-end' ? 2 : MAX_LINE_BYTES);
        if (typeof to !== 'number') return to;
        at = to;
        const problem = isWhole() ? heed() : undefined;
        if (problem !== undefined) return problem;
      }
      return at;
    },
    get ended() {
      return part === 'ended';
    },
  };
}

/** Of one line: a size with its extensions, or a trailer. */
const MAX_LINE_BYTES = 8_192;

const QUOTED = '"(?:[\\t\\x20\\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t\\x20-\\x7e\\x80-\\xff])*"';
const CHUNK_LINE = new RegExp(`^([0-9A-Fa-f]{1,16})(?:;${TOKEN}(?:=(?:${TOKEN}|${QUOTED}))?)*$`);

const TOO_LONG: Problem = { problem: 'a line between its chunks is too long' };
const NO_LINE_END: Problem = { problem: 'a line between its chunks does not end in CRLF' };
const NO_SIZE: Problem = { problem: 'a chunk’s size is malformed' };
const NO_CHUNK_END: Problem = { problem: 'a chunk is longer than its size' };
