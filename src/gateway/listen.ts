/** The HTTP server: limits against slow and swollen requests, and a stop that lets readers finish. */
import { createServer, type Server } from 'node:http';
import type { Gateway } from '../gateway.ts';
import type { Settings } from '../settings.ts';

export interface Listening {
  readonly server: Server;
  /** Where the console has a port of its own. */
  readonly consoleServer?: Server;
  /** Stops taking requests, lets those under way finish for `graceMs`, closes everything. */
  stop(): Promise<void>;
}

const graceMs = 4_000;

/** @throws Error when a port can't be had, with what to do. */
export const listen = async (gateway: Gateway, settings: Settings): Promise<Listening> => {
  const server = guardedServer(gateway.handle);
  server.on('upgrade', gateway.upgrade);
  await bind(server, { name: 'PORT', port: settings.port }, settings.host);
  const consoleServer = await listenForConsole(gateway, settings);
  const metrics = settings.metricsPort === undefined ? undefined : await serveMetrics(gateway, settings);
  const all = [server, consoleServer, metrics].filter((each) => each !== undefined);
  return {
    server,
    ...(consoleServer ? { consoleServer } : {}),
    stop: async () => {
      gateway.announceStop();
      await Promise.all(all.map(closeGently));
      await gateway.close();
    },
  };
};

/**
 * The console's own port, where it has one. Without an `upgrade` listener, an offer to upgrade is the plain request that
 * it also is.
 *
 * @throws Error when the port can't be had, with what to do.
 */
export const listenForConsole = async (
  gateway: Pick<Gateway, 'handleConsole'>,
  { console: { url, port }, host }: Pick<Settings, 'console' | 'host'>,
): Promise<Server | undefined> => {
  if (port === undefined) return undefined;
  const server = guardedServer(gateway.handleConsole);
  const name = new URL(url).port === String(port) ? 'CONSOLE_URL' : 'CONSOLE_PORT';
  await bind(server, { name, port }, host);
  return server;
};

const guardedServer = (handle: Gateway['handle']): Server => {
  const server = createServer(
    {
      // A client that sends its head or body a byte at a time holds a connection, so each has its time.
      headersTimeout: 10_000,
      requestTimeout: 60_000,
      connectionsCheckingInterval: 2_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 32_768,
    },
    handle,
  );
  server.maxHeadersCount = 200;
  server.on('clientError', (_error, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  return server;
};

const serveMetrics = async ({ metrics }: Gateway, { metricsPort = 0, host }: Settings): Promise<Server> => {
  const server = createServer(async (req, res) => {
    if (req.url !== '/metrics' && req.url !== '/-/metrics') {
      res.writeHead(404).end();
      return;
    }
    const text = await metrics.text();
    res.writeHead(200, { 'Content-Type': metrics.contentType }).end(text);
  });
  await bind(server, { name: 'METRICS_PORT', port: metricsPort }, host);
  return server;
};

interface NamedPort {
  /** The setting that says which it is. */
  readonly name: 'PORT' | 'CONSOLE_URL' | 'CONSOLE_PORT' | 'METRICS_PORT';
  readonly port: number;
}

const bind = (server: Server, at: NamedPort, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(bindFault(error, at, host))));
    server.listen(at.port, host, () => resolve());
  });

const bindFault = (
  { code, message }: NodeJS.ErrnoException,
  { name, port }: NamedPort,
  host: string,
): string => {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program: stop it, or name a free one in ${name}.`;
    case 'EACCES':
      return `This system user may not use port ${port}: name one above 1023 in ${name}.`;
    case 'EADDRNOTAVAIL':
      return `${host} is no address of this machine: set HOST to 127.0.0.1 or 0.0.0.0.`;
    default:
      return `The server could not listen on ${host}:${port} (${code ?? message}).`;
  }
};

/** Lets those under way finish for `graceMs`. */
export const closeGently = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const impatience = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(impatience);
      resolve();
    });
    server.closeIdleConnections();
  });
