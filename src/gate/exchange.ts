/** One request at the gate, and where its content comes from. */
import type { IncomingMessage } from 'node:http';
import type { ClientResponse } from '../origin/client-response.ts';
import type { Origin } from '../origin/origin.ts';
import type { OpenStream } from './inspect.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import type { Stream } from './stream-through.ts';

/** One request at the gate. */
export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ClientResponse;
  /** As it came: a host application is asked with GET where the client sent HEAD. */
  readonly method: string;
  /** Canonical, with the query. */
  readonly target: string;
  readonly path: string;
  readonly rules: PolicyInForce;
  readonly now: number;
}

/** Where this request's content comes from: the proxied origin, or the host app that mounted the gate. */
export interface Source {
  readonly origin: Origin;
  readonly shareable: boolean;
  /** How what is no article goes on, where that isn't by relaying it. */
  readonly openStream?: (...begin: Parameters<OpenStream>) => Stream | undefined;
}
