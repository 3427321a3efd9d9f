/** Who else may use the console: an owner invites, changes roles and removes. */
import type { Mail, SendMail } from '../../readers/mail-sender.ts';
import type { Email } from '../../readers/reader.ts';
import { type Audit, actorOf } from './audit.ts';
import type { Role } from './may.ts';
import type { Appointment, Operator, OperatorRecord } from './operator.ts';
import type { OperatorStore } from './operator-store.ts';
import { standingOf } from './power.ts';

/** Asks nobody whether `by` may: that was decided where the request came in. */
export interface ChangeOperators {
  /** Owners by the settings first, in their order; then those who were invited. */
  list(): Promise<readonly ListedOperator[]>;
  invite(asked: { readonly email: Email; readonly role: Role }, by: Operator, now: number): Promise<Invited>;
  /** @param asked `from` as the owner saw it: of two who change it at once, one is told. */
  changeRole(asked: RoleAsked, by: Operator, now: number): Promise<RoleChanged>;
  /** Signed out everywhere, and the tokens they made are worth nothing: with the very next request. */
  remove(email: Email, by: Operator, now: number): Promise<Removed>;
}

export type ListedOperator =
  | { readonly email: Email; readonly role: 'owner'; readonly bySettings: true }
  | ({ readonly bySettings: false } & Omit<OperatorRecord, 'appointment'>);

export type Invited =
  /** Not mailed: the mail failed, and the invitation holds all the same. */
  { readonly kind: 'invited'; readonly mailed: boolean } | { readonly kind: 'operator-already' };

export interface RoleAsked {
  readonly email: Email;
  readonly from: Role;
  readonly to: Role;
}

export type RoleChanged =
  | { readonly kind: 'changed' }
  | { readonly kind: 'operator-not-found' }
  | { readonly kind: 'owner-by-settings' }
  /** With the role that it has now, where the operator is still there. */
  | { readonly kind: 'changed-meanwhile'; readonly role?: Role };

export type Removed =
  | { readonly kind: 'removed' }
  | { readonly kind: 'operator-not-found' }
  | { readonly kind: 'owner-by-settings' };

interface Options {
  readonly store: OperatorStore;
  readonly owners: ReadonlySet<Email>;
  readonly audit: Audit;
  readonly random: (bytes: number) => string;
  readonly sendMail: SendMail;
  readonly composeInvitation: (facts: InvitationFacts) => Omit<Mail, 'to'>;
  /** Told of mails that failed. */
  readonly report: (error: unknown) => void;
}

export interface InvitationFacts {
  readonly role: Role;
  readonly invitedBy: Email;
}

export const createChangeOperators = (options: Options): ChangeOperators => ({
  list: () => list(options),
  invite: (asked, by, now) => invite(options, asked, by, now),
  changeRole: (asked, by, now) => changeRole(options, asked, by, now),
  remove: (email, by, now) => remove(options, email, by, now),
});

async function list({ store, owners }: Options): Promise<readonly ListedOperator[]> {
  const invited = (await store.operators()).filter(({ email }) => !owners.has(email));
  return [
    ...Array.from(owners, (email) => ({ email, role: 'owner', bySettings: true }) as const),
    ...invited.map(({ appointment: _, ...record }) => ({ ...record, bySettings: false }) as const),
  ];
}

async function invite(
  { store, owners, audit, random, sendMail, composeInvitation, report }: Options,
  { email, role }: { readonly email: Email; readonly role: Role },
  by: Operator,
  now: number,
): Promise<Invited> {
  if (standingOf(email, owners, await store.operator(email))) return { kind: 'operator-already' };
  const appointment = random(12) as Appointment;
  const record = { email, role, appointment, invitedBy: by.email, invitedAt: now };
  const deed = { who: actorOf(by), what: 'invite', about: [email], changed: `as ${role}` } as const;
  const added = await audit.carryOut(deed, now, {
    run: () => store.addOperator(record),
    cameToNothing: (done) => !done,
  });
  if (!added) return { kind: 'operator-already' };
  const mail = composeInvitation({ role, invitedBy: by.email });
  const mailed = await sendMail({ to: email, ...mail }).then(
    () => true,
    (error: unknown) => {
      report(error);
      return false;
    },
  );
  return { kind: 'invited', mailed };
}

async function changeRole(
  { store, owners, audit }: Options,
  { email, from, to }: RoleAsked,
  by: Operator,
  now: number,
): Promise<RoleChanged> {
  if (owners.has(email)) return { kind: 'owner-by-settings' };
  const record = await store.operator(email);
  if (!record) return { kind: 'operator-not-found' };
  if (record.role !== from) return { kind: 'changed-meanwhile', role: record.role };
  if (from === to) return { kind: 'changed' };
  const { appointment } = record;
  const deed = {
    who: actorOf(by),
    what: 'change-role',
    about: [email],
    changed: `from ${from} to ${to}`,
  } as const;
  const changed = await audit.carryOut(deed, now, {
    run: () => store.changeRole(email, { appointment, from, to }),
    cameToNothing: (done) => !done,
  });
  if (changed) return { kind: 'changed' };
  const there = await store.operator(email);
  return { kind: 'changed-meanwhile', ...(there ? { role: there.role } : {}) };
}

async function remove(
  { store, owners, audit }: Options,
  email: Email,
  by: Operator,
  now: number,
): Promise<Removed> {
  if (owners.has(email)) return { kind: 'owner-by-settings' };
  const record = await store.operator(email);
  if (!record) return { kind: 'operator-not-found' };
  const deed = {
    who: actorOf(by),
    what: 'remove-operator',
    about: [email],
    changed: `was ${record.role}`,
  } as const;
  const removed = await audit.carryOut(deed, now, {
    run: () => store.removeOperator(email, record.appointment),
    cameToNothing: (done) => !done,
  });
  return removed ? { kind: 'removed' } : { kind: 'operator-not-found' };
}
