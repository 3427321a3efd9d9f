/** Makes token keys: for an operator's settings, and once for a sandbox that keeps its own. */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenKeySetting } from '../settings.ts';

type Random = (bytes: number) => string;

/** What `gatefold token keygen` prints: `kid:secret`, to be put first in TOKEN_KEYS. */
export const newSecretKey = (random: Random): string => `${newKid(random)}:${random(32)}`;

export interface NewPemKey {
  readonly kid: string;
  /** PKCS#8; to be written to a file that only Gatefold reads, and named in TOKEN_KEYS as `kid:path`. */
  readonly pem: string;
}

/** For sites whose other services verify reader tokens by `/-/jwks.json` without being able to sign them. */
export const newPemKey = (algorithm: 'ES256' | 'RS256', random: Random): NewPemKey => {
  const { privateKey } =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 3072 });
  return { kid: newKid(random), pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
};

/** Not secret: it only tells keys apart in a token's header. */
const newKid = (random: Random): string => `k${random(4).replace(/[^A-Za-z0-9]/g, '0')}`;

/**
 * The sandbox's key, made at its first start and kept in `<dataDir>/token-keys`, readable by this system user alone, so
 * that a restart signs nobody out.
 *
 * @throws Error when the file can't be made or doesn't hold a key, with what to do.
 */
export function sandboxTokenKeys(dataDir: string, random: Random): readonly TokenKeySetting[] {
  const path = join(dataDir, 'token-keys');
  makeOnce(path, dataDir, random);
  const [, kid, secret] = /^([\w.-]+):([\w-]{43})\s*$/.exec(readFileSync(path, 'utf8')) ?? [];
  if (!kid || !secret)
    throw new Error(`${path} holds no token key: delete it and start again (this signs everybody out).`);
  return [{ kid, kind: 'secret', secret: Buffer.from(secret, 'base64url') }];
}

/** Linked into place whole: of two processes that start at once, both read the key of one. */
function makeOnce(path: string, dataDir: string, random: Random): void {
  if (existsSync(path)) return;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${path}.${random(6)}`;
  writeFileSync(draft, `${newSecretKey(random)}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
