/** One key of `TOKEN_KEYS`, read once into what signs and verifies, with the only algorithm it may be used with. */
import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import type { TokenKeySetting } from '../settings.ts';

export type TokenAlgorithm = 'HS256' | 'RS256' | 'ES256';

export interface TokenKey {
  readonly kid: string;
  readonly algorithm: TokenAlgorithm;
  readonly verifyWith: KeyObject;
  /** Absent for a public key, which can only verify. */
  readonly signWith?: KeyObject;
}

const minSecretBytes = 32;
const minRsaBits = 2048;

/** Every key, in the order given. @throws Error on the first fault, on none at all and on one `kid` for two keys. */
export function readTokenKeys(settings: readonly TokenKeySetting[]): readonly TokenKey[] {
  const keys = settings.map(readTokenKey);
  if (keys.length === 0)
    throw new Error('There is no token key: set TOKEN_KEYS (`gatefold token keygen` makes one).');
  const twice = keys.find((key, index) => keys.findIndex(({ kid }) => kid === key.kid) !== index);
  if (twice)
    throw new Error(`Two token keys are called "${twice.kid}": give each its own name in TOKEN_KEYS.`);
  return keys;
}

/**
 * The algorithm follows from the key and never from a token.
 *
 * @throws Error naming the key and what to do, when it is too weak or of a kind that nothing here verifies.
 */
function readTokenKey(setting: TokenKeySetting): TokenKey {
  return setting.kind === 'secret'
    ? secretKey(setting.kid, setting.secret)
    : pemKey(setting.kid, setting.pem);
}

function secretKey(kid: string, secret: Buffer): TokenKey {
  if (secret.length < minSecretBytes) {
    throw new Error(
      `Token key "${kid}" has ${secret.length} bytes and needs ${minSecretBytes}: make one with \`gatefold token keygen\`.`,
    );
  }
  // As a KeyObject: with the bare secret each verification takes forty times as long.
  const key = createSecretKey(secret);
  return { kid, algorithm: 'HS256', verifyWith: key, signWith: key };
}

function pemKey(kid: string, pem: string): TokenKey {
  const signWith = pem.includes('PRIVATE KEY') ? keyFrom(kid, () => createPrivateKey(pem)) : undefined;
  const verifyWith = keyFrom(kid, () => createPublicKey(signWith ?? pem));
  return { kid, algorithm: algorithmOf(kid, verifyWith), verifyWith, ...(signWith ? { signWith } : {}) };
}

function keyFrom(kid: string, read: () => KeyObject): KeyObject {
  try {
    return read();
  } catch {
    // The library's own message can quote the file.
    throw new Error(
      `Token key "${kid}" is no readable PEM key: it must be an unencrypted RSA or EC P-256 key.`,
    );
  }
}

function algorithmOf(kid: string, key: KeyObject): TokenAlgorithm {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'rsa' && (details?.modulusLength ?? 0) >= minRsaBits) return 'RS256';
  if (key.asymmetricKeyType === 'ec' && details?.namedCurve === 'prime256v1') return 'ES256';
  throw new Error(`Token key "${kid}" must be RSA of at least ${minRsaBits} bits or EC P-256.`);
}
