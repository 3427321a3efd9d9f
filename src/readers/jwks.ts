/** The public keys by which others can verify reader tokens (`/-/jwks.json`). */
import type { TokenKeySetting } from '../settings.ts';
import { readTokenKeys, type TokenAlgorithm } from './token-key.ts';

export interface PublicJwks {
  readonly keys: readonly PublicJwk[];
}

export type PublicJwk = { readonly kid: string; readonly alg: TokenAlgorithm; readonly use: 'sig' } & (
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string }
  | { readonly kty: 'EC'; readonly crv: string; readonly x: string; readonly y: string }
);

/** Shared secrets are left out: whoever could read one could sign with it. */
export const publicJwks = (settings: readonly TokenKeySetting[]): PublicJwks => ({
  keys: readTokenKeys(settings).flatMap(({ kid, algorithm: alg, verifyWith }): readonly PublicJwk[] => {
    if (verifyWith.type !== 'public') return [];
    const { kty, n, e, crv, x, y } = verifyWith.export({ format: 'jwk' });
    const named = { kid, alg, use: 'sig' } as const;
    if (kty === 'RSA' && n && e) return [{ ...named, kty, n, e }];
    return kty === 'EC' && crv && x && y ? [{ ...named, kty, crv, x, y }] : [];
  }),
});
