/** What a reader can tell support to be found by: the id that their free reads are counted under, and never its signature. */
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../ops/clock.ts';
import type { DeviceView } from './device-view.ts';
import type { ReaderId, VisitorId } from './reader.ts';
import { cookieNames, cookieValues } from './reader-cookies.ts';
import type { ReaderTokens } from './reader-token.ts';
import type { Visitors } from './visitor.ts';

/** Undefined for a browser that holds neither cookie of ours yet: nothing is counted of it. */
export type VisitorNumberOf = (request: IncomingMessage) => string | undefined;

interface Options {
  readonly tokens: Pick<ReaderTokens, 'verify'>;
  readonly visitors: Pick<Visitors, 'readVisitor'>;
  readonly devices: Pick<DeviceView, 'peek'>;
  /** Readers come by https. */
  readonly secure: boolean;
  readonly clock: Clock;
}

/** `reader.<id>` for whoever is signed in: a reader without an address has no other name. Asks no store. */
export const createVisitorNumberOf = ({
  tokens,
  visitors,
  devices,
  secure,
  clock,
}: Options): VisitorNumberOf => {
  const names = cookieNames(secure);
  return ({ headers: { cookie } }) => {
    for (const token of cookieValues(cookie, names.reader)) {
      const verdict = tokens.verify(token, clock());
      if (verdict.kind !== 'valid') continue;
      const { reader, device } = verdict.claims;
      const state = devices.peek(device);
      // A device that was signed out, as far as this process has heard, reads as a visitor.
      if (state === undefined || (typeof state === 'object' && state.reader === reader))
        return `reader.${reader}`;
    }
    for (const value of cookieValues(cookie, names.visitor)) {
      const known = visitors.readVisitor(value);
      if (known) return known.id;
    }
    return undefined;
  };
};

/** Whose number that is, by its form; undefined for what is none. */
export const readVisitorNumber = (
  text: string,
):
  | { readonly kind: 'reader'; readonly id: ReaderId }
  | { readonly kind: 'visitor'; readonly id: VisitorId }
  | undefined => {
  const [, first, second] = /^([\w-]+)\.([\w-]+)$/.exec(text.trim()) ?? [];
  if (!first || !second) return undefined;
  return first === 'reader'
    ? { kind: 'reader', id: second as ReaderId }
    : { kind: 'visitor', id: `${first}.${second}` as VisitorId };
};
