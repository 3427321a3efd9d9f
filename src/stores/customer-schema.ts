/** What both stores keep of Stripe's customers as JSON, and believe when they read it back. */
import { z } from 'zod';
import type { FoundDrift, ReconcileProgress } from '../billing/customer-store.ts';
import type {
  CustomerState,
  PassState,
  SubscriptionItem,
  SubscriptionState,
} from '../billing/subscription.ts';
import { type FieldsOf, parseJson } from './json-schema.ts';

const text = z.string().min(1);
const moment = z.int();
const metadata = z.record(z.string(), z.string());
const reversal = z.enum(['refunded', 'disputed']).optional();

const item = z.object({
  price: text,
  quantity: z.number(),
  periodStartsAt: moment,
  periodEndsAt: moment,
} satisfies FieldsOf<SubscriptionItem>);

const subscription = z.object({
  id: text,
  // Any text: a status that Stripe invents tomorrow is kept as it is.
  status: z.string(),
  items: z.array(item),
  createdAt: moment,
  startedAt: moment,
  cancelAt: moment.optional(),
  endedAt: moment.optional(),
  trialEndsAt: moment.optional(),
  collectionPaused: z.boolean(),
  owedSince: moment.optional(),
  reversal,
  metadata,
} satisfies FieldsOf<SubscriptionState>);

const pass = z.object({
  checkout: text,
  price: text,
  paidAt: moment,
  reversal,
} satisfies FieldsOf<PassState>);

const state = z.object({
  id: text,
  deleted: z.boolean(),
  email: z.string().optional(),
  metadata,
  subscriptions: z.array(subscription),
  passes: z.array(pass),
  features: z.array(z.string()),
} satisfies FieldsOf<CustomerState>);

const found = z.object({
  customer: text,
  kinds: z.array(z.enum(['paid-but-stopped', 'not-paid-but-let-in', 'other-dates', 'old-account'])),
  at: moment,
} satisfies FieldsOf<FoundDrift>);

const progress = z.object({
  run: text,
  startedAt: moment,
  phase: z.enum(['events', 'sweep', 'kept', 'done']),
  after: z.string().optional(),
  eventsUntil: moment,
  counts: z.record(z.string(), z.number()),
  failed: z.array(text).optional(),
  found: z.array(found).optional(),
  finishedAt: moment.optional(),
} satisfies FieldsOf<ReconcileProgress>);

/** Undefined when the text is not such a record. */
export const parseState = (json: string) => parseJson(state, json) as CustomerState | undefined;
export const parseProgress = (json: string) => parseJson(progress, json) as ReconcileProgress | undefined;

/** @throws ZodError for what could not be read back. */
export const stateJson = (value: CustomerState): string => JSON.stringify(state.parse(value));
export const progressJson = (value: ReconcileProgress): string => JSON.stringify(progress.parse(value));
