/** What the gate asks an origin about one address, on behalf of one reader or of everybody. */
import type { HeaderPairs, Origin, OriginExchange, OriginHead, OriginRequest } from '../origin/origin.ts';
import type { Stream } from './stream-through.ts';

/** A client's question about one address, independent of how it came in. */
export interface Question {
  readonly origin: Origin;
  readonly method: string;
  /** Canonical. */
  readonly target: string;
  readonly path: string;
  readonly accept: string | undefined;
  /** It names a range or a condition, which the origin may see only for what is no article. */
  readonly conditional: boolean;
  /**
   * What makes the origin's answer this reader's own: `any` cookie or authorization, or one that the policy calls personal. Cookies
   * that are all `harmless` make no difference to an article's page.
   */
  readonly personal: 'no' | 'harmless' | 'any' | 'named';
  /** Answers may be kept and shared (a proxied origin; not a host app answering its own request). */
  readonly shareable: boolean;
  /** How many looks at other addresses led to this one; absent for a client's own question. */
  readonly hops?: number;
  /** What the client says in this header, as the origin would get it; the name in lower case. */
  said(name: string): string | undefined;
  /** Which copy is asked for, where it isn't the one for nobody in particular. */
  readonly variation?: { readonly name: string; readonly headers: HeaderPairs };
  /** What is kept of it: the origin may say that it still holds. */
  readonly kept?: { readonly head: OriginHead; readonly raw: Buffer };
  /** The origin request's headers: `anonymous` leaves out what is the reader's own, `plain` ranges and conditions. */
  headers(leave: { readonly anonymous: boolean; readonly unconditional: boolean }): HeaderPairs;
  readonly body?: OriginRequest['body'];
  openStream(head: OriginHead, exchange: () => OriginExchange | undefined): Stream;
  onAbortable?(abort: () => void): void;
  /** What the origin says ahead of its answer. */
  onHints?(headers: HeaderPairs): void;
}
