/** `/overview`: what is in force, and whether what it stands on is well. */
import { z } from 'zod';
import { driftKinds } from '../../billing/reconcile-report.ts';
import { type Call, call, ok } from '../api/call.ts';
import { iso, moment } from '../api/moment.ts';
import { gatherOverview, type OverviewSources } from './overview-facts.ts';
import type { LastReconcile, LearningStanding } from './overview-page.tsx';

export const overviewCalls = (sources: OverviewSources): readonly Call[] => [
  call({
    id: 'overview',
    method: 'get',
    path: '/overview',
    action: 'read',
    group: 'Site',
    summary: 'What is in force here, and whether what it stands on is well.',
    answer: overview,
    run: async () => {
      const { reconcile, learning, startedAt, ...facts } = await gatherOverview(sources);
      return ok({
        ...facts,
        policy: { ...facts.policy, warnings: [...facts.policy.warnings], faults: [...facts.policy.faults] },
        reconcile: reconciled(reconcile),
        learning: learnt(learning),
        decisions: [...facts.decisions],
        startedAt: iso(startedAt),
      });
    },
  }),
];

const overview = z.strictObject({
  address: z.string().describe('PUBLIC_URL'),
  consoleAddress: z.string().describe('CONSOLE_URL'),
  policy: z.strictObject({
    version: z.string(),
    warnings: z.array(z.string()).describe('As `gatefold check` prints them'),
    faults: z.array(z.string()).describe('Of a policy file that can’t be used; what was in force stays'),
  }),
  store: z.strictObject({
    kind: z.enum(['sqlite', 'redis', 'redis-cluster', 'redis-sentinel']),
    reachable: z.boolean(),
  }),
  stripe: z.enum(['none', 'sandbox', 'test', 'live']),
  reconcile: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('known'),
      phase: z.enum(['events', 'sweep', 'kept', 'done']),
      startedAt: moment,
      finishedAt: moment.optional(),
      checked: z.int().describe('Subscriptions compared'),
      differing: z.int().describe('Customers that differed'),
      drift: z.partialRecord(z.enum(driftKinds), z.int()),
      failed: z.int().describe('Customers that couldn’t be read'),
    }),
    z.strictObject({ kind: z.literal('never') }),
    z.strictObject({ kind: z.literal('unknown') }).describe('The store couldn’t be asked'),
  ]),
  learning: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('known'),
      known: z.int().describe('Articles whose text is known'),
      of: z.int().describe('Those, and the addresses where nobody was yet'),
      failed: z.int().describe('Addresses that couldn’t be learnt in this round'),
      startedAt: moment,
      finishedAt: moment.optional().describe('Absent while the round is under way'),
    }),
    z.strictObject({ kind: z.literal('never') }),
    z.strictObject({ kind: z.literal('off') }).describe('By the policy, or the site can’t be asked'),
    z.strictObject({ kind: z.literal('unknown') }).describe('The store couldn’t be asked'),
  ]),
  decisions: z
    .array(z.strictObject({ outcome: z.enum(['full', 'preview']), reason: z.string(), count: z.int() }))
    .describe('Article views decided by this instance since `startedAt`'),
  startedAt: moment,
  outbox: z.boolean().describe('Mail is kept here and not sent'),
});

const reconciled = (last: LastReconcile): z.input<typeof overview>['reconcile'] => {
  if (last.kind !== 'known') return last;
  const { phase, startedAt, finishedAt, counts, failed = [] } = last.progress;
  const { checked = 0, differing = 0 } = counts;
  const found = driftKinds.flatMap((kind) => (counts[kind] ? [[kind, counts[kind]] as const] : []));
  return {
    kind: 'known',
    phase,
    startedAt: iso(startedAt),
    ...(finishedAt === undefined ? {} : { finishedAt: iso(finishedAt) }),
    checked,
    differing,
    drift: Object.fromEntries(found),
    failed: failed.length,
  };
};

const learnt = (standing: LearningStanding): z.input<typeof overview>['learning'] => {
  if (standing.kind !== 'known') return standing;
  const { startedAt, finishedAt, ...facts } = standing;
  return {
    ...facts,
    startedAt: iso(startedAt),
    ...(finishedAt === undefined ? {} : { finishedAt: iso(finishedAt) }),
  };
};
