/** Sends a redirect on without what is written beside it: where to go is no article's text, and that might be. */
import type { HeaderPairs, OriginExchange, OriginHead } from '../origin/origin.ts';
import type { OpenStream } from './inspect.ts';
import type { Stream } from './stream-through.ts';

/** A longer body isn't waited for, at the cost of the connection that it comes by. */
const maxDroppedBytes = 65_536;

export const streamRedirect = (
  { status, headers }: OriginHead,
  exchange: () => OriginExchange | undefined,
  open: OpenStream,
): Stream => {
  const stream = open({ status, headers: bodiless(headers) }, exchange);
  let dropped = 0;
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    stream.end();
  };
  return {
    data: ({ length }) => {
      dropped += length;
      if (dropped <= maxDroppedBytes || ended) return true;
      end();
      exchange()?.abort();
      return true;
    },
    end,
    // The client was promised no body, so nothing is missing where the origin breaks off.
    breakOff: end,
  };
};

const bodiless = (headers: HeaderPairs): HeaderPairs => [
  ...headers.filter(([name]) => !bodyBound.test(name)),
  ['Content-Length', '0'],
];

const bodyBound =
  /^(?:content-(?:length|encoding|type|md5|digest)|(?:repr-)?digest|transfer-encoding|trailer)$/i;
