/** Readers as the management API tells of them. */
import { z } from 'zod';
import type { Entitlement } from '../../entitlements/entitlement.ts';
import { iso, moment } from '../api/moment.ts';
import type { ListedReader, ReaderListPage } from './reader-list.ts';
import type { CustomerSheet, HeldEntitlement, MeterSheet, ReaderSheet } from './reader-sheet.ts';

const entitlementFields = {
  id: z.string(),
  product: z.string(),
  source: z.enum(['subscription', 'pass', 'comp', 'group', 'institution', 'gift']),
  startsAt: moment,
  endsAt: moment,
  paymentDue: z.literal(true).optional().describe('Money is owed for it: this is the grace.'),
};
export const entitlementAnswer = z.strictObject(entitlementFields);

export const entitlementTold = ({ id, product, source, startsAt, endsAt, paymentDue }: Entitlement) => ({
  ...{ id: id as string, product: product as string, source },
  ...{ startsAt: iso(startsAt), endsAt: iso(endsAt) },
  ...(paymentDue ? { paymentDue } : {}),
});

export const readersAnswer = z.strictObject({
  readers: z.array(
    z.strictObject({
      id: z.string(),
      email: z.string(),
      since: moment,
      devices: z.number().int(),
      entitlements: z.array(entitlementAnswer).describe('Those that haven’t ended.'),
    }),
  ),
  lookedAt: z.number().int().describe('How many readers the filter was tried on for this page.'),
  next: z.string().optional().describe('`after` of the next page. Absent: there is nobody behind.'),
  gathering: z
    .literal(true)
    .optional()
    .describe('The list is being made for the first time: ask again in a moment for those still missing.'),
});

export const readersTold = ({
  readers,
  lookedAt,
  next,
  gathering,
}: ReaderListPage): z.input<typeof readersAnswer> => ({
  readers: readers.map(listedTold),
  lookedAt,
  ...(next ? { next: next.id } : {}),
  ...(gathering ? { gathering } : {}),
});

const listedTold = ({ id, email, createdAt, devices, entitlements }: ListedReader) => ({
  ...{ id, email, since: iso(createdAt), devices },
  entitlements: entitlements.map(entitlementTold),
});

export const devicesAnswer = z.strictObject({
  devices: z.array(
    z.strictObject({ id: z.string(), label: z.string(), signedInAt: moment, lastSeenAt: moment }),
  ),
});

export const devicesTold = ({ devices }: Pick<ReaderSheet, 'devices'>): z.input<typeof devicesAnswer> => ({
  devices: devices.map(({ id, label, createdAt, lastSeenAt }) => ({
    ...{ id, label },
    ...{ signedInAt: iso(createdAt), lastSeenAt: iso(lastSeenAt) },
  })),
});

export const readerAnswer = z.strictObject({
  id: z.string(),
  number: z.string().describe('As the foot of the reader’s own pages says it.'),
  email: z.string().optional().describe('Absent: none is confirmed.'),
  since: moment,
  entitlements: z.array(
    z.strictObject({
      ...entitlementFields,
      standing: z.enum(['active', 'coming', 'ended']),
      ours: z.boolean().describe('False: it follows from Stripe, and is ended there.'),
    }),
  ),
  customers: z.array(
    z.strictObject({
      id: z.string(),
      as: z.enum(['owner', 'payer']),
      readAt: moment.optional().describe('Absent: never read.'),
      deleted: z.boolean(),
      subscriptions: z.array(z.strictObject({ id: z.string(), status: z.string() })),
      passes: z.array(z.strictObject({ checkout: z.string(), paidAt: moment })),
      due: z.array(entitlementAnswer).describe('What Stripe’s word gives, as it was last read.'),
      held: z.array(entitlementAnswer).describe('What the reader holds by it.'),
      inStep: z.boolean(),
    }),
  ),
  ...devicesAnswer.shape,
  meters: z.array(
    z.strictObject({
      meter: z.string(),
      used: z.number().int(),
      allowance: z.number().int(),
      startsAt: moment.optional().describe('Of a window of the calendar.'),
      endsAt: moment.optional(),
      rollingDays: z.number().optional(),
      reads: z.array(z.strictObject({ article: z.string(), readAt: moment })),
    }),
  ),
});

export const readerTold = (sheet: ReaderSheet): z.input<typeof readerAnswer> => {
  const { id, email, createdAt } = sheet.reader;
  return {
    ...{ id, number: `reader.${id}`, since: iso(createdAt) },
    ...(email === undefined ? {} : { email }),
    entitlements: sheet.entitlements.map(heldTold),
    customers: sheet.customers.map(customerTold),
    ...devicesTold(sheet),
    meters: sheet.meters.map(meterTold),
  };
};

const heldTold = (each: HeldEntitlement) => ({
  ...entitlementTold(each),
  standing: each.standing,
  ours: each.ours,
});

const customerTold = ({ id, as, state, readAt, due, held, inStep }: CustomerSheet) => ({
  ...{ id: id as string, as },
  ...(state ? { readAt: iso(readAt) } : {}),
  deleted: state?.deleted === true,
  subscriptions: (state?.subscriptions ?? []).map((each) => ({ id: each.id as string, status: each.status })),
  passes: (state?.passes ?? []).map(({ checkout, paidAt }) => ({ checkout, paidAt: iso(paidAt) })),
  ...{ due: due.map(entitlementTold), held: held.map(entitlementTold), inStep },
});

const meterTold = ({ meter, window, reads }: MeterSheet) => ({
  ...{ meter: meter.id, used: reads.length, allowance: meter.allowance.registered },
  ...(window.kind === 'calendar'
    ? { startsAt: iso(window.startsAt), endsAt: iso(window.endsAt) }
    : { rollingDays: window.lengthMs / 86_400_000 }),
  reads: reads.map(({ article, readAt }) => ({ article, readAt: iso(readAt) })),
});
