/** A host application as the gate's origin: its own answer to this very request is what gets gated. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Source } from '../gate/exchange.ts';
import type { ClientResponse } from '../origin/client-response.ts';
import { captureHostResponse } from '../origin/host-app.ts';
import type { HostCapture } from '../origin/host-capture.ts';
import type { Origin } from '../origin/origin.ts';

interface Hosted {
  readonly source: Source;
  /** The way to the client, before and after the host's response is captured. */
  readonly client: ClientResponse;
}

export const hostSource = (
  req: IncomingMessage,
  res: ServerResponse,
  next: (error?: unknown) => void,
): Hosted => {
  let capture: HostCapture | undefined;
  let inHead = false;
  const origin: Origin = {
    ask: (_request, receiver) =>
      captureHostResponse(
        req,
        res,
        next,
        (captured) => {
          capture = captured;
          return {
            ...receiver,
            head: (head) => {
              inHead = true;
              receiver.head(head);
              inHead = false;
            },
          };
        },
        { decodable: true, unconditional: mayBePage(req), asGet: true },
      ),
    close: async () => undefined,
  };
  const client = clientOf(() => capture?.client ?? res);
  return {
    client,
    source: {
      origin,
      shareable: false,
      openStream: () => {
        if (!inHead || !capture) return undefined;
        capture.letThrough();
        return { data: () => true, end: () => undefined, breakOff: () => undefined };
      },
    },
  };
};

/** A host answers once: a condition or range that may be about an article must not reach it. Files keep theirs. */
const mayBePage = ({ headers }: IncomingMessage): boolean => {
  const destination = headers['sec-fetch-dest']?.toString();
  if (destination !== undefined)
    return destination === 'document' || destination === 'iframe' || destination === 'empty';
  return headers.accept === undefined || /text\/html|json|xml|\*\/\*/.test(headers.accept);
};

const clientOf = (target: () => ClientResponse): ClientResponse => ({
  get headersSent() {
    return target().headersSent;
  },
  get writableEnded() {
    return target().writableEnded;
  },
  get destroyed() {
    return target().destroyed;
  },
  writeHead: (status, headers) => target().writeHead(status, headers),
  write: (chunk) => target().write(chunk),
  end: (chunk) => target().end(chunk),
  on: (event, listener) => target().on(event, listener),
  off: (event, listener) => target().off(event, listener),
  destroy: () => target().destroy(),
});
