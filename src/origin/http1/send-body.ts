/** A request's body on its way to the origin: at the origin's pace, and without the client's connection hanging on the origin's. */
import type { Readable, Writable } from 'node:stream';

export interface Upload {
  /** The client is waited for, not the origin. */
  readonly waitsForSource: boolean;
  /** The origin wants no more of it. What the client still sends runs dry, so that it can hear the answer. */
  stop(): void;
}

export interface UploadEnds {
  onEnd(): void;
  /** The client went away, or sent another length than it had stated. */
  onBroken(detail: string): void;
}

/** `length` undefined: in chunks. */
export function sendBody(
  source: Readable,
  target: Writable,
  length: number | undefined,
  { onEnd, onBroken }: UploadEnds,
): Upload {
  let left = length ?? Number.POSITIVE_INFINITY;
  let waitsForSource = true;

  const onData = (chunk: Buffer | string): void => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (bytes.length === 0) return;
    left -= bytes.length;
    if (left < 0) {
      breakOff('the request’s body is longer than it states');
      return;
    }
    if (length === undefined) {
      target.cork();
      target.write(`${bytes.length.toString(16)}\r\n`, 'latin1');
      target.write(bytes);
      target.write('\r\n', 'latin1');
      target.uncork();
    } else target.write(bytes);
    if (!target.writableNeedDrain) return;
    waitsForSource = false;
    source.pause();
  };
  const onDrain = (): void => {
    waitsForSource = true;
    source.resume();
  };
  const onSourceEnd = (): void => {
    if (length !== undefined && left > 0) {
      breakOff('the request’s body is shorter than it states');
      return;
    }
    detach();
    if (length === undefined) target.write('0\r\n\r\n', 'latin1');
    waitsForSource = false;
    onEnd();
  };
  const onLoss = (): void => breakOff('the request’s body broke off');
  const breakOff = (detail: string): void => {
    stop();
    onBroken(detail);
  };
  const detach = (): void => {
    source.off('data', onData).off('end', onSourceEnd).off('close', onLoss).off('error', onLoss);
    target.off('drain', onDrain);
    source.on('error', ignore);
  };
  const stop = (): void => {
    detach();
    source.resume();
  };

  target.on('drain', onDrain);
  source.on('end', onSourceEnd).on('close', onLoss).on('error', onLoss).on('data', onData);
  // It was read before, by an earlier question: its end won't be told again.
  if (source.readableEnded || source.destroyed) queueMicrotask(onLoss);
  return {
    get waitsForSource() {
      return waitsForSource;
    },
    stop,
  };
}

function ignore(): void {}
