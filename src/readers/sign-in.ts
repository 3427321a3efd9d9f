/** Signing in by mail: ask for a link and a code, and use either once. */
import { createHash } from 'node:crypto';
import type { Entitlement } from '../entitlements/entitlement.ts';
import type { Mail, SendMail } from './mail-sender.ts';
import type { DeviceId, Email, ReaderId, ReaderRecord, VisitorId } from './reader.ts';
import type { PendingSignIn, ReaderStore } from './reader-store.ts';
import type { ReaderTokens } from './reader-token.ts';
import { tokenTtlSeconds } from './renew-token.ts';

export interface SignIn {
  /** The same answer and the same work whether or not anybody has an account with the address: nobody looks. */
  request(asked: SignInAsked, now: number): Promise<RequestOutcome>;
  completeByLink(link: string, browser: Browser, now: number): Promise<SignInOutcome>;
  /** @param requestId from this browser's own cookie: a code is worth nothing in another. */
  completeByCode(requestId: string, code: string, browser: Browser, now: number): Promise<SignInOutcome>;
}

interface SignInAsked {
  readonly email: Email;
  /** Local path to go to afterwards. */
  readonly returnTo: string;
  /** What the mail is written in. */
  readonly locale: string;
}

export type RequestOutcome =
  | { readonly kind: 'sent'; readonly requestId: string }
  | { readonly kind: 'mail-failed'; readonly error: unknown };

/** The browser that signs in, as far as it is known. */
export interface Browser {
  /** Whose free reads become the reader's. */
  readonly visitor?: VisitorId;
  /** Signed in here before; its place is taken. */
  readonly previousDevice?: DeviceId;
  /** What it calls itself, shortened. */
  readonly label: string;
}

export type SignInOutcome =
  | {
      readonly kind: 'signed-in';
      readonly reader: ReaderRecord;
      readonly device: DeviceId;
      readonly token: string;
      readonly returnTo: string;
    }
  /** Unknown, used before, too old, or a wrong code: which of them is not told. */
  | { readonly kind: 'refused' };

interface MailFacts {
  readonly link: string;
  readonly code: string;
  readonly expiresInMinutes: number;
}

interface Options {
  readonly store: ReaderStore;
  readonly tokens: Pick<ReaderTokens, 'sign'>;
  readonly entitlementsOf: (reader: ReaderId) => Promise<readonly Entitlement[]>;
  /** Adds the visitor's free reads to the reader's, in every meter's current window. Safe to repeat. */
  readonly mergeReads: (visitor: VisitorId, reader: ReaderId) => Promise<void>;
  readonly composeMail: (facts: MailFacts, locale: string) => Omit<Mail, 'to'>;
  readonly sendMail: SendMail;
  /** Links lead here and nowhere else, whatever Host the request had. */
  readonly publicUrl: string;
  /** Unguessable base64url text of so many bytes. */
  readonly random: (bytes: number) => string;
}

export const signInMinutes = 15;
const codeDigits = 8;
const maxCodeTries = 5;

export const createSignIn = (options: Options): SignIn => ({
  request: (asked, now) => request(options, asked, now),
  completeByLink: async (link, browser, now) =>
    complete(options, await options.store.takeSignInByLink(hashed(link), now), browser, now),
  completeByCode: async (requestId, code, browser, now) => {
    const codeHash = hashed(`${requestId}:${code}`);
    const pending = await options.store.takeSignInByCode(requestId, codeHash, maxCodeTries, now);
    return complete(options, pending, browser, now);
  },
});

async function request(options: Options, asked: SignInAsked, now: number): Promise<RequestOutcome> {
  const { store, composeMail, sendMail, publicUrl, random } = options;
  const [secret, requestId, code] = [random(24), random(16), randomCode(random)];
  await store.putSignIn({
    linkHash: hashed(secret),
    codeHash: hashed(`${requestId}:${code}`),
    requestId,
    email: asked.email,
    returnTo: asked.returnTo,
    expiresAt: now + signInMinutes * 60_000,
  });
  const link = `${publicUrl}/-/sign-in/link?link=${secret}`;
  try {
    const mail = composeMail({ link, code, expiresInMinutes: signInMinutes }, asked.locale);
    await sendMail({ to: asked.email, ...mail });
    return { kind: 'sent', requestId };
  } catch (error) {
    return { kind: 'mail-failed', error };
  }
}

/** Digits, since they're read off one screen and typed on another; 64 random bits leave no digit likelier. */
const randomCode = (random: Options['random']): string =>
  (Buffer.from(random(8), 'base64url').readBigUInt64BE() % 10n ** BigInt(codeDigits))
    .toString()
    .padStart(codeDigits, '0');

/** What is kept can't be used by whoever reads the store. */
const hashed = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

async function complete(
  options: Options,
  pending: PendingSignIn | undefined,
  browser: Browser,
  now: number,
): Promise<SignInOutcome> {
  if (!pending) return { kind: 'refused' };
  const { store, tokens, entitlementsOf, mergeReads, random } = options;
  const reader = await store.findOrCreate({
    id: random(12) as ReaderId,
    email: pending.email,
    createdAt: now,
  });
  // Before there is a token: an account that doesn't know of the visitor's reads would be a fresh allowance.
  if (browser.visitor !== undefined) await mergeReads(browser.visitor, reader.id);
  const device = random(16) as DeviceId;
  await store.putDevice({
    id: device,
    reader: reader.id,
    createdAt: now,
    lastSeenAt: now,
    label: browser.label,
  });
  if (browser.previousDevice !== undefined) await store.revokeDevice(browser.previousDevice);
  const entitlements = await entitlementsOf(reader.id);
  const token = tokens.sign({ reader: reader.id, device, entitlements, ttlSeconds: tokenTtlSeconds }, now);
  return { kind: 'signed-in', reader, device, token, returnTo: pending.returnTo };
}
