/** Asks the origin once and treats the answer as its head demands: streamed on, read whole, or held until decided. */
import type {
  HeaderPairs,
  Origin,
  OriginExchange,
  OriginFault,
  OriginHead,
  OriginRequest,
} from '../origin/origin.ts';
import type { Stream } from './stream-through.ts';
import type { Treatment } from './treatment.ts';

export type Inspected =
  | { readonly kind: 'streamed' }
  | { readonly kind: 'collected'; readonly head: OriginHead; readonly body: Buffer }
  | { readonly kind: 'held'; readonly why: 'hold' | 'probe'; readonly head: OriginHead; readonly held: Held }
  | { readonly kind: 'ask-again' }
  | { readonly kind: 'unavailable'; readonly fault: OriginFault | 'too-large'; readonly detail: string };

/** A response whose body waits at the gate. Exactly one of the two is called. */
export interface Held {
  /** `open`: how to begin, where the question's own way won't do. */
  proceed(open?: OpenStream): void;
  abort(): void;
}

export type OpenStream = (head: OriginHead, exchange: () => OriginExchange | undefined) => Stream;

export interface InspectOptions {
  readonly treat: (head: OriginHead) => Treatment;
  /** Begins sending to the client; called at most once. */
  readonly openStream: OpenStream;
  readonly maxBytes: number;
  /** Told what the origin says ahead of its answer. */
  readonly onHints?: (headers: HeaderPairs) => void;
  /** Called with what ends the question early when the client goes away. */
  readonly onAbortable?: (abort: () => void) => void;
}

/**
 * What waits for a decision is read up to here, so that most origins are done with it meanwhile; the rest waits in the
 * origin's own connection.
 */
const maxHeldBytes = 262_144;

export const inspect = (
  origin: Origin,
  request: OriginRequest,
  options: InspectOptions,
): Promise<Inspected> =>
  new Promise((resolve) => {
    let exchange: OriginExchange | undefined;
    let state: 'waiting' | 'collecting' | 'streaming' | 'holding' | 'over' = 'waiting';
    let head: OriginHead | undefined;
    let stream: Stream | undefined;
    const chunks: Uint8Array[] = [];
    let size = 0;
    let ended = false;
    let broken = false;

    const finish = (result: Inspected, next: typeof state): void => {
      state = next;
      resolve(result);
    };
    const isOver = (): boolean => state === 'over';
    const abort = (): void => {
      state = 'over';
      exchange?.abort();
    };
    const beginStream = (from: OriginHead, open: OpenStream): void => {
      stream = open(from, () => exchange);
      finish({ kind: 'streamed' }, 'streaming');
    };
    const proceed = (open = options.openStream): void => {
      if (state !== 'holding' || !head) return;
      beginStream(head, open);
      let takesMore = true;
      for (const chunk of chunks.splice(0)) takesMore = stream?.data(chunk) ?? true;
      if (broken) stream?.breakOff();
      else if (ended) stream?.end();
      // A client that has enough says when it wants more.
      else if (takesMore) exchange?.resume();
    };

    exchange = origin.ask(request, {
      hints: (headers) => {
        if (state === 'waiting') options.onHints?.(headers);
      },
      head: (received) => {
        head = received;
        const treatment = options.treat(received);
        switch (treatment) {
          case 'stream':
            beginStream(received, options.openStream);
            return;
          case 'collect':
            state = 'collecting';
            return;
          case 'ask-again':
            finish({ kind: 'ask-again' }, 'over');
            exchange?.abort();
            return;
          case 'hold':
          case 'probe':
            finish({ kind: 'held', why: treatment, head: received, held: { proceed, abort } }, 'holding');
            return;
          default:
            treatment satisfies never;
        }
      },
      data: (chunk) => {
        if (state === 'streaming') return stream?.data(chunk) ?? true;
        if (state === 'over') return true;
        chunks.push(chunk);
        size += chunk.length;
        if (state === 'holding') return size < maxHeldBytes;
        if (size > options.maxBytes) {
          abort();
          resolve({ kind: 'unavailable', fault: 'too-large', detail: `more than ${options.maxBytes} bytes` });
        }
        return true;
      },
      end: () => {
        ended = true;
        if (state === 'streaming') stream?.end();
        else if (state === 'collecting' && head) {
          finish({ kind: 'collected', head, body: Buffer.concat(chunks, size) }, 'over');
        }
      },
      fail: (fault, detail) => {
        if (state === 'streaming') stream?.breakOff();
        else if (state === 'holding') broken = true;
        else finish({ kind: 'unavailable', fault, detail }, 'over');
      },
    });
    // An origin may answer before it returns: what was over by then is ended here.
    if (isOver() && !ended) exchange.abort();
    options.onAbortable?.(() => {
      if (state === 'streaming' || state === 'holding') abort();
    });
  });
