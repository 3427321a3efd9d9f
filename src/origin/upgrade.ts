/** WebSockets through the gate: the tunnel opens only when the origin has agreed to the very protocol that was asked for. */
import { type ClientRequest, request as httpRequest, type IncomingMessage, STATUS_CODES } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { joinSockets } from './join-sockets.ts';
import type { HeaderPairs } from './origin.ts';
import { flatHead, headPairs } from './raw-head.ts';

export interface UpgradeOptions {
  readonly originUrl: string;
  /** Response headers to the client's: see `returnHeaders`. */
  readonly returned: (headers: HeaderPairs) => HeaderPairs;
  /**
   * Lower-case protocols that may be tunnelled. Only `websocket` by default: h2c and its like would let any page be
   * fetched through the tunnel, past every rule.
   */
  readonly protocols?: readonly string[];
  readonly maxTunnels?: number;
  /** For the origin's answer. */
  readonly headMs?: number;
  readonly idleMs?: number;
  readonly lingerMs?: number;
}

export interface UpgradeRequest {
  readonly method: string;
  /** Canonical. */
  readonly target: string;
  /** From `forwardHeaders`, so without `Connection` and `Upgrade`. */
  readonly headers: HeaderPairs;
}

export interface UpgradeTunnels {
  /**
   * Answers the client on `socket` in every case; `head` holds what the client already sent after its request. Anything
   * but a matching 101 reaches the client as a status without a body: an upgrade is no way to read a page.
   */
  forward(incoming: IncomingMessage, request: UpgradeRequest, socket: Duplex, head: Uint8Array): void;
  /** Ends all tunnels and all upgrades under way. */
  close(): void;
  readonly open: number;
}

/** The protocol that `incoming` asks for, in lower case; undefined for none or several. */
export function askedProtocol(incoming: Pick<IncomingMessage, 'headers'>): string | undefined {
  const asked = incoming.headers.upgrade?.trim().toLowerCase();
  return asked === undefined || asked === '' || asked.includes(',') ? undefined : asked;
}

/** Times are in milliseconds; one that is left out is 30 s for the answer, 120 s idle, 5 s linger. */
export function createUpgradeTunnels(options: UpgradeOptions): UpgradeTunnels {
  const { protocols = ['websocket'], maxTunnels = 1_000 } = options;
  const under = new Set<() => void>();
  return {
    forward: (incoming, request, socket, head) => {
      // The client may go at any moment; without a listener that would end the process.
      socket.on('error', () => socket.destroy());
      // The server's limits are for requests; from here on the tunnel keeps its own time.
      if ('setTimeout' in socket && typeof socket.setTimeout === 'function') socket.setTimeout(0);
      const protocol = askedProtocol(incoming);
      if (protocol === undefined || !protocols.includes(protocol))
        return refuse(socket, 426, [['Upgrade', protocols.join(', ')]]);
      if (request.method !== 'GET' || hasBody(incoming)) return refuse(socket, 400, []);
      if (under.size >= maxTunnels) return refuse(socket, 503, [['Retry-After', '10']]);
      openTunnel({ options, under, request, protocol, socket, head });
    },
    close: () => {
      for (const end of under) end();
    },
    get open() {
      return under.size;
    },
  };
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

interface Asked {
  readonly options: UpgradeOptions;
  /** What ends each upgrade or tunnel that is under way. */
  readonly under: Set<() => void>;
  readonly request: UpgradeRequest;
  readonly protocol: string;
  readonly socket: Duplex;
  readonly head: Uint8Array;
}

function openTunnel({ options, under, request, protocol, socket, head }: Asked): void {
  const { headMs = 30_000, idleMs = 120_000, lingerMs = 5_000, returned } = options;
  const toOrigin = askOrigin(options.originUrl, request, protocol);
  const end = (): void => {
    clearTimeout(timer);
    toOrigin.destroy();
    socket.destroy();
    under.delete(end);
  };
  under.add(end);
  const settle = (answer: () => void): void => {
    clearTimeout(timer);
    socket.off('close', end).off('end', end).off('readable', noticeEnd);
    under.delete(end);
    answer();
  };
  const timer = setTimeout(() => giveUp(504), headMs);
  const giveUp = (status: number, headers: HeaderPairs = []): void =>
    settle(() => {
      refuse(socket, status, headers);
      toOrigin.destroy();
    });
  // A socket that nobody reads doesn't say that the other side has gone.
  const noticeEnd = (): void => {
    if (socket.readableLength === 0) socket.read();
  };
  socket.on('close', end).on('end', end).on('readable', noticeEnd);
  toOrigin.on('error', () => {
    if (under.has(end)) giveUp(502);
  });
  toOrigin.on('response', (response) => {
    giveUp(
      refusalStatus(response.statusCode),
      returned(headPairs(response.rawHeaders)).filter(mayAccompanyRefusal),
    );
  });
  toOrigin.on('upgrade', (response, originSocket, originHead) => {
    if (response.statusCode !== 101 || askedProtocol(response) !== protocol) {
      originSocket.destroy();
      return giveUp(502);
    }
    settle(() => {
      writeHead(socket, 101, [
        ...returned(headPairs(response.rawHeaders)),
        ['Connection', 'Upgrade'],
        ['Upgrade', protocol],
      ]);
      if (originHead.length > 0) originSocket.unshift(originHead);
      if (head.length > 0) socket.unshift(head);
      const endTunnel = joinSockets(socket, originSocket, { idleMs, lingerMs }, () =>
        under.delete(endTunnel),
      );
      under.add(endTunnel);
    });
  });
  toOrigin.end();
}

function askOrigin(
  originUrl: string,
  { method, target, headers }: UpgradeRequest,
  protocol: string,
): ClientRequest {
  const { protocol: scheme, hostname, port } = new URL(originUrl);
  const ask = scheme === 'https:' ? httpsRequest : httpRequest;
  return ask({
    hostname: hostname.replace(/^\[|\]$/g, ''),
    ...(port === '' ? {} : { port }),
    ...(scheme === 'https:' ? { servername: hostname } : {}),
    method,
    path: target,
    headers: [...flatHead(headers), 'Connection', 'Upgrade', 'Upgrade', protocol],
    agent: false,
    ...HALF_OPEN,
    setHost: false,
    maxHeaderSize: 32_768,
  });
}

/** `net.connect` gets these too: one side may end its half and go on reading, as a client of the gate may. */
const HALF_OPEN = { allowHalfOpen: true };

/** A success that is no upgrade is a page: the client is told to ask for it in the ordinary way. */
function refusalStatus(status: number | undefined): number {
  if (status === undefined || status < 200 || status > 599) return 502;
  return status < 300 ? 426 : status;
}

/** Only what explains the refusal; other headers can hold text. */
function mayAccompanyRefusal([name]: readonly [string, string]): boolean {
  return /^(?:location|retry-after|www-authenticate|sec-websocket-version|upgrade|set-cookie)$/i.test(name);
}

function refuse(socket: Duplex, status: number, headers: HeaderPairs): void {
  if (!socket.writable) return void socket.destroy();
  writeHead(socket, status, [...headers, ['Connection', 'close'], ['Content-Length', '0']]);
  socket.end();
  // What the client goes on sending is read and dropped, so that the answer isn't lost to a reset.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), 2_000);
  timer.unref();
  socket.on('close', () => clearTimeout(timer));
}

function writeHead(socket: Duplex, status: number, headers: HeaderPairs): void {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${lines}\r\n`, 'latin1');
}
