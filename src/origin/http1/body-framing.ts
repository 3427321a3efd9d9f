/** Where a response's body ends, and whether its connection may carry another one (RFC 9112, 6.3 and 9.3). */
import type { Problem, ResponseHead } from './response-head.ts';

export interface Framing {
  readonly body: 'none' | 'length' | 'chunked' | 'until-close';
  /** Bytes; 0 for anything but `length`. */
  readonly length: number;
  readonly keepsConnection: boolean;
  /** How long the origin says that it keeps an idle connection. */
  readonly keepAliveSeconds: number | undefined;
}

/** Anything that two readers could take for two different ends is a problem, where the RFC lets a reader be lenient too. */
export function framingOf(method: string, { minor, status, headers }: ResponseHead): Framing | Problem {
  let length: number | undefined;
  let chunked = false;
  let closes = false;
  let keeps = false;
  let keepAliveSeconds: number | undefined;
  for (const [name, value] of headers) {
    // Four names of as many lengths: nearly every header is passed over without its name being lowered.
    switch (name.length) {
      case 14:
        if (name.toLowerCase() !== 'content-length') break;
        if (length !== undefined || !/^\d{1,15}$/.test(value)) return NO_LENGTH;
        length = Number(value);
        break;
      case 17:
        if (name.toLowerCase() !== 'transfer-encoding') break;
        // Another coding around the body would have to be undone here; and none but `chunked` says where it ends.
        if (chunked || value.toLowerCase() !== 'chunked') return NO_CODING;
        chunked = true;
        break;
      case 10: {
        const lower = name.toLowerCase();
        if (lower === 'connection') {
          closes ||= /(?:^|[,\s])close(?:[,\s]|$)/i.test(value);
          keeps ||= /(?:^|[,\s])keep-alive(?:[,\s]|$)/i.test(value);
        } else if (lower === 'keep-alive') keepAliveSeconds = secondsIn(value);
        break;
      }
    }
  }
  if (chunked && length !== undefined) return TWO_ENDS;
  const hasNone = method === 'HEAD' || status < 200 || status === 204 || status === 304;
  const body = hasNone
    ? 'none'
    : chunked
      ? 'chunked'
      : length === undefined
        ? 'until-close'
        : length === 0
          ? 'none'
          : 'length';
  // Chunks in HTTP/1.0 aren't of that version: what follows them can't be trusted to be another response.
  const mayKeep = minor === 1 ? !closes : keeps && !closes && !chunked;
  return {
    body,
    length: body === 'length' ? (length ?? 0) : 0,
    keepsConnection: mayKeep && body !== 'until-close',
    keepAliveSeconds,
  };
}

const NO_LENGTH: Problem = { problem: 'its Content-Length is malformed or comes twice' };
const NO_CODING: Problem = { problem: 'it has a Transfer-Encoding other than chunked' };
const TWO_ENDS: Problem = { problem: 'it has both a Content-Length and a Transfer-Encoding' };

function secondsIn(keepAlive: string): number | undefined {
  const seconds = /(?:^|[,;\s])timeout\s{0,4}=\s{0,4}(\d{1,6})/i.exec(keepAlive)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
