/** What the origin says ahead of its answer (103 Early Hints), passed on: links to what a page will need, and nothing else. */
import type { IncomingMessage } from 'node:http';
import type { ClientResponse } from '../origin/client-response.ts';
import type { HeaderPairs } from '../origin/origin.ts';
import type { ReturnHeaders } from '../origin/return-headers.ts';

export type SendEarlyHints = (headers: HeaderPairs) => void;

/**
 * Straight to the connection, since Node’s own method refuses links that RFC 8288 allows. A captured response and one that
 * waits behind another have no connection: they go without.
 */
export const earlyHintsTo = (
  req: IncomingMessage,
  res: ClientResponse,
  giveBack: ReturnHeaders,
): SendEarlyHints => {
  let left = maxAnswers;
  return (headers) => {
    const { socket } = res;
    if (left === 0 || res.headersSent || !socket?.writable || !knowsInterim(req)) return;
    const links = giveBack(headers).filter(([name]) => name.toLowerCase() === 'link');
    const lines = links.map(([, value]) => `Link: ${value}\r\n`).join('');
    if (lines === '' || lines.length > maxBytes) return;
    left -= 1;
    socket.write(`HTTP/1.1 103 Early Hints\r\n${lines}\r\n`, 'latin1');
  };
};

/** HTTP/1.0 has one answer for one question. */
const knowsInterim = ({ httpVersionMajor, httpVersionMinor }: IncomingMessage): boolean =>
  httpVersionMajor === 1 && httpVersionMinor >= 1;

const maxAnswers = 10;
const maxBytes = 16_384;
