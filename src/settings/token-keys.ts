/** What TOKEN_KEYS names, read and judged; no fault repeats any part of it, since a part may be a secret in the wrong place. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

type ReadKey =
  | { readonly kid: string; readonly kind: 'secret'; readonly secret: Buffer }
  | { readonly kid: string; readonly kind: 'pem'; readonly pem: string };

type Outcome = { readonly key: ReadKey } | { readonly fault: string };

/** @param text comma list of `kid:base64url-secret` or `kid:path-to.pem`; files are read here */
export const readTokenKeys = (
  text: string,
): { readonly keys: readonly ReadKey[]; readonly faults: readonly string[] } => {
  const entries = text.split(',').map((entry) => entry.trim());
  const outcomes = entries.map((entry, index) => readEntry(entry, index === 0));
  const faults = outcomes.flatMap((outcome, index) =>
    'fault' in outcome ? [`TOKEN_KEYS, key ${index + 1} of ${entries.length}: ${outcome.fault}`] : [],
  );
  const keys = outcomes.flatMap((outcome) => ('key' in outcome ? [outcome.key] : []));
  const kids = entries.flatMap((entry) => (entry.includes(':') ? [entry.slice(0, entry.indexOf(':'))] : []));
  if (new Set(kids).size < kids.length) {
    faults.push('TOKEN_KEYS: two keys have the same kid; give each its own, such as 2026-01 and 2026-02.');
  }
  return { keys, faults };
};

const readEntry = (entry: string, signs: boolean): Outcome => {
  const colon = entry.indexOf(':');
  const [kid, value] = [entry.slice(0, Math.max(0, colon)), entry.slice(colon + 1)];
  if (colon < 1 || value === '')
    return { fault: 'write kid:secret or kid:path-to.pem (`gatefold token keygen` makes one).' };
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(kid)) {
    return { fault: 'the kid, before the colon, is made of letters, digits, dots, - and _, at most 64.' };
  }
  return value.endsWith('.pem') ? readPem(kid, value, signs) : readSecret(kid, value);
};

const minSecretBytes = 32;
/** Of 32 random bytes about 30 differ; a text typed over and over has a handful. */
const minDistinctBytes = 12;

const readSecret = (kid: string, value: string): Outcome => {
  if (/^[A-Za-z0-9+/]+=*$/.test(value) && /[+/=]/.test(value)) {
    return { fault: 'the secret is base64, not base64url: write - for +, _ for /, and leave out =.' };
  }
  if (!/^[A-Za-z0-9_-]+$/.test(value))
    return { fault: 'the secret is not base64url (`gatefold token keygen` makes one).' };
  const secret = Buffer.from(value, 'base64url');
  if (secret.length < minSecretBytes) {
    return {
      fault: `the secret has ${secret.length} bytes and needs ${minSecretBytes} (\`gatefold token keygen\` makes one).`,
    };
  }
  if (new Set(secret).size < minDistinctBytes) {
    return {
      fault: 'the secret repeats itself and can be guessed (`gatefold token keygen` makes a random one).',
    };
  }
  return { key: { kid, kind: 'secret', secret } };
};

const readPem = (kid: string, path: string, signs: boolean): Outcome => {
  let pem: string;
  try {
    pem = readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown cause';
    return { fault: `its .pem file can't be read (${code}): check the path and who may read the file.` };
  }
  const isPrivate = pem.includes('PRIVATE KEY');
  const key = keyIn(pem, isPrivate);
  if (!key || !isStrong(key)) {
    return { fault: 'its .pem file must hold one unencrypted key, RSA of 2048 bits or more, or EC P-256.' };
  }
  if (signs && !isPrivate)
    return { fault: 'the first key signs, so it must be a private key; put public keys after it.' };
  return { key: { kid, kind: 'pem', pem } };
};

const keyIn = (pem: string, isPrivate: boolean): KeyObject | undefined => {
  try {
    return isPrivate ? createPrivateKey(pem) : createPublicKey(pem);
  } catch {
    return undefined;
  }
};

const isStrong = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean =>
  (asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) ||
  (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1');
