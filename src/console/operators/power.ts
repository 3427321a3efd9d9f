/** What power somebody has at this moment: by the settings, by an invitation, by a signed-in browser, by a token. */
import type { Email } from '../../readers/reader.ts';
import { lesserRole, type Role } from './may.ts';
import { type ApiToken, type Appointment, appointedBySettings, type OperatorDevice } from './operator.ts';

/** A sign-in lasts a working day at most, and not longer than this without a request. */
export const deviceHours = 8;
export const idleMinutes = 60;

export interface Standing {
  readonly role: Role;
  readonly appointment: Appointment;
}

/**
 * Whom OPERATORS names is an owner, whatever a record says: nobody in the console can take that away.
 *
 * @param record of that address, where somebody invited it.
 */
export function standingOf(
  email: Email,
  owners: ReadonlySet<Email>,
  record: Standing | undefined,
): Standing | undefined {
  return owners.has(email) ? { role: 'owner', appointment: appointedBySettings } : record;
}

/** Undefined: the browser is signed in no more. @param standing of the device's operator now. */
export function roleOfDevice(
  { appointment, expiresAt, lastSeenAt }: OperatorDevice,
  standing: Standing | undefined,
  now: number,
): Role | undefined {
  if (standing?.appointment !== appointment) return undefined;
  return now < expiresAt && now < lastSeenAt + idleMinutes * 60_000 ? standing.role : undefined;
}

/** Undefined: the token is worth nothing any more. @param standing of its maker now. */
export function roleOfToken(
  { appointment, expiresAt, role }: ApiToken,
  standing: Standing | undefined,
  now: number,
): Role | undefined {
  if (standing?.appointment !== appointment || now >= expiresAt) return undefined;
  return lesserRole(role, standing.role);
}
