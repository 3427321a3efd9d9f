/** The port to wherever articles come from: pushes one response, head first, to a receiver that may stream or collect it. */
import type { Readable } from 'node:stream';

/** Names as the sender spelled them, values as received; repeated names are repeated pairs. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[];

export interface OriginRequest {
  readonly method: string;
  /** Canonical path and query, beginning with one `/`. */
  readonly target: string;
  /** Already free of hop-by-hop headers and of everything Gatefold keeps to itself. */
  readonly headers: HeaderPairs;
  readonly body?: Readable;
}

export interface OriginHead {
  readonly status: number;
  readonly headers: HeaderPairs;
}

export type OriginFault =
  /** No connection, or it closed before a response: 502. */
  | 'unreachable'
  /** No response or no data in time: 504. */
  | 'timeout'
  /** A response that isn't HTTP: 502. */
  | 'bad-response'
  /** It died after the head: the client must be cut off, since a whole-looking short body is a lie. */
  | 'broken-off';

/** Exactly one of `end` and `fail` is called, last, once. Nothing is called after `abort()`. */
export interface OriginReceiver {
  /** What the origin says ahead of its answer (103 Early Hints); before `head`, perhaps several times. */
  hints?(headers: HeaderPairs): void;
  head(head: OriginHead): void;
  /** False asks the origin to pause until `resume()`; what was read of the body before that still comes. */
  data(chunk: Uint8Array): boolean;
  end(): void;
  fail(fault: OriginFault, detail: string): void;
}

export interface OriginExchange {
  resume(): void;
  abort(): void;
}

export interface Origin {
  ask(request: OriginRequest, receiver: OriginReceiver): OriginExchange;
  close(): Promise<void>;
}
