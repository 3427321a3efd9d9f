/** What may stand in a Redis record: whatever else writes there, only this is believed. */
import { z } from 'zod';
import type { Entitlement } from '../../entitlements/entitlement.ts';
import type { DeviceRecord, ReaderRecord } from '../../readers/reader.ts';
import type { PendingSignIn } from '../../readers/reader-store.ts';
import { type FieldsOf, parseJson } from '../json-schema.ts';

const text = z.string().min(1);
const moment = z.int();

const entitlement = z.object({
  id: text,
  product: text,
  source: z.enum(['subscription', 'pass', 'comp', 'group', 'institution', 'gift']),
  startsAt: moment,
  endsAt: moment,
  paymentDue: z.literal(true).optional(),
} satisfies FieldsOf<Entitlement>);

const reader = z.object({
  id: text,
  email: text.optional(),
  createdAt: moment,
} satisfies FieldsOf<ReaderRecord>);

const device = z.object({
  id: text,
  reader: text,
  createdAt: moment,
  lastSeenAt: moment,
  label: z.string(),
} satisfies FieldsOf<DeviceRecord>);

const signIn = z.object({
  linkHash: text,
  codeHash: text,
  requestId: text,
  email: text,
  returnTo: z.string(),
  expiresAt: moment,
} satisfies FieldsOf<PendingSignIn>);

/** Undefined when the text is not such a record. */
export const parseEntitlement = (json: string) => parseJson(entitlement, json) as Entitlement | undefined;
export const parseReader = (json: string) => parseJson(reader, json) as ReaderRecord | undefined;
export const parseDevice = (json: string) => parseJson(device, json) as DeviceRecord | undefined;
export const parseSignIn = (json: string) => parseJson(signIn, json) as PendingSignIn | undefined;

/** @throws ZodError for an entitlement that could not be read back, such as one that never ends. */
export const entitlementJson = (value: Entitlement): string => JSON.stringify(entitlement.parse(value));
