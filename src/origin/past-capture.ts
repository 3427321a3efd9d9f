/** The way to the client past a captured `ServerResponse`, by the methods it had before. */
import type { ServerResponse } from 'node:http';
import type { ClientResponse } from './client-response.ts';

export type RealMethods = Pick<
  ServerResponse,
  'writeHead' | 'write' | 'end' | 'flushHeaders' | 'setHeader' | 'appendHeader' | 'removeHeader'
>;

/** `passing` runs a call during which the capture lets everything by, since Node's methods call each other on `res`. */
export function pastCapture(
  res: ServerResponse,
  real: RealMethods,
  passing: <Result>(act: () => Result) => Result,
): ClientResponse {
  const prototype = Object.getPrototypeOf(res);
  return {
    get headersSent() {
      return Reflect.get(prototype, 'headersSent', res) as boolean;
    },
    get writableEnded() {
      return Reflect.get(prototype, 'writableEnded', res) as boolean;
    },
    get destroyed() {
      return res.destroyed;
    },
    writeHead: (status, headers) => passing(() => writeOwnHead(res, real, status, headers)),
    write: (chunk) => passing(() => Reflect.apply(real.write, res, [chunk])),
    end: (chunk) => passing(() => Reflect.apply(real.end, res, chunk === undefined ? [] : [chunk])),
    on: (event, listener) => res.on(event, listener),
    off: (event, listener) => res.off(event, listener),
    destroy: () => res.destroy(),
  };
}

/** One by one and not as a list: middleware around us that wraps `writeHead` reads lists in more than one way. */
function writeOwnHead(
  res: ServerResponse,
  real: RealMethods,
  status: number,
  headers: readonly string[],
): void {
  for (const name of res.getHeaderNames()) real.removeHeader.call(res, name);
  for (let at = 0; at + 1 < headers.length; at += 2) {
    real.appendHeader.call(res, headers[at] ?? '', headers[at + 1] ?? '');
  }
  res.statusMessage = '';
  real.writeHead.call(res, status);
}
