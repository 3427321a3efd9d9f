/** What the management API tells of being in step with Stripe: of one reader, and of all. */
import { z } from 'zod';
import { iso, moment } from '../api/moment.ts';
import type { DriftReport } from './drift-report.ts';
import { entitlementAnswer, entitlementTold } from './reader-answers.ts';
import type { Resynced, RightChange } from './resync.ts';

export const resyncedAnswer = z.strictObject({
  customers: z.array(z.string()).describe('Those that were read.'),
  changes: z.array(
    z.strictObject({
      kind: z.enum(['gained', 'lost', 'moved']),
      before: entitlementAnswer.optional(),
      after: entitlementAnswer.optional(),
    }),
  ),
  stateChanged: z.boolean().describe('Stripe told something new, whether or not rights followed from it.'),
});

export const resyncedTold = ({
  customers,
  changes,
  stateChanged,
}: Extract<Resynced, { kind: 'resynced' }>): z.input<typeof resyncedAnswer> => ({
  customers: [...customers],
  changes: changes.map(changeTold),
  stateChanged,
});

const changeTold = (change: RightChange) => {
  switch (change.kind) {
    case 'gained':
      return { kind: change.kind, after: entitlementTold(change.entitlement) };
    case 'lost':
      return { kind: change.kind, before: entitlementTold(change.entitlement) };
    case 'moved':
      return { kind: change.kind, before: entitlementTold(change.from), after: entitlementTold(change.to) };
    default:
      return change satisfies never;
  }
};

const driftKind = z.enum(['paid-but-stopped', 'not-paid-but-let-in', 'other-dates', 'old-account']);

export const driftAnswer = z.strictObject({
  last: z
    .strictObject({
      startedAt: moment,
      finishedAt: moment.optional().describe('Absent: under way, or broken off and gone on with soon.'),
      phase: z.enum(['events', 'sweep', 'kept', 'done']),
      checked: z.number().describe('Subscriptions.'),
      events: z.number().describe('Undelivered ones that were looked at.'),
      refetched: z.number().describe('Customers that were read again.'),
      differing: z.number(),
      healed: z.number(),
      drift: z.record(driftKind, z.number()),
      failed: z.array(z.string()).describe('Customers that couldn’t be read.'),
    })
    .optional()
    .describe('Absent: nothing was compared yet.'),
  found: z
    .array(z.strictObject({ customer: z.string(), kinds: z.array(driftKind), at: moment }))
    .describe('Of the last comparisons, the newest first: what differed, and was mended.'),
});

export const driftTold = (report: DriftReport | undefined): z.input<typeof driftAnswer> => {
  if (!report) return { found: [] };
  const {
    startedAt,
    finishedAt,
    phase,
    checked,
    events,
    refetched,
    differing,
    healed,
    drift,
    failed,
    found,
  } = report;
  return {
    last: {
      startedAt: iso(startedAt),
      ...(finishedAt === undefined ? {} : { finishedAt: iso(finishedAt) }),
      ...{ phase, checked, events, refetched, differing, healed, drift: { ...drift } },
      failed: [...failed],
    },
    found: found.map(({ customer, kinds, at }) => ({ customer, kinds: [...kinds], at: iso(at) })),
  };
};
