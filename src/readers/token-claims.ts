/** What a reader token says, checked member by member: nothing is optional, nothing is converted. */
import type { Entitlement, EntitlementId } from '../entitlements/entitlement.ts';
import type { ProductId } from '../policy/policy.ts';
import type { DeviceId, ReaderId } from './reader.ts';

export interface ReaderClaims {
  readonly reader: ReaderId;
  readonly device: DeviceId;
  /** Milliseconds. */
  readonly issuedAt: number;
  /** Milliseconds; the token ends at this moment. */
  readonly expiresAt: number;
  /** As the token tells them; it doesn't say since when or why. */
  readonly entitlements: readonly Entitlement[];
}

export interface TokenEntitlement {
  readonly product: ProductId;
  /** Milliseconds. */
  readonly endsAt: number;
}

export type ClaimFault =
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'claim-subject'
  | 'claim-device'
  | 'claim-issued'
  | 'claim-expiry'
  | 'claim-entitlements'
  | 'not-yet-valid';

interface Expected {
  readonly issuer: string;
  readonly audience: string;
  /** Milliseconds. */
  readonly now: number;
}

const maxLifeSeconds = 400 * 86_400;
/** Two machines' clocks differ by less. */
const clockSkewSeconds = 60;
const maxEntitlements = 100;

/** Says nothing about expiry: an expired token still names its reader. */
export function readClaims(
  payload: Readonly<Record<string, unknown>>,
  expected: Expected,
): ReaderClaims | ClaimFault {
  const { iss, aud, sub, sid, iat, exp, nbf, ent } = payload;
  if (iss !== expected.issuer) return 'wrong-issuer';
  // A list is refused even when it holds the right one: a token for several sites is as good on each of them.
  if (aud !== expected.audience) return 'wrong-audience';
  if (!isId(sub)) return 'claim-subject';
  if (!isId(sid)) return 'claim-device';
  const latest = Math.floor(expected.now / 1000) + clockSkewSeconds;
  if (!isSeconds(iat)) return 'claim-issued';
  if (!isSeconds(exp) || exp <= iat || exp > iat + maxLifeSeconds) return 'claim-expiry';
  if (iat > latest || !(nbf === undefined || (isSeconds(nbf) && nbf <= latest))) return 'not-yet-valid';
  const entitlements = readEntitlements(ent);
  if (!entitlements) return 'claim-entitlements';
  return {
    reader: sub as ReaderId,
    device: sid as DeviceId,
    issuedAt: iat * 1000,
    expiresAt: exp * 1000,
    entitlements,
  };
}

/** Ids end up in the names of stored things, where a colon, a brace or a line break has a meaning. */
const isId = (value: unknown): value is string => typeof value === 'string' && /^[\w.-]{1,128}$/.test(value);

const isSeconds = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function readEntitlements(value: unknown): readonly Entitlement[] | undefined {
  if (!Array.isArray(value) || value.length > maxEntitlements) return undefined;
  const read = value.map(readEntitlement);
  return read.every((each) => each !== undefined) ? read : undefined;
}

function readEntitlement(value: unknown): Entitlement | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { product, endsAt } = value as Record<string, unknown>;
  if (typeof product !== 'string' || product === '' || product.length > 200) return undefined;
  if (typeof endsAt !== 'number' || !Number.isSafeInteger(endsAt) || endsAt < 0) return undefined;
  return {
    id: `token:${product}` as EntitlementId,
    product: product as ProductId,
    source: 'subscription',
    // Only what held at issue is in a token; its issue as the start would shut out an instance whose clock is behind.
    startsAt: 0,
    endsAt,
  };
}
