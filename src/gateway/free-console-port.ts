/** The console's port where nobody named one: the next after the site's, or the first behind it that no other program has. */
import { createServer } from 'node:net';
import { lastPort } from '../settings/console-address.ts';
import type { Settings } from '../settings.ts';

type Placed = Pick<Settings, 'console' | 'host' | 'metricsPort'>;

const tries = 10;

/** Unchanged where the port was named, and where none is free: who listens then says what is wrong. */
export const onFreeConsolePort = async <Facts extends Placed>(settings: Facts): Promise<Facts> => {
  const { console, host, metricsPort } = settings;
  const { port: wanted, isAnyPort } = console;
  if (wanted === undefined || !isAnyPort) return settings;
  for (let port = wanted; port < wanted + tries && port <= lastPort; port += 1) {
    if (port === metricsPort || !(await isFree(port, host))) continue;
    const url = new URL(console.url);
    url.port = String(port);
    return { ...settings, console: { ...console, url: url.origin, port } };
  }
  return settings;
};

/** What can't be listened on for another reason will be told of by who tries in earnest. */
const isFree = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code !== 'EADDRINUSE'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
