/** Signing in to the console: proved by mail as readers are, kept as a device that ends with the working day. */
import type { Mail, SendMail } from '../../readers/mail-sender.ts';
import { createMailedProof, type MailedProof, signInMinutes } from '../../readers/mailed-proof.ts';
import type { Email } from '../../readers/reader.ts';
import type { PendingSignIn, ReaderStore } from '../../readers/reader-store.ts';
import { type Audit, actorOf } from './audit.ts';
import { credentialOf, secretBytes } from './credential.ts';
import type { Operator, OperatorDevice, OperatorDeviceId } from './operator.ts';
import type { OperatorStore } from './operator-store.ts';
import { deviceHours, type Standing, standingOf } from './power.ts';
import { consolePath } from './return-path.ts';

export interface OperatorSignIn {
  /**
   * The same answer and the same work before it, whether or not the address is an operator's; only an operator is sent
   * a mail, and that after the answer, so that neither its time nor its failure tells who is one.
   */
  request(asked: OperatorSignInAsked, now: number): Promise<{ readonly requestId: string }>;
  completeByLink(link: string, browser: OperatorBrowser, now: number): Promise<OperatorSignInOutcome>;
  completeByCode(
    requestId: string,
    code: string,
    browser: OperatorBrowser,
    now: number,
  ): Promise<OperatorSignInOutcome>;
  /** Of this browser alone, or of every browser of the operator's. */
  signOut(operator: Operator, where: 'here' | 'everywhere', now: number): Promise<void>;
  /** The address of a link that signs the first owner in, without mail. For whoever sees the sandbox start. Undefined: there is no owner. */
  firstSignInLink(now: number): Promise<string | undefined>;
}

interface OperatorSignInAsked {
  readonly email: Email;
  /** Local path to go to afterwards. */
  readonly returnTo: string;
}

export interface OperatorBrowser {
  /** Signed in here before; its place is taken. */
  readonly previous?: OperatorDeviceId;
  /** What it calls itself, shortened. */
  readonly label: string;
}

export type OperatorSignInOutcome =
  /** The secret is for the browser's cookie. */
  | { readonly kind: 'signed-in'; readonly secret: string; readonly returnTo: string }
  /** Unknown, used before, too old, a wrong code, or no operator (any more): which of them is not told. */
  | { readonly kind: 'refused' };

export interface OperatorMailFacts {
  readonly link: string;
  readonly code: string;
  readonly expiresInMinutes: number;
}

interface Options {
  readonly store: OperatorStore;
  /** Where pending sign-ins are kept: beside readers'. */
  readonly signIns: Pick<ReaderStore, 'putSignIn' | 'takeSignInByLink' | 'takeSignInByCode'>;
  readonly owners: ReadonlySet<Email>;
  readonly audit: Audit;
  readonly random: (bytes: number) => string;
  /** Links lead here and nowhere else, whatever Host the request had. */
  readonly consoleUrl: string;
  readonly composeMail: (facts: OperatorMailFacts) => Omit<Mail, 'to'>;
  readonly sendMail: SendMail;
  /** Told of mails that failed. */
  readonly report: (error: unknown) => void;
}

export const createOperatorSignIn = (options: Options): OperatorSignIn => {
  const { owners, signIns, random, consoleUrl } = options;
  const proofs = createMailedProof({
    store: signIns,
    random,
    linkPage: `${consoleUrl}${consolePath}/sign-in/link`,
    // What is mailed to a reader opens no console, and what is mailed to an operator no reader's account.
    purpose: 'operator',
  });
  return {
    request: (asked, now) => request(proofs, options, asked, now),
    completeByLink: async (link, browser, now) =>
      complete(options, await proofs.takeByLink(link, now), browser, now),
    completeByCode: async (requestId, code, browser, now) =>
      complete(options, await proofs.takeByCode(requestId, code, now), browser, now),
    signOut: (operator, where, now) => signOut(options, operator, where, now),
    firstSignInLink: async (now) => {
      const [email] = owners;
      return email && (await proofs.issue({ email, returnTo: consolePath }, now)).link;
    },
  };
};

async function request(
  proofs: MailedProof,
  options: Options,
  { email, returnTo }: OperatorSignInAsked,
  now: number,
): Promise<{ readonly requestId: string }> {
  const { composeMail, sendMail, report } = options;
  const standing = await standingNow(options, email);
  const { requestId, link, code } = await proofs.issue({ email, returnTo }, now);
  const mail = async (): Promise<void> =>
    sendMail({ to: email, ...composeMail({ link, code, expiresInMinutes: signInMinutes }) });
  if (standing) setImmediate(() => void mail().catch(report));
  return { requestId };
}

const standingNow = async ({ store, owners }: Options, email: Email): Promise<Standing | undefined> =>
  standingOf(email, owners, await store.operator(email));

async function complete(
  options: Options,
  pending: PendingSignIn | undefined,
  { label, previous }: OperatorBrowser,
  now: number,
): Promise<OperatorSignInOutcome> {
  const standing = pending && (await standingNow(options, pending.email));
  if (!pending || !standing) return { kind: 'refused' };
  const { store, audit, random } = options;
  const { email, returnTo } = pending;
  // Always a new one: what the browser brought along may have been put there by somebody else.
  const secret = random(secretBytes);
  const { id, hash } = credentialOf(secret);
  const device: OperatorDevice = {
    id: id as OperatorDeviceId,
    hash,
    email,
    appointment: standing.appointment,
    label,
    createdAt: now,
    expiresAt: now + deviceHours * 3_600_000,
    lastSeenAt: now,
  };
  const who = { kind: 'operator', email } as const;
  const changed = label === '' ? 'signed in' : `signed in with ${label}`;
  await audit.carryOut({ who, what: 'sign-in', about: [id], changed }, now, {
    run: async () => {
      await store.putOperatorDevice(device);
      if (previous !== undefined) await store.removeOperatorDevice(previous);
      await store.noteOperatorSeen(email, standing.appointment, now);
    },
  });
  return { kind: 'signed-in', secret, returnTo };
}

async function signOut(
  { store, audit }: Options,
  operator: Operator,
  where: 'here' | 'everywhere',
  now: number,
): Promise<void> {
  const { email, via } = operator;
  const here = via.kind === 'device' ? [via.id] : [];
  const ids = where === 'here' ? here : (await store.devicesOfOperator(email)).map(({ id }) => id);
  const deed = {
    who: actorOf(operator),
    what: 'sign-out',
    about: ids,
    changed: where === 'here' ? 'signed out' : 'signed out everywhere',
  } as const;
  await audit.carryOut(deed, now, {
    run: () => Promise.all(ids.map((id) => store.removeOperatorDevice(id))),
  });
}
