/** Reads the responses of one connection, one after the other, out of whatever pieces their bytes come in. */
import { type Framing, framingOf } from './body-framing.ts';
import { type ChunkedBody, createChunkedBody } from './chunked-body.ts';
import { type Problem, type ResponseHead, readResponseHead } from './response-head.ts';

export interface ResponseSink {
  /** A 1xx ahead of the response. */
  interim(head: ResponseHead): void;
  head(head: ResponseHead, framing: Framing): void;
  /** A copy, the sink’s own. */
  data(bytes: Buffer): void;
}

export type Progress =
  | 'more'
  | 'complete'
  /** Complete, and more was sent than was asked for: whatever that is, it is no answer to a later question. */
  | 'overrun'
  | Problem;

export interface ResponseReader {
  /** From here on the response to a request by `method` is read. */
  begin(method: string, sink: ResponseSink): void;
  /** `bytes` may be used again by the caller afterwards. Nothing is read after anything but `more`. */
  feed(bytes: Buffer): Progress;
  /** The connection has ended: `complete` only where that is the body's end. */
  finish(): 'complete' | 'cut-short';
}

/**
 * The reader never pauses: whoever can't take more stops reading the socket, and what was read from it before is still
 * given to the sink. So a held response can't leave a half-read state behind for a closing connection to meet.
 */
export function createResponseReader(maxHeadBytes: number): ResponseReader {
  let part: 'head' | 'body' | 'over' = 'over';
  let method = '';
  let sink: ResponseSink | undefined;
  let waiting: Buffer | undefined;
  let interimHeads = 0;
  let framing: Framing | undefined;
  let left = 0;
  let chunks: ChunkedBody | undefined;

  const takeHead = (text: string): Problem | undefined => {
    const head = readResponseHead(text);
    if ('problem' in head) return head;
    if (head.status === 101) return UNASKED_SWITCH;
    if (head.status < 200) {
      interimHeads += 1;
      if (interimHeads > MAX_INTERIM_HEADS) return TOO_MANY_HEADS;
      sink?.interim(head);
      return undefined;
    }
    const found = framingOf(method, head);
    if ('problem' in found) return found;
    framing = found;
    left = found.length;
    chunks = found.body === 'chunked' ? createChunkedBody(maxHeadBytes) : undefined;
    part = found.body === 'none' ? 'over' : 'body';
    sink?.head(head, found);
    return undefined;
  };

  /** Gives back where the body goes on, or a problem; `bytes.length` when the head isn't whole yet. */
  const readHeads = (given: Buffer): { readonly bytes: Buffer; readonly at: number } | Problem => {
    const searchFrom = Math.max(0, (waiting?.length ?? 0) - 3);
    const bytes = waiting === undefined ? given : Buffer.concat([waiting, given]);
    waiting = undefined;
    let at = 0;
    while (part === 'head') {
      // Some servers send an empty line too many after a body.
      while (bytes[at] === 0x0d && bytes[at + 1] === 0x0a) at += 2;
      const end = bytes.indexOf('\r\n\r\n', Math.max(at, searchFrom), 'latin1');
      if ((end < 0 ? bytes.length : end) - at > maxHeadBytes) return HEAD_TOO_LARGE;
      if (end < 0) {
        if (!mayBeHead(bytes, at)) return NO_HTTP;
        if (at < bytes.length) waiting = Buffer.from(bytes.subarray(at));
        return { bytes, at: bytes.length };
      }
      const problem = takeHead(bytes.toString('latin1', at, end));
      if (problem !== undefined) return problem;
      at = end + 4;
    }
    return { bytes, at };
  };

  const readBody = (bytes: Buffer, from: number): number | Problem => {
    const give = (start: number, end: number): void => {
      if (end > start) sink?.data(Buffer.from(bytes.subarray(start, end)));
    };
    switch (framing?.body) {
      case 'length': {
        const to = Math.min(bytes.length, from + left);
        left -= to - from;
        if (left === 0) part = 'over';
        give(from, to);
        return to;
      }
      case 'chunked': {
        const to = chunks?.read(bytes, from, give) ?? from;
        if (chunks?.ended === true) part = 'over';
        return to;
      }
      default:
        give(from, bytes.length);
        return bytes.length;
    }
  };

  return {
    begin: (asked, given) => {
      part = 'head';
      method = asked;
      sink = given;
      waiting = undefined;
      interimHeads = 0;
      framing = undefined;
    },
    feed: (given) => {
      let bytes = given;
      let at = 0;
      if (part === 'head') {
        const read = readHeads(given);
        if ('problem' in read) return read;
        bytes = read.bytes;
        at = read.at;
      }
      if (part === 'body') {
        const to = readBody(bytes, at);
        if (typeof to !== 'number') return to;
        at = to;
      }
      if (part !== 'over') return 'more';
      return at < bytes.length ? 'overrun' : 'complete';
    },
    finish: () => {
      const isEnd = part === 'over' || (part === 'body' && framing?.body === 'until-close');
      part = 'over';
      return isEnd ? 'complete' : 'cut-short';
    },
  };
}

/** Told at once, so that nobody waits for the end of a head that will never be one. */
const mayBeHead = (bytes: Buffer, from: number): boolean => {
  for (let at = 0; at < START.length && from + at < bytes.length; at += 1) {
    if (bytes[from + at] !== START[at] && !(at === 0 && bytes[from] === 0x0d)) return false;
    if (at === 0 && bytes[from] === 0x0d) return true;
  }
  return true;
};

const START = Buffer.from('HTTP/1.', 'latin1');

/** An origin that says "wait" for ever says nothing. */
const MAX_INTERIM_HEADS = 50;

const UNASKED_SWITCH: Problem = { problem: 'it switches to a protocol that nobody asked for' };
const TOO_MANY_HEADS: Problem = { problem: 'too many interim responses came ahead of it' };
const HEAD_TOO_LARGE: Problem = { problem: 'its head is too large' };
const NO_HTTP: Problem = { problem: 'it is not HTTP/1' };
