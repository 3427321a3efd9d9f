/** A client's request body as the origin's connection may read it: the connection can drop it without hurting the client's. */
import { Readable } from 'node:stream';

/**
 * An origin that answers before the upload ends makes undici destroy the body it was given; a destroyed request
 * takes the client's socket with it, and the answer is lost. The stand-in passes chunks on uncopied, and when it is dropped lets the rest
 * of the upload run dry.
 */
export function requestBody(source: Readable): Readable {
  const standIn = new Readable({
    read: () => source.resume(),
    destroy: (error, done) => {
      stop();
      source.resume();
      done(error);
    },
  });
  const onData = (chunk: Uint8Array): void => {
    if (!standIn.push(chunk)) source.pause();
  };
  const onEnd = (): void => {
    standIn.push(null);
  };
  const onLoss = (): void => {
    if (!source.readableEnded) standIn.destroy(new Error('the request body broke off'));
  };
  const stop = (): void => {
    source.off('data', onData).off('end', onEnd).off('close', onLoss).off('error', onLoss);
    source.on('error', ignore);
  };
  source.on('data', onData).on('end', onEnd).on('close', onLoss).on('error', onLoss);
  source.pause();
  return standIn;
}

function ignore(): void {}
