/** One whole response of the origin in memory, up to a bound. */
import type { Origin, OriginExchange, OriginFault, OriginHead, OriginRequest } from './origin.ts';

export type Collected =
  | { readonly kind: 'ok'; readonly head: OriginHead; readonly body: Buffer }
  /** `head` is there when the response broke off after it. */
  | {
      readonly kind: 'fault';
      readonly fault: OriginFault;
      readonly detail: string;
      readonly head?: OriginHead;
    }
  | { readonly kind: 'too-large'; readonly head: OriginHead };

export interface CollectOptions {
  /** Of the body as it is sent, so before decoding. */
  readonly maxBytes: number;
  /** Aborting it ends the exchange; the outcome is the fault `broken-off`. */
  readonly signal?: AbortSignal;
}

/** Never rejects. A body that states or reaches more than `maxBytes` is given up at once. */
export function collect(
  origin: Origin,
  request: OriginRequest,
  { maxBytes, signal }: CollectOptions,
): Promise<Collected> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve(ABORTED);
    const chunks: Uint8Array[] = [];
    let size = 0;
    let head: OriginHead | undefined;
    let exchange: OriginExchange | undefined;
    let over = false;
    const settle = (outcome: Collected, giveUp: boolean): void => {
      if (over) return;
      over = true;
      signal?.removeEventListener('abort', onAbort);
      if (giveUp) exchange?.abort();
      resolve(outcome);
    };
    const onAbort = (): void => settle(head === undefined ? ABORTED : { ...ABORTED, head }, true);
    signal?.addEventListener('abort', onAbort);
    exchange = origin.ask(request, {
      head: (given) => {
        head = given;
        if (request.method !== 'HEAD' && statedLength(given) > maxBytes)
          settle({ kind: 'too-large', head: given }, true);
      },
      data: (chunk) => {
        size += chunk.byteLength;
        if (size > maxBytes && head !== undefined) settle({ kind: 'too-large', head }, true);
        else if (!over) chunks.push(chunk);
        return true;
      },
      end: () => {
        if (head !== undefined) settle({ kind: 'ok', head, body: joined(chunks, size) }, false);
      },
      fail: (fault, detail) =>
        settle({ kind: 'fault', fault, detail, ...(head === undefined ? {} : { head }) }, false),
    });
    // An origin that answers at once (a folder) may have gone too far before there was anything to abort.
    if (over) exchange.abort();
  });
}

const ABORTED = { kind: 'fault', fault: 'broken-off', detail: 'nobody waits for it any more' } as const;

function statedLength({ headers }: OriginHead): number {
  for (const [name, value] of headers) {
    if (name.length === 14 && name.toLowerCase() === 'content-length') return Number(value);
  }
  return 0;
}

function joined(chunks: readonly Uint8Array[], size: number): Buffer {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined)
    return Buffer.from(only.buffer, only.byteOffset, only.byteLength);
  return Buffer.concat(chunks, size);
}
