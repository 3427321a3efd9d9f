/** Connections to the origin whose loss is always reported as a loss. */
import { buildConnector } from 'undici';

/**
 * undici takes a reset after the head of a response without a stated length for that response's end: half an article
 * would look whole, and be stored. Naming the reset by undici's own code for a lost connection turns that leniency off, and lets a
 * request that still waits for this connection go to another.
 */
export function honestConnector(options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector(options);
  return (target, callback) => {
    connect(target, (...result) => {
      const socket = result[1];
      socket?.prependListener('error', (error: Error & { code?: string }) => {
        if (error.code === 'ECONNRESET' || error.code === 'EPIPE') error.code = 'UND_ERR_SOCKET';
      });
      callback(...result);
    });
  };
}
