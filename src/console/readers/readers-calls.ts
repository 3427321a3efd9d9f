/** `/readers` and `/drift`: who reads, what they hold and why, and what is done about them. */
import { z } from 'zod';
import type { ProductId } from '../../policy/policy.ts';
import type { ReaderId } from '../../readers/reader.ts';
import { type Call, call, ok, problem, streamed } from '../api/call.ts';
import { driftReport } from './drift-report.ts';
import { findPlace } from './list-place.ts';
import { readerAnswer, readersAnswer, readersTold, readerTold } from './reader-answers.ts';
import { compCalls } from './reader-comp-calls.ts';
import { deviceCalls } from './reader-device-calls.ts';
import type { ListAsked } from './reader-list.ts';
import type { ReadersContext } from './readers-context.ts';
import { exportReaders } from './readers-csv.ts';
import { driftAnswer, driftTold, resyncedAnswer, resyncedTold } from './step-answers.ts';

export const readersCalls = (context: ReadersContext): readonly Call[] => [
  listReaders(context),
  exportCall(context),
  showReader(context),
  ...compCalls(context),
  resyncReader(context),
  ...deviceCalls(context),
  showDrift(context),
];

const group = 'Readers';
const byId = z.strictObject({ id: z.string().max(64) });

const filter = {
  product: z.string().max(254).optional().describe('Those who hold it now.'),
  only: z
    .enum(['owed', 'comp'])
    .optional()
    .describe('owed: who read though money is owed; comp: who read by one.'),
};

const listQuery = z.strictObject({
  search: z
    .string()
    .max(254)
    .optional()
    .describe(
      'An address or its beginning. It may stand in the log of a proxy: look readers up by `find` instead.',
    ),
  after: z.string().max(64).optional().describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  ...filter,
});

const listReaders = ({ readers, list, siteNow }: ReadersContext): Call =>
  call({
    id: 'listReaders',
    method: 'get',
    path: '/readers',
    action: 'read',
    group,
    summary:
      'Readers who have an address, in its order, a page at a time. A filter is tried on some thousand readers for each page: where few are left, go on with `next`.',
    query: listQuery,
    answer: readersAnswer,
    problems: ['reader-unknown'],
    run: async ({ query }) => {
      const asked = await askedBy({ readers }, query);
      return asked
        ? ok(readersTold(await list.page(asked, query.limit, siteNow())))
        : problem('reader-unknown');
    },
  });

interface ListQuery {
  readonly search?: string | undefined;
  readonly after?: string | undefined;
  readonly product?: string | undefined;
  readonly only?: 'owed' | 'comp' | undefined;
}

/** Undefined: the reader to begin behind isn't there. */
const askedBy = async (
  { readers }: Pick<ReadersContext, 'readers'>,
  { search, after, product, only }: ListQuery,
): Promise<ListAsked | undefined> => {
  const place = {
    filter: { ...(product ? { holds: product as ProductId } : {}), ...(only ? { only } : {}) },
    ...(after === undefined ? {} : { after: after as ReaderId }),
  };
  const found = await findPlace(readers, place);
  if (found.kind === 'gone') return undefined;
  const startsWith = search?.trim().toLowerCase();
  return { ...found.asked, ...(startsWith ? { startsWith } : {}) };
};

const exportCall = (context: ReadersContext): Call =>
  call({
    id: 'exportReaders',
    method: 'get',
    path: '/readers.csv',
    action: 'export',
    group,
    summary: 'All the readers whom a filter leaves, as a table. It stands in the audit log.',
    query: z.strictObject(filter),
    answer: z.string(),
    csv: 'readers.csv',
    run: async ({ query, operator }) => {
      const asked = await askedBy(context, query);
      return streamed(exportReaders(context, asked ?? { filter: {} }, operator));
    },
  });

const showReader = ({ sheetOf, siteNow }: ReadersContext): Call =>
  call({
    id: 'showReader',
    method: 'get',
    path: '/readers/:id',
    action: 'read',
    group,
    summary: 'One reader: rights with their sources, Stripe’s word beside them, browsers, free reads.',
    params: byId,
    answer: readerAnswer,
    problems: ['reader-unknown'],
    run: async ({ params: { id } }) => {
      const sheet = await sheetOf(id as ReaderId, siteNow());
      return sheet ? ok(readerTold(sheet)) : problem('reader-unknown');
    },
  });

const resyncReader = ({ readers, change }: ReadersContext): Call =>
  call({
    id: 'resyncReader',
    method: 'post',
    path: '/readers/:id/resync',
    action: 'resync',
    group,
    summary: 'Reads the reader’s customers from Stripe again, and tells what that changed.',
    params: byId,
    answer: resyncedAnswer,
    problems: ['reader-unknown', 'customer-unknown', 'nothing-sold', 'stripe-unavailable'],
    run: async ({ params, operator, now }) => {
      const id = params.id as ReaderId;
      if (!(await readers.byId(id))) return problem('reader-unknown');
      const done = await change.resync(id, operator, now);
      if (done.kind === 'resynced') return ok(resyncedTold(done));
      return done.kind === 'stripe-unavailable' ? problem(done.kind, { why: done.why }) : problem(done.kind);
    },
  });

const showDrift = ({ customers }: ReadersContext): Call =>
  call({
    id: 'showDrift',
    method: 'get',
    path: '/drift',
    action: 'read',
    group,
    summary: 'What the last comparisons with Stripe found and mended.',
    answer: driftAnswer,
    run: async () => ok(driftTold(await driftReport(customers))),
  });
