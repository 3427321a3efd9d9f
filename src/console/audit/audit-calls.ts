/** `/audit`: who changed what, and when. */
import { z } from 'zod';
import { type Call, call, ok, streamed } from '../api/call.ts';
import { iso, moment } from '../api/moment.ts';
import type { AuditLine, AuditStore } from '../operators/audit-store.ts';
import { auditCsv } from './audit-csv.ts';

interface Options {
  readonly auditStore: Pick<AuditStore, 'auditPage'>;
}

export const auditCalls = ({ auditStore }: Options): readonly Call[] => [
  call({
    id: 'listAudit',
    method: 'get',
    path: '/audit',
    action: 'read',
    group: 'Team',
    summary: 'The audit log, the newest line first, a page at a time.',
    query: z.strictObject({
      before: z.coerce.number().int().positive().optional().describe('`next` of the page before'),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
    answer: z.strictObject({
      lines: z.array(line),
      next: z.int().optional().describe('Absent: there is nothing older'),
    }),
    run: async ({ query: { before, limit } }) => {
      const page = await auditStore.auditPage({ limit, ...(before === undefined ? {} : { before }) });
      const next = page.next === undefined ? {} : { next: page.next };
      return ok({ lines: page.lines.map(shown), ...next });
    },
  }),
  call({
    id: 'exportAudit',
    method: 'get',
    path: '/audit.csv',
    action: 'export',
    group: 'Team',
    summary: 'All of the audit log, as a table.',
    answer: z.string(),
    csv: 'audit.csv',
    run: async () => streamed(auditCsv(auditStore)),
  }),
];

const line = z.strictObject({
  at: moment,
  who: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('operator'), email: z.string() }),
    z.strictObject({
      kind: z.literal('token'),
      name: z.string(),
      email: z.string().describe('Of whoever made it'),
    }),
    z.strictObject({ kind: z.literal('machine'), by: z.enum(['command', 'policy-file', 'schedule']) }),
  ]),
  what: z.string().describe('`publish`, `grant`, `invite` …'),
  about: z.array(z.string()).describe('Ids of what it was done to'),
  changed: z.string().describe('In a few words'),
});

const shown = ({ at, about, ...rest }: AuditLine): z.input<typeof line> => ({
  ...rest,
  at: iso(at),
  about: [...about],
});
