/** Proves an address by mail: a link and a code for it, either of which is used once. */
import { createHash } from 'node:crypto';
import type { Email } from './reader.ts';
import type { PendingSignIn, ReaderStore } from './reader-store.ts';

export interface MailedProof {
  /** Kept as hashes from now on; what is mailed is in the answer alone. */
  issue(asked: ProofAsked, now: number): Promise<IssuedProof>;
  /** Undefined: unknown, used before, or too old. */
  takeByLink(secret: string, now: number): Promise<PendingSignIn | undefined>;
  /** @param requestId from the cookie of the browser that asked: a code is worth nothing in another. */
  takeByCode(requestId: string, code: string, now: number): Promise<PendingSignIn | undefined>;
}

interface ProofAsked {
  readonly email: Email;
  /** Local path to go to afterwards. */
  readonly returnTo: string;
}

interface IssuedProof {
  /** For the cookie of the browser that asked. */
  readonly requestId: string;
  /** Address of the page that asks for a press. */
  readonly link: string;
  readonly code: string;
}

interface Options {
  readonly store: Pick<ReaderStore, 'putSignIn' | 'takeSignInByLink' | 'takeSignInByCode'>;
  readonly random: (bytes: number) => string;
  /** The link's address without its query: of PUBLIC_URL, whatever Host a request had. */
  readonly linkPage: string;
  /** Hashed along, so that what is mailed for one purpose proves nothing for another. Absent: signing in as a reader. */
  readonly purpose?: string;
}

export const signInMinutes = 15;
const codeDigits = 8;
const maxCodeTries = 5;

export const createMailedProof = ({ store, random, linkPage, purpose }: Options): MailedProof => {
  const hashed = (secret: string): string => hashOf(purpose === undefined ? secret : `${purpose}:${secret}`);
  return {
    issue: async ({ email, returnTo }, now) => {
      const [secret, requestId, code] = [random(24), random(16), randomCode(random)];
      await store.putSignIn({
        linkHash: hashed(secret),
        codeHash: hashed(`${requestId}:${code}`),
        requestId,
        email,
        returnTo,
        expiresAt: now + signInMinutes * 60_000,
      });
      return { requestId, link: `${linkPage}?link=${secret}`, code };
    },
    takeByLink: (secret, now) => store.takeSignInByLink(hashed(secret), now),
    takeByCode: (requestId, code, now) =>
      store.takeSignInByCode(requestId, hashed(`${requestId}:${code}`), maxCodeTries, now),
  };
};

/** Digits, since they're read off one screen and typed on another; 64 random bits leave no digit likelier. */
const randomCode = (random: Options['random']): string =>
  (Buffer.from(random(8), 'base64url').readBigUInt64BE() % 10n ** BigInt(codeDigits))
    .toString()
    .padStart(codeDigits, '0');

/** What is kept can't be used by whoever reads the store. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
