/** Articles from a web site: a pool of kept connections to ORIGIN_URL, bodies streamed with the receiver's own pace. */
import { isIP } from 'node:net';
import { type Dispatcher, Pool } from 'undici';
import { honestConnector } from './honest-connector.ts';
import { type ExchangeTimes, HttpExchange } from './http-exchange.ts';
import type { Origin, OriginReceiver, OriginRequest } from './origin.ts';
import { flatHead } from './raw-head.ts';
import { requestBody } from './request-body.ts';

export interface HttpOriginOptions {
  /** Scheme, host and port; a path in it would make the origin see other paths than the rules match. */
  readonly url: string;
  readonly timeouts?: Partial<OriginTimeouts>;
  /** Connections at once; further requests wait for `waitMs`. */
  readonly maxConnections?: number;
  /** Bytes of one response head. */
  readonly maxHeadBytes?: number;
}

/** All in milliseconds. undici's clock for head and body ticks twice a second, so they are kept within about one second. */
export interface OriginTimeouts {
  readonly connectMs: number;
  /** From the request's last byte to the response's head. */
  readonly headMs: number;
  /** Between two chunks, while the receiver wants them. */
  readonly bodyIdleMs: number;
  /** For a free connection. */
  readonly waitMs: number;
  /** How long a client may leave the body unread: it holds a connection meanwhile. */
  readonly pausedMs: number;
  /** What `close()` grants exchanges under way. */
  readonly closeMs: number;
}

const TIMEOUTS: OriginTimeouts = {
  connectMs: 5_000,
  headMs: 30_000,
  bodyIdleMs: 60_000,
  waitMs: 30_000,
  pausedMs: 120_000,
  closeMs: 5_000,
};

/**
 * Throws a TypeError for a URL that isn't `http(s)://host[:port]`. The receiver's `head` never sees a 1xx, and trailers are dropped.
 * A request without a body by GET or HEAD whose connection went away before a byte of the response is asked once more on a
 * new connection.
 */
export function createHttpOrigin({
  url,
  timeouts,
  maxConnections = 256,
  maxHeadBytes = 32_768,
}: HttpOriginOptions): Origin {
  const address = originAddress(url);
  const times: OriginTimeouts = { ...TIMEOUTS, ...timeouts };
  const settings: Pool.Options = {
    connect: honestConnector({ timeout: times.connectMs }),
    maxHeaderSize: maxHeadBytes,
    headersTimeout: times.headMs,
    bodyTimeout: times.bodyIdleMs,
  };
  const pool = new Pool(address.origin, { ...settings, connections: maxConnections });
  // Without pipelining no connection is kept, so each request here gets a new one.
  const newConnections = new Pool(address.origin, {
    ...settings,
    connections: maxConnections,
    pipelining: 0,
  });
  // The name in the certificate is the origin's, whatever `Host` says.
  const servername = isIP(address.hostname) === 0 ? address.hostname : '';
  let closing: Promise<unknown> | undefined;
  return {
    ask: (request, receiver) => ask({ pool, newConnections, times, servername }, request, receiver),
    close: async () => {
      closing ??= Promise.all([closeWithin(pool, times.closeMs), closeWithin(newConnections, times.closeMs)]);
      await closing;
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

interface Connections {
  readonly pool: Pool;
  readonly newConnections: Pool;
  readonly times: ExchangeTimes;
  readonly servername: string;
}

function ask(connections: Connections, request: OriginRequest, receiver: OriginReceiver): HttpExchange {
  const { method, target, headers, body } = request;
  const options: Dispatcher.DispatchOptions & { servername: string } = {
    method,
    path: target,
    headers: flatHead(headers),
    body: body === undefined ? null : requestBody(body),
    servername: connections.servername,
  };
  const isRepeatable = body === undefined && (method === 'GET' || method === 'HEAD');
  const again = (exchange: HttpExchange): void => {
    connections.newConnections.dispatch(options, exchange);
  };
  const exchange = new HttpExchange(receiver, connections.times, isRepeatable ? again : undefined);
  connections.pool.dispatch(options, exchange);
  return exchange;
}

/** Streams without an end (server-sent events) would hold `close` for ever. */
async function closeWithin(pool: Pool, closeMs: number): Promise<void> {
  const timer = setTimeout(() => void pool.destroy(), closeMs);
  await pool.close();
  clearTimeout(timer);
}
