/** Operators, their devices and tokens for tests, with everything filled in that a test doesn't care about. */
import { randomUUID } from 'node:crypto';
import type { AuditLine } from '../../../src/console/operators/audit-store.ts';
import type {
  ApiToken,
  ApiTokenId,
  Appointment,
  OperatorDevice,
  OperatorDeviceId,
  OperatorRecord,
} from '../../../src/console/operators/operator.ts';
import type { Email } from '../../../src/readers/reader.ts';
import { noon } from './meter-asks.ts';

export const newOperatorEmail = (): Email => `${randomUUID()}@desk.example` as Email;
export const newAppointment = (): Appointment => randomUUID() as Appointment;

export const operatorRecord = (more: Partial<OperatorRecord> = {}): OperatorRecord => ({
  email: newOperatorEmail(),
  role: 'editor',
  appointment: newAppointment(),
  invitedBy: 'owner@desk.example' as Email,
  invitedAt: noon,
  ...more,
});

export const operatorDevice = (more: Partial<OperatorDevice> = {}): OperatorDevice => ({
  id: randomUUID() as OperatorDeviceId,
  hash: randomUUID(),
  email: newOperatorEmail(),
  appointment: newAppointment(),
  label: 'Firefox, Linux',
  createdAt: noon,
  expiresAt: noon + 8 * 3_600_000,
  lastSeenAt: noon,
  ...more,
});

export const apiToken = (more: Partial<ApiToken> = {}): ApiToken => ({
  id: randomUUID() as ApiTokenId,
  hash: randomUUID(),
  name: randomUUID(),
  role: 'editor',
  createdBy: newOperatorEmail(),
  appointment: newAppointment(),
  createdAt: noon,
  expiresAt: noon + 86_400_000,
  ...more,
});

export const auditLine = (changed: string, more: Partial<AuditLine> = {}): AuditLine => ({
  at: noon,
  who: { kind: 'operator', email: 'owner@desk.example' as Email },
  what: 'publish',
  about: ['v1'],
  changed,
  ...more,
});
