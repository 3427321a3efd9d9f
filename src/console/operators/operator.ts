/** The people who run the site from its console, the browsers they are signed in with, and the tokens they made. */
import type { Brand } from '../../ops/brand.ts';
import type { Email } from '../../readers/reader.ts';
import type { Role } from './may.ts';

/**
 * Names what made somebody an operator: one invitation, or the settings. What was signed in or made under one is worth
 * nothing under another, so that whoever is removed and invited again begins anew, however the two crossed on the way.
 */
export type Appointment = Brand<string, 'Appointment'>;

export const appointedBySettings = 'settings' as Appointment;

/** Somebody an owner invited; those that OPERATORS names have no record. */
export interface OperatorRecord {
  readonly email: Email;
  readonly role: Role;
  readonly appointment: Appointment;
  readonly invitedBy: Email;
  readonly invitedAt: number;
  /** To the minute. Absent: not seen yet. */
  readonly lastSeenAt?: number;
}

export type OperatorDeviceId = Brand<string, 'OperatorDeviceId'>;

/** A browser that an operator is signed in with. */
export interface OperatorDevice {
  readonly id: OperatorDeviceId;
  /** Of the cookie's secret, which is kept nowhere. */
  readonly hash: string;
  readonly email: Email;
  readonly appointment: Appointment;
  /** What the browser called itself, shortened. */
  readonly label: string;
  readonly createdAt: number;
  /** Ended at this moment, whatever happens before. */
  readonly expiresAt: number;
  /** To the minute. */
  readonly lastSeenAt: number;
}

export type ApiTokenId = Brand<string, 'ApiTokenId'>;

/** What a program shows in place of a person: it can do no more than its role, nor more than its maker can now. */
export interface ApiToken {
  readonly id: ApiTokenId;
  /** Of the token itself, which is kept nowhere. */
  readonly hash: string;
  /** No two tokens have the same. */
  readonly name: string;
  readonly role: Role;
  readonly createdBy: Email;
  readonly appointment: Appointment;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** To the minute. Absent: not used yet. */
  readonly lastUsedAt?: number;
}

/** Who is asking, proved for this one request. */
export interface Operator {
  readonly email: Email;
  /** What may be done now. */
  readonly role: Role;
  readonly appointment: Appointment;
  readonly via:
    | { readonly kind: 'device'; readonly id: OperatorDeviceId }
    | { readonly kind: 'token'; readonly id: ApiTokenId; readonly name: string };
}
