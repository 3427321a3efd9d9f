/** Signs and verifies reader tokens; the only file that knows the JWT library. */

import jwt from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import { readerTokenType } from '../origin/own-tokens.ts';
import type { TokenKeySetting } from '../settings.ts';
import type { DeviceId, ReaderId } from './reader.ts';
import { type ClaimFault, type ReaderClaims, readClaims, type TokenEntitlement } from './token-claims.ts';
import { readTokenForm, type TokenFormFault } from './token-form.ts';
import { readTokenKeys, type TokenKey } from './token-key.ts';

export interface ReaderTokens {
  /** @throws Error when the first key is public and so can't sign. */
  sign(facts: TokenFacts, now: number): string;
  verify(token: string, now: number): TokenVerdict;
}

interface TokenFacts {
  readonly reader: ReaderId;
  readonly device: DeviceId;
  readonly entitlements: readonly TokenEntitlement[];
  readonly ttlSeconds: number;
}

type TokenVerdict =
  | { readonly kind: 'valid'; readonly claims: ReaderClaims }
  /** Right in everything but time. */
  | { readonly kind: 'expired'; readonly claims: ReaderClaims }
  | { readonly kind: 'invalid'; readonly why: TokenWhy };

export type TokenWhy = TokenFormFault | ClaimFault | 'unknown-key' | 'wrong-algorithm' | 'bad-signature';

interface Options {
  /** The first signs, all verify. */
  readonly keys: readonly TokenKeySetting[];
  readonly issuer: string;
  /** PUBLIC_URL: a token of another site is refused, even one signed with the same key. */
  readonly audience: string;
  /** Verified tokens are kept up to this many characters in all. */
  readonly maxKeptCharacters?: number;
}

/** @throws Error when a key is unusable, with what to do about it. */
export function createReaderTokens({
  keys,
  issuer,
  audience,
  maxKeptCharacters = 8_000_000,
}: Options): ReaderTokens {
  const known = readTokenKeys(keys);
  const byKid = new Map(known.map((key) => [key.kid, key]));
  const [signing] = known;
  // Keyed by the whole token, signature included. Bounded by size, since readers may bring tokens of 4 KB.
  const verified = new LRUCache<string, Extract<TokenVerdict, { kind: 'valid' }>>({
    maxSize: maxKeptCharacters,
    sizeCalculation: (_, token) => token.length,
  });

  const prove = (token: string, now: number): TokenVerdict => {
    const form = readTokenForm(token);
    if (form.kind === 'fault') return invalid(form.why);
    const key = byKid.get(form.kid);
    if (!key) return invalid('unknown-key');
    if (form.algorithm !== key.algorithm) return invalid('wrong-algorithm');
    if (!isSigned(token, key)) return invalid('bad-signature');
    const claims = readClaims(form.payload, { issuer, audience, now });
    if (typeof claims === 'string') return invalid(claims);
    if (claims.expiresAt <= now) return { kind: 'expired', claims };
    const verdict = { kind: 'valid', claims } as const;
    verified.set(token, verdict);
    return verdict;
  };

  return {
    sign: (facts, now) => sign(facts, { key: signing, issuer, audience, now }),
    verify: (token, now) => {
      const kept = verified.get(token);
      if (!kept) return prove(token, now);
      if (now < kept.claims.expiresAt) return kept;
      verified.delete(token);
      return { kind: 'expired', claims: kept.claims };
    },
  };
}

const invalid = (why: TokenWhy): TokenVerdict => ({ kind: 'invalid', why });

/** Time, issuer and audience are checked on our side, where what is missing is as wrong as what is false. */
function isSigned(token: string, key: TokenKey): boolean {
  try {
    jwt.verify(token, key.verifyWith, {
      algorithms: [key.algorithm],
      ignoreExpiration: true,
      ignoreNotBefore: true,
    });
    return true;
  } catch {
    return false;
  }
}

interface Signing {
  readonly key: TokenKey | undefined;
  readonly issuer: string;
  readonly audience: string;
  readonly now: number;
}

function sign(
  { reader, device, entitlements, ttlSeconds }: TokenFacts,
  { key, issuer, audience, now }: Signing,
): string {
  if (!key?.signWith)
    throw new Error(`Token key "${key?.kid}" is public: put a secret or a private key first in TOKEN_KEYS.`);
  const iat = Math.floor(now / 1000);
  const payload = {
    iss: issuer,
    aud: audience,
    sub: reader,
    sid: device,
    iat,
    exp: iat + ttlSeconds,
    ent: fitting(entitlements, now),
  };
  const header = { alg: key.algorithm, typ: readerTokenType, kid: key.kid };
  return jwt.sign(payload, key.signWith, { algorithm: key.algorithm, header });
}

/** What is left of a cookie's 4096 characters beside the longest signature, in bytes of JSON. */
const maxEntitlementBytes = 1800;

/** One entry for each product, its latest end; the live view knows the rest when a reader has more than fit. */
function fitting(entitlements: readonly TokenEntitlement[], now: number): readonly TokenEntitlement[] {
  const latest = new Map<string, TokenEntitlement>();
  for (const { product, endsAt } of entitlements) {
    if (endsAt > now && endsAt > (latest.get(product)?.endsAt ?? 0)) latest.set(product, { product, endsAt });
  }
  let bytes = 0;
  return [...latest.values()]
    .sort((a, b) => b.endsAt - a.endsAt)
    .filter((entry) => {
      bytes += Buffer.byteLength(JSON.stringify(entry)) + 1;
      return bytes <= maxEntitlementBytes;
    });
}
