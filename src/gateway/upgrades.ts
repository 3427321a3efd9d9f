/** WebSockets and their like, through to a proxied origin; a folder has none. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { canonicalTarget } from '../origin/canonical-target.ts';
import { forwardedFor, type IsTrustedProxy } from '../origin/client-address.ts';
import { forwardHeaders } from '../origin/forward-headers.ts';
import { answerWithoutUpgrade } from '../origin/ignored-upgrade.ts';
import { isAddressWithOwnToken } from '../origin/own-tokens.ts';
import { returnHeaders } from '../origin/return-headers.ts';
import { askedProtocol, createUpgradeTunnels } from '../origin/upgrade.ts';
import type { IsForConsole } from './console-host.ts';
import type { OpenedOrigin } from './open-origin.ts';

interface Upgrades {
  handle(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

interface Options {
  readonly opened: OpenedOrigin;
  /** See `returnHeaders`. */
  readonly passes: (name: string) => boolean;
  readonly isTrusted: IsTrustedProxy;
  /** The console speaks no other protocol, and what is asked of it never reaches the origin. */
  readonly isForConsole: IsForConsole;
  /** Answers an offer to upgrade as the ordinary request that it also is. */
  readonly answer: (req: IncomingMessage, res: ServerResponse) => void;
}

export const createUpgrades = (options: Options): Upgrades => {
  const { opened, passes, isTrusted, isForConsole, answer } = options;
  const proxied = opened.kind === 'http';
  if (opened.folder)
    return { handle: (_req, socket) => refuse(socket, '501 Not Implemented'), close: () => undefined };
  const forward = forwardHeaders(opened.addresses);
  const tunnels = createUpgradeTunnels({
    originUrl: opened.url,
    returned: returnHeaders({ ...opened.addresses, passes }),
  });
  return {
    handle: (req, socket, head) => {
      if (isForConsole(req) || askedProtocol(req) !== 'websocket' || !proxied) {
        if (hasBody(req) || !(socket instanceof Socket)) refuse(socket, '501 Not Implemented');
        else answerWithoutUpgrade(req, socket, answer);
        return;
      }
      const canonical = canonicalTarget(req.url ?? '/');
      if (
        canonical.kind === 'bad' ||
        canonical.path.startsWith('/-/') ||
        isAddressWithOwnToken(canonical.target)
      ) {
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

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const refuse = (socket: Duplex, status: string): void => {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};
