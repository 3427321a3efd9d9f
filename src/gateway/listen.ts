/** The HTTP server: limits against slow and swollen requests, and a stop that lets readers finish. */
import { createServer, type Server } from 'node:http';
import type { Gateway } from '../gateway.ts';
import type { Settings } from '../settings.ts';

export interface Listening {
  readonly server: Server;
  /** Stops taking requests, lets those under way finish for `graceMs`, closes everything. */
  stop(): Promise<void>;
}

const graceMs = 4_000;

/** @throws Error when the port can't be had, with what to do. */
export const listen = async (gateway: Gateway, settings: Settings): Promise<Listening> => {
  const server = createServer(
    {
      // A client that sends its head or body a byte at a time holds a connection, so each has its time.
      headersTimeout: 10_000,
      requestTimeout: 60_000,
      connectionsCheckingInterval: 2_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 32_768,
    },
    gateway.handle,
  );
  server.maxHeadersCount = 200;
  server.on('upgrade', gateway.upgrade);
  server.on('clientError', (_error, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  await bind(server, settings.port, settings.host);
  const metrics = settings.metricsPort === undefined ? undefined : await serveMetrics(gateway, settings);
  return {
    server,
    stop: async () => {
      gateway.announceStop();
      await Promise.all([closeGently(server), metrics && closeGently(metrics)]);
      await gateway.close();
    },
  };
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
  await bind(server, metricsPort, host);
  return server;
};

const bind = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(bindFault(error, port, host))));
    server.listen(port, host, () => resolve());
  });

const bindFault = ({ code, message }: NodeJS.ErrnoException, port: number, host: string): string => {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program: stop it, or set PORT to a free one.`;
    case 'EACCES':
      return `This system user may not use port ${port}: set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
      return `${host} is no address of this machine: set HOST to 127.0.0.1 or 0.0.0.0.`;
    default:
      return `The server could not listen on ${host}:${port} (${code ?? message}).`;
  }
};

const closeGently = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const impatience = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(impatience);
      resolve();
    });
    server.closeIdleConnections();
  });
