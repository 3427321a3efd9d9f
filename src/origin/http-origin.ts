/** Articles from a web site: a pool of kept connections to ORIGIN_URL, bodies streamed with the receiver's own pace. */

import { HttpExchange } from './http-exchange.ts';
import { connectionError } from './http1/connection-error.ts';
import { createConnectionPool } from './http1/connection-pool.ts';
import { socketOpener } from './http1/open-socket.ts';
import { requestHead } from './http1/request-head.ts';
import type { Origin, OriginExchange, OriginReceiver } from './origin.ts';
import { originFault } from './origin-faults.ts';

export interface HttpOriginOptions {
  /** Scheme, host and port; a path in it would make the origin see other paths than the rules match. */
  readonly url: string;
  readonly timeouts?: Partial<OriginTimeouts>;
  /** Connections at once; further requests wait for `waitMs`. */
  readonly maxConnections?: number;
  /** Bytes of one response head. */
  readonly maxHeadBytes?: number;
}

/** All in milliseconds, and kept within a tenth of a second. */
export interface OriginTimeouts {
  readonly connectMs: number;
  /** From the request's last byte to the response's head. */
  readonly headMs: number;
  /** Between two reads of the body, while the receiver wants them; 0: for ever. */
  readonly bodyIdleMs: number;
  /** For a free connection. */
  readonly waitMs: number;
  /** How long a client may leave the body unread: it holds a connection meanwhile. 0: for ever. */
  readonly pausedMs: number;
  /** How long an idle connection is kept, where the origin doesn't say. */
  readonly idleMs: number;
  /** What `close()` grants exchanges under way. */
  readonly closeMs: number;
}

const TIMEOUTS: OriginTimeouts = {
  connectMs: 5_000,
  headMs: 30_000,
  bodyIdleMs: 60_000,
  waitMs: 30_000,
  pausedMs: 120_000,
  // Servers that close after five seconds without saying so are the most impatient ones in use.
  idleMs: 4_000,
  closeMs: 5_000,
};

/**
 * Throws a TypeError for a URL that isn't `http(s)://host[:port]`. The receiver's `head` never sees a 1xx, and trailers are dropped.
 * A GET, HEAD or OPTIONS without a body whose connection went away before a byte of the response is asked once more on a
 * new connection. Nothing else is asked twice, and so everything else goes on a new connection at once.
 */
export function createHttpOrigin({
  url,
  timeouts,
  maxConnections = 256,
  maxHeadBytes = 32_768,
}: HttpOriginOptions): Origin {
  const address = originAddress(url);
  const times: OriginTimeouts = { ...TIMEOUTS, ...timeouts };
  const pool = createConnectionPool({ open: socketOpener(address), times, maxConnections, maxHeadBytes });
  let closing: Promise<void> | undefined;
  return {
    ask: (request, receiver) => {
      const head = requestHead(request, request.body !== undefined, address.host);
      if ('problem' in head) return refuse(head.problem, receiver);
      const exchange = new HttpExchange(pool, receiver, head, request.body);
      pool.send(exchange, exchange.needsFresh);
      return exchange;
    },
    close: () => {
      closing ??= pool.close(times.closeMs);
      return closing;
    },
  };
}

function originAddress(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  const isPlain =
    address !== undefined &&
    /^https?:$/.test(address.protocol) &&
    address.pathname === '/' &&
    address.search === '';
  if (!isPlain || address.username !== '') {
    throw new TypeError(
      'the origin must be given as http://host or https://host, with a port where needed and no path',
    );
  }
  return address;
}

function refuse(problem: string, receiver: OriginReceiver): OriginExchange {
  const { fault, detail } = originFault(connectionError('GATEFOLD_BAD_REQUEST', problem), 'nothing');
  let isOver = false;
  queueMicrotask(() => {
    if (!isOver) receiver.fail(fault, detail);
  });
  return {
    resume: () => undefined,
    abort: () => {
      isOver = true;
    },
  };
}
