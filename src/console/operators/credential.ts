/** Secrets that are shown once: what is kept of them finds them again and can't be used in their place. */
import { createHash, timingSafeEqual } from 'node:crypto';

export interface Credential {
  /** Names the record; half of the hash. */
  readonly id: string;
  /** SHA-256, base64url. The secrets are random and long, so that nothing slower is needed. */
  readonly hash: string;
}

/** 32 random bytes, base64url. */
export const secretBytes = 32;
export const isSecret = (text: string): boolean => /^[\w-]{43}$/.test(text);

export const credentialOf = (secret: string): Credential => {
  const hash = createHash('sha256').update(secret).digest('base64url');
  return { id: hash.slice(0, 22), hash };
};

/** How long it takes tells nothing about how much of it is right. */
export const isSameHash = (one: string, other: string): boolean => {
  const [here, there] = [Buffer.from(one), Buffer.from(other)];
  return here.length === there.length && timingSafeEqual(here, there);
};
