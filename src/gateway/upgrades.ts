/** WebSockets and their like, through to a proxied origin; a folder has none. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { PolicyInForce } from '../gate/policy-in-force.ts';
import { canonicalTarget } from '../origin/canonical-target.ts';
import { forwardedFor, type IsTrustedProxy } from '../origin/client-address.ts';
import { forwardHeaders } from '../origin/forward-headers.ts';
import { returnHeaders } from '../origin/return-headers.ts';
import { createUpgradeTunnels } from '../origin/upgrade.ts';
import type { OpenedOrigin } from './open-origin.ts';

interface Upgrades {
  handle(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

interface Options {
  readonly opened: OpenedOrigin;
  readonly publicUrl: string;
  readonly isTrusted: IsTrustedProxy;
  readonly inForce: () => PolicyInForce;
}

export const createUpgrades = ({ opened, publicUrl, isTrusted }: Options): Upgrades => {
  if (opened.folder)
    return { handle: (_req, socket) => refuse(socket, '501 Not Implemented'), close: () => undefined };
  const addresses = { originUrl: opened.url, publicUrl };
  const forward = forwardHeaders(addresses);
  const tunnels = createUpgradeTunnels({ originUrl: opened.url, returned: returnHeaders(addresses) });
  return {
    handle: (req, socket, head) => {
      const canonical = canonicalTarget(req.url ?? '/');
      if (canonical.kind === 'bad' || canonical.path.startsWith('/-/')) {
        refuse(socket, '400 Bad Request');
        return;
      }
      const headers = forward(req.rawHeaders, {
        forwardedFor: forwardedFor(
          req.socket.remoteAddress ?? '',
          req.headers['x-forwarded-for']?.toString(),
          isTrusted,
        ),
      });
      tunnels.forward(req, { method: req.method ?? 'GET', target: canonical.target, headers }, socket, head);
    },
    close: () => tunnels.close(),
  };
};

const refuse = (socket: Duplex, status: string): void => {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};
