/** What may stand in a Redis record: whatever else writes there, only this is believed. */
import { z } from 'zod';
import type { Entitlement } from '../../entitlements/entitlement.ts';
import type { DeviceRecord, ReaderRecord } from '../../readers/reader.ts';
import type { PendingSignIn } from '../../readers/reader-store.ts';

const text = z.string().min(1);
const moment = z.int();

const entitlement = z.object({
  id: text,
  product: text,
  source: z.enum(['subscription', 'pass', 'comp', 'group', 'institution', 'gift']),
  startsAt: moment,
  endsAt: moment,
});

const reader = z.object({ id: text, email: text, createdAt: moment });

const device = z.object({ id: text, reader: text, createdAt: moment, lastSeenAt: moment, label: z.string() });

const signIn = z.object({
  linkHash: text,
  codeHash: text,
  requestId: text,
  email: text,
  returnTo: z.string(),
  expiresAt: moment,
});

/** Undefined when the text is not such a record. */
export const parseEntitlement = (json: string) => parse(entitlement, json) as Entitlement | undefined;
export const parseReader = (json: string) => parse(reader, json) as ReaderRecord | undefined;
export const parseDevice = (json: string) => parse(device, json) as DeviceRecord | undefined;
export const parseSignIn = (json: string) => parse(signIn, json) as PendingSignIn | undefined;

/** @throws ZodError for an entitlement that could not be read back, such as one that never ends. */
export const entitlementJson = (value: Entitlement): string => JSON.stringify(entitlement.parse(value));

function parse(schema: z.ZodType, json: string): unknown {
  try {
    return schema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
