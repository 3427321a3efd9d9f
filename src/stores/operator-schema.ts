/** What may stand in a record of the console: whatever else writes there, only this is believed. */
import { z } from 'zod';
import type { AuditedActor, AuditLine, Deed } from '../console/operators/audit-store.ts';
import type { Action, Role } from '../console/operators/may.ts';
import type { ApiToken, OperatorDevice, OperatorRecord } from '../console/operators/operator.ts';
import { type FieldsOf, parseJson } from './json-schema.ts';

const text = z.string().min(1);
const moment = z.int();

/** As objects, so that the compiler misses none. */
const roles = Object.keys({ viewer: 0, editor: 0, owner: 0 } satisfies Record<Role, 0>);
const deeds = Object.keys({
  'sign-in': 0,
  'sign-out': 0,
  read: 0,
  export: 0,
  'edit-draft': 0,
  publish: 0,
  rollback: 0,
  grant: 0,
  revoke: 0,
  resync: 0,
  purge: 0,
  'sign-out-device': 0,
  'see-tokens': 0,
  invite: 0,
  'change-role': 0,
  'remove-operator': 0,
  'make-token': 0,
  'revoke-token': 0,
} satisfies Record<Action | Deed, 0>);

export const role = z.enum(roles);

const operator = z.object({
  email: text,
  role,
  appointment: text,
  invitedBy: text,
  invitedAt: moment,
  lastSeenAt: moment.optional(),
} satisfies FieldsOf<OperatorRecord>);

const device = z.object({
  id: text,
  hash: text,
  email: text,
  appointment: text,
  label: z.string(),
  createdAt: moment,
  expiresAt: moment,
  lastSeenAt: moment,
} satisfies FieldsOf<OperatorDevice>);

const token = z.object({
  id: text,
  hash: text,
  name: text,
  role,
  createdBy: text,
  appointment: text,
  createdAt: moment,
  expiresAt: moment,
  lastUsedAt: moment.optional(),
} satisfies FieldsOf<ApiToken>);

type ActorOf<Kind extends AuditedActor['kind']> = Extract<AuditedActor, { kind: Kind }>;

const actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('operator'), email: text } satisfies FieldsOf<ActorOf<'operator'>>),
  z.object({ kind: z.literal('token'), name: text, email: text } satisfies FieldsOf<ActorOf<'token'>>),
  z.object({
    kind: z.literal('machine'),
    by: z.enum(['command', 'policy-file', 'schedule']),
  } satisfies FieldsOf<ActorOf<'machine'>>),
]);

const auditLine = z.object({
  at: moment,
  who: actor,
  what: z.enum(deeds),
  about: z.array(z.string()),
  changed: z.string(),
} satisfies FieldsOf<AuditLine>);

/** Undefined when the text is not such a record. */
export const parseOperator = (json: string) => parseJson(operator, json) as OperatorRecord | undefined;
export const parseOperatorDevice = (json: string) => parseJson(device, json) as OperatorDevice | undefined;
export const parseApiToken = (json: string) => parseJson(token, json) as ApiToken | undefined;
export const parseAuditLine = (json: string) => parseJson(auditLine, json) as AuditLine | undefined;
