/** The head of one request in HTTP/1.1, or why it can't be sent as it is. */
import type { HeaderPairs } from '../origin.ts';
import { type Problem, TOKEN } from './response-head.ts';

export interface RequestHead {
  readonly method: string;
  /** All of it, with its empty line, one character for each byte. */
  readonly text: string;
  /** Of the body that follows, in bytes; undefined: in chunks. */
  readonly length: number | undefined;
}

/** How the body is framed and how long the connection lasts is stated here: headers that would state it otherwise are a problem. */
export function requestHead(
  { method, target, headers }: { method: string; target: string; headers: HeaderPairs },
  hasBody: boolean,
  /** For `Host`, where the headers have none. */
  host: string,
): RequestHead | Problem {
  if (!METHOD.test(method) || method === 'CONNECT') return NO_METHOD;
  if (!TARGET.test(target)) return NO_TARGET;
  let text = `${method} ${target} HTTP/1.1\r\n`;
  let length: number | undefined;
  let hosts = 0;
  for (const [name, value] of headers) {
    if (!NAME.test(name) || !VALUE.test(value)) return NO_HEADER;
    if (OWN_LENGTHS.has(name.length)) {
      const lower = name.toLowerCase();
      if (OWN.has(lower)) return OWN_HEADER;
      if (lower === 'content-length') {
        if (length !== undefined || !/^\d{1,15}$/.test(value)) return NO_LENGTH;
        length = Number(value);
        continue;
      }
      if (lower === 'host') hosts += 1;
    }
    text += `${name}: ${value}\r\n`;
  }
  if (hosts > 1) return TWO_HOSTS;
  if (hosts === 0) text += `Host: ${host}\r\n`;
  if (!hasBody) {
    // A length without a body would have the origin wait for it.
    const statesNone = length === 0 || EXPECTS_BODY.has(method);
    return { method, length: 0, text: `${text}${statesNone ? 'Content-Length: 0\r\n' : ''}${KEPT}` };
  }
  const framing = length === undefined ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`;
  return { method, length, text: `${text}${framing}\r\n${KEPT}` };
}

const KEPT = 'Connection: keep-alive\r\n\r\n';

const METHOD = new RegExp(`^${TOKEN}$`);
const NAME = METHOD;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const TARGET = /^\/[\x21-\x7e\x80-\xff]*$/;

/** Servers may refuse these without a length, even of no body. */
const EXPECTS_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

const OWN: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'expect', 'te', 'trailer'],
]);
const OWN_LENGTHS: ReadonlySet<number> = new Set(
  [...OWN, 'content-length', 'host'].map((name) => name.length),
);

const NO_METHOD: Problem = { problem: 'the method can’t be sent' };
const NO_TARGET: Problem = { problem: 'the target can’t be sent' };
const NO_HEADER: Problem = { problem: 'a header can’t be sent' };
const OWN_HEADER: Problem = { problem: 'a header speaks of the connection' };
const TWO_HOSTS: Problem = { problem: 'it names two hosts' };
const NO_LENGTH: Problem = { problem: 'its Content-Length is malformed or comes twice' };
