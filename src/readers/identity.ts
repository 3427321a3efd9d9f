/** What is known of who is asking, as a value. */
import type { Asker } from './asker.ts';
import { readerCountedAs, visitorCountedAs } from './counted-as.ts';
import type { NetworkTagOf } from './network-tag.ts';
import type { VisitorId } from './reader.ts';
import { cookieNames, cookieValues, visitorCookie } from './reader-cookies.ts';
import type { ReaderClaims } from './token-claims.ts';
import type { Visitors } from './visitor.ts';

export interface Identity {
  readonly asker: Asker;
  /** `Set-Cookie` values: a new visitor, a renewed token, a useless one taken away. */
  readonly setCookies: readonly string[];
  /** What was wrong with the Bearer token: the access API answers 401; elsewhere the asker is simply a visitor. */
  readonly tokenFault?: TokenFault;
  /** The request named its reader by `Authorization: Bearer`, as apps do. */
  readonly bearer: boolean;
}

type TokenFault = 'token-expired' | 'token-invalid' | 'device-signed-out';

export interface Asking {
  /** The raw header. */
  readonly cookieHeader: string | undefined;
  readonly authorization: string | undefined;
  /** The socket's, or what a trusted proxy says. */
  readonly clientAddress: string | undefined;
  /** The reader came by https. */
  readonly secure: boolean;
}

export interface VisitorSources {
  readonly visitors: Visitors;
  readonly networkTagOf: NetworkTagOf;
}

export function readerIdentity(
  { visitors }: VisitorSources,
  claims: ReaderClaims,
  asking: Asking,
  bearer: boolean,
): Identity {
  const { reader: id, device } = claims;
  const known = knownVisitor(visitors, asking);
  const counted = readerCountedAs(id);
  return {
    asker: {
      reader: { id, device, snapshot: claims.entitlements, snapshotAt: claims.issuedAt },
      // A browser without a visitor's cookie needs none while its reads are the account's.
      visitor: known?.id ?? (`reader.${id}` as VisitorId),
      newVisitor: false,
      meterSubject: counted.subject,
      meterSlot: counted.slot,
    },
    setCookies: known?.renewedCookie ? [visitorCookie(known.renewedCookie, asking.secure)] : [],
    bearer,
  };
}

export function visitorIdentity(
  { visitors, networkTagOf }: VisitorSources,
  asking: Asking,
  now: number,
  { setCookies = [], bearer = false, tokenFault }: Partial<Identity>,
): Identity {
  const known = knownVisitor(visitors, asking);
  const visitor = known ?? visitors.mintVisitor(networkTagOf(asking.clientAddress, now));
  const { id } = visitor;
  const counted = visitorCountedAs(id);
  const cookie = 'cookie' in visitor ? visitor.cookie : visitor.renewedCookie;
  return {
    asker: {
      visitor: id,
      newVisitor: known === undefined,
      meterSubject: counted.subject,
      meterSlot: counted.slot,
    },
    setCookies: cookie ? [...setCookies, visitorCookie(cookie, asking.secure)] : setCookies,
    ...(tokenFault ? { tokenFault } : {}),
    bearer,
  };
}

function knownVisitor(
  visitors: Visitors,
  { cookieHeader, secure }: Asking,
): ReturnType<Visitors['readVisitor']> {
  for (const value of cookieValues(cookieHeader, cookieNames(secure).visitor)) {
    const known = visitors.readVisitor(value);
    if (known) return known;
  }
  return undefined;
}
