/** A host application as the gate's origin: its own answer to this very request is what gets gated. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Source } from '../gate/exchange.ts';
import { isAssetPath } from '../gate/inspect-type.ts';
import type { ClientResponse } from '../origin/client-response.ts';
import { captureHostResponse } from '../origin/host-app.ts';
import type { HostCapture } from '../origin/host-capture.ts';
import type { Origin, OriginExchange, OriginReceiver } from '../origin/origin.ts';

interface Hosted {
  readonly source: Source;
  /** The request as it came: before the host answers, its conditions and codings are taken from the request that it sees. */
  readonly asked: IncomingMessage;
  /** The way to the client, before and after the host's response is captured. */
  readonly client: ClientResponse;
}

export const hostSource = (
  req: IncomingMessage,
  res: ServerResponse,
  next: (error?: unknown) => void,
): Hosted => {
  const asked = asItCame(req);
  let capture: HostCapture | undefined;
  let inHead = false;
  const origin: Origin = {
    ask: (_request, receiver) => {
      // Calling `next` twice would run the rest of the host's routes on a response that is over.
      if (capture) return refuseSecond(receiver);
      return captureHostResponse(
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
      );
    },
    close: async () => undefined,
  };
  const client = clientOf(() => capture?.client ?? res);
  return {
    client,
    asked,
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

/** Shares everything with the request but what the host is not to see. */
const asItCame = (req: IncomingMessage): IncomingMessage =>
  Object.create(req, {
    headers: { value: { ...req.headers } },
    method: { value: req.method },
  }) as IncomingMessage;

const refuseSecond = (receiver: OriginReceiver): OriginExchange => {
  let listening = true;
  queueMicrotask(() => {
    if (listening)
      receiver.fail('bad-response', 'the host application answered a part, and answers only once');
  });
  return {
    resume: () => undefined,
    abort: () => {
      listening = false;
    },
  };
};

/** A host answers once: a condition or range that may be about an article must not reach it. Files keep theirs. */
const mayBePage = ({ headers, url = '/' }: IncomingMessage): boolean => {
  if (isAssetPath(url.split('?', 1)[0] ?? '/')) return false;
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
