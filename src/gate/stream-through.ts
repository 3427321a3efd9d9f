/** Sends an origin's response on to the client as it comes: nothing buffered, nothing changed but what a proxy must. */
import type { ClientResponse } from '../origin/client-response.ts';
import type { HeaderPairs, OriginExchange, OriginHead } from '../origin/origin.ts';

export interface Stream {
  data(chunk: Uint8Array): boolean;
  end(): void;
  /** The origin died after its head: the client is cut off, since a short body that looks whole is a lie. */
  breakOff(): void;
}

/** `exchange` is asked for when it is needed: a response can begin before the call that asked for it has returned. */
export const streamThrough = (
  res: ClientResponse,
  head: OriginHead,
  headers: HeaderPairs,
  exchange: () => OriginExchange | undefined,
): Stream => {
  const flat: string[] = [];
  for (const [name, value] of headers) flat.push(name, value);
  res.writeHead(head.status, flat);
  let waiting = false;
  const resume = (): void => {
    waiting = false;
    res.off('drain', resume);
    exchange()?.resume();
  };
  return {
    data: (chunk) => {
      if (res.write(chunk)) return true;
      if (!waiting) {
        waiting = true;
        res.on('drain', resume);
      }
      return false;
    },
    end: () => {
      res.end();
    },
    breakOff: () => {
      res.destroy();
    },
  };
};
