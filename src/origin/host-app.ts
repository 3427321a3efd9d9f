/** A host application's own response as an origin's: what it writes to `res` goes to a receiver instead of the client. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CapturedResponse } from './captured-response.ts';
import type { HostCapture } from './host-capture.ts';
import type { OriginReceiver } from './origin.ts';

export interface HostAsk {
  /** The body will be read here: the host's own compression is told that the client takes none. */
  readonly decodable?: boolean;
  /** The whole current body is wanted: neither a 304 nor a range. */
  readonly unconditional?: boolean;
  /** For HEAD: the host answers as to GET, so that the head can be made from what GET would get. The client still gets no body. */
  readonly asGet?: boolean;
}

/**
 * Call in a middleware. `next` runs the rest of the host application. The receiver gets the head (with the headers that
 * middleware before this one set), the chunks and the end, or `broken-off` when the client or the host closes the connection first.
 * Receiver methods may be called before this function returns; `capture` is passed to `receiverOf` for that reason.
 */
export function captureHostResponse(
  req: IncomingMessage,
  res: ServerResponse,
  next: () => void,
  receiverOf: (capture: HostCapture) => OriginReceiver,
  { decodable = false, unconditional = false, asGet = false }: HostAsk = {},
): HostCapture {
  if (decodable) req.headers['accept-encoding'] = 'identity';
  if (unconditional) for (const name of CONDITIONS) delete req.headers[name];
  if (asGet && req.method === 'HEAD') req.method = 'GET';
  const captured = new CapturedResponse(res, req.method === 'HEAD', receiverOf);
  captured.install();
  next();
  return captured;
}

const CONDITIONS = [
  'range',
  'if-range',
  'if-none-match',
  'if-modified-since',
  'if-match',
  'if-unmodified-since',
];
