/** Signing in by mail: ask for a link and a code, and use either once. */
import { within } from '../ops/within.ts';
import type { Mail, SendMail } from './mail-sender.ts';
import { createMailedProof, type MailedProof, signInMinutes } from './mailed-proof.ts';
import type {
  DeviceId,
  DeviceRecord,
  Email,
  ProvedReader,
  ReaderId,
  ReaderRecord,
  VisitorId,
} from './reader.ts';
import type { PendingSignIn, ReaderStore } from './reader-store.ts';
import { createStartDevice, type StartDeviceOptions } from './start-device.ts';

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
  /** Asked for by a reader who has no address yet: the mail speaks of confirming one. */
  readonly confirming?: boolean;
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
  /** Whom it was signed in as. */
  readonly previousReader?: ReaderId;
  /** What it calls itself, shortened. */
  readonly label: string;
}

export type SignInOutcome =
  | {
      readonly kind: 'signed-in';
      readonly reader: ProvedReader;
      readonly device: DeviceId;
      readonly token: string;
      readonly returnTo: string;
      /** What had to give way, since no more devices are allowed. */
      readonly signedOut: readonly DeviceRecord[];
    }
  /** Unknown, used before, too old, or a wrong code: which of them is not told. */
  | { readonly kind: 'refused' };

interface MailFacts {
  readonly link: string;
  readonly code: string;
  readonly expiresInMinutes: number;
  readonly confirming: boolean;
}

/** An address was proved just now, in a browser that was signed in as that reader: without an address, at the time. */
export interface Proof {
  readonly reader: ProvedReader;
  readonly browser?: ReaderRecord;
}

interface Options extends StartDeviceOptions {
  readonly store: ReaderStore;
  /** Adds the visitor's free reads to the reader's, in every meter's current window. Safe to repeat. */
  readonly mergeReads: (visitor: VisitorId, reader: ReaderId, former?: ReaderId) => Promise<void>;
  /** What was paid for in that browser, or with that address, becomes the reader's. Absent: nothing is sold here. Safe to repeat. */
  readonly afterProof?: (proof: Proof) => Promise<unknown>;
  /** Told of what doesn't stop a sign-in. */
  readonly report: (error: unknown) => void;
  readonly composeMail: (facts: MailFacts, locale: string) => Omit<Mail, 'to'>;
  readonly sendMail: SendMail;
  /** Links lead here and nowhere else, whatever Host the request had. */
  readonly publicUrl: string;
}

export const createSignIn = (options: Options): SignIn => {
  const { store, random, publicUrl } = options;
  const proofs = createMailedProof({ store, random, linkPage: `${publicUrl}/-/sign-in/link` });
  return {
    request: (asked, now) => request(proofs, options, asked, now),
    completeByLink: async (link, browser, now) =>
      complete(options, await proofs.takeByLink(link, now), browser, now),
    completeByCode: async (requestId, code, browser, now) =>
      complete(options, await proofs.takeByCode(requestId, code, now), browser, now),
  };
};

async function request(
  proofs: MailedProof,
  { composeMail, sendMail }: Options,
  { email, returnTo, locale, confirming = false }: SignInAsked,
  now: number,
): Promise<RequestOutcome> {
  const { requestId, link, code } = await proofs.issue({ email, returnTo }, now);
  try {
    const mail = composeMail({ link, code, expiresInMinutes: signInMinutes, confirming }, locale);
    await sendMail({ to: email, ...mail });
    return { kind: 'sent', requestId };
  } catch (error) {
    return { kind: 'mail-failed', error };
  }
}

async function complete(
  options: Options,
  pending: PendingSignIn | undefined,
  browser: Browser,
  now: number,
): Promise<SignInOutcome> {
  if (!pending) return { kind: 'refused' };
  const { email, returnTo } = pending;
  const unproved = await unprovedIn(browser, options);
  const reader = await readerWith(email, unproved, options, now);
  // Before there is a token: an account that doesn't know of the visitor's reads would be a fresh allowance.
  if (browser.visitor !== undefined) await options.mergeReads(browser.visitor, reader.id, unproved?.id);
  // Before the browser's former device goes: what it paid for is found by it alone.
  await tellOfProof(options, { reader, ...(unproved ? { browser: unproved } : {}) });
  const { label, previousDevice } = browser;
  const start = { reader: reader.id, label, ...(previousDevice === undefined ? {} : { previousDevice }) };
  const started = await createStartDevice(options)(start, now);
  return { kind: 'signed-in', reader, returnTo, ...started };
}

/** Whom the browser was signed in as, where nobody has proved an address for that reader yet. */
async function unprovedIn(
  { previousReader }: Browser,
  { store }: Options,
): Promise<ReaderRecord | undefined> {
  const record = previousReader && (await store.byId(previousReader));
  return record && record.email === undefined ? record : undefined;
}

/** A browser that paid gets the address itself, unless somebody has it already: its reader stays the same. */
function readerWith(
  email: Email,
  unproved: ReaderRecord | undefined,
  { store, random }: Options,
  now: number,
): Promise<ProvedReader> {
  return store.findOrCreate(
    unproved ? { ...unproved, email } : { id: random(12) as ReaderId, email, createdAt: now },
  );
}

/** A slow Stripe holds nobody up; what it tells later is taken in all the same. */
const proofPatienceMs = 4_000;

/**
 * A failure is no reason to refuse a sign-in, since the next one makes up for it. Except where the browser would lose
 * sight of what it paid for: then it stays signed in as it was, and its reader tries again.
 */
async function tellOfProof({ afterProof, report }: Options, proof: Proof): Promise<void> {
  if (!afterProof) return;
  const told = afterProof(proof);
  told.catch(report);
  const movesCustomers = proof.browser !== undefined && proof.browser.id !== proof.reader.id;
  await within(
    told.catch((error: unknown) => {
      if (movesCustomers) throw error;
    }),
    proofPatienceMs,
  );
}
