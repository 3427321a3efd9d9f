/** Opens connections to one origin, plain or encrypted, that hand over what they read from one buffer. */
import { connect, isIP, type OnReadOpts, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectSecurely } from 'node:tls';
import type { OpenSocket } from './connection.ts';

/** `origin`: scheme, host and port. */
export function socketOpener(origin: URL): OpenSocket {
  const host = origin.hostname.replace(/^\[|\]$/g, '');
  if (origin.protocol === 'http:') {
    const address = { host, port: Number(origin.port || 80), ...KEPT };
    return (onRead) => ({
      socket: connect({ ...address, onread: readInto(onRead) }),
      readyEvent: 'connect',
    });
  }
  const address = { host, port: Number(origin.port || 443), ...KEPT, ALPNProtocols: ['http/1.1'] };
  // The name in the certificate is the origin's, whatever `Host` says.
  const name = isIP(host) === 0 ? { servername: host } : {};
  let session: Buffer | undefined;
  return (onRead) => {
    const options: ConnectionOptions & { onread: OnReadOpts } = {
      ...address,
      ...name,
      ...(session === undefined ? {} : { session }),
      onread: readInto(onRead),
    };
    const socket = connectSecurely(options);
    socket.setNoDelay(true);
    socket.on('session', (given) => {
      session = given;
    });
    // A session that the origin no longer takes would spoil each further attempt.
    socket.on('error', () => {
      session = undefined;
    });
    return { socket: socket as Socket, readyEvent: 'secureConnect' };
  };
}

const KEPT = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 };

/**
 * One buffer for all connections: each read is looked at before the next one happens, and what is kept of it is copied.
 * A buffer for each read, as Node has it otherwise, is 64 KB of memory for the smallest of answers.
 */
const shared = Buffer.allocUnsafeSlow(65_536);

const readInto = (onRead: (bytes: Buffer) => void): OnReadOpts => ({
  buffer: shared,
  callback: (length) => {
    onRead(shared.subarray(0, length));
    return true;
  },
});
