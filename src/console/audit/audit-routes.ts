/** `/-/console/audit`, and all of it at `/-/console/audit.csv`. */
import { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { AuditStore } from '../operators/audit-store.ts';
import type { RequireOperator } from '../shell/require-operator.ts';
import { sendCsv } from '../shell/send-csv.ts';
import type { ShowPage } from '../shell/show-page.ts';
import { auditCsv } from './audit-csv.ts';
import { renderAuditPage } from './audit-page.tsx';

interface Options {
  readonly need: RequireOperator['need'];
  readonly showPage: ShowPage;
  readonly store: Pick<AuditStore, 'auditPage'>;
  /** Told of a download that broke off. */
  readonly report: (error: unknown) => void;
}

const pageLines = 50;

export const auditRoutes = (options: Options): Router =>
  Router()
    .get('/-/console/audit', options.need('read'), showLines(options))
    .get('/-/console/audit.csv', options.need('export'), sendAll(options));

/** Anything else is the newest page: an address that somebody shortened is no fault. */
const asked = z.object({ before: z.coerce.number().int().positive().optional().catch(undefined) });

const showLines =
  ({ store, showPage }: Options): RequestHandler =>
  async (request, response) => {
    const { before } = asked.parse(request.query);
    const page = await store.auditPage({ limit: pageLines, ...(before === undefined ? {} : { before }) });
    const facts = { page, later: before !== undefined };
    showPage(request, response, 200, (frame) => renderAuditPage(frame, facts));
  };

const sendAll =
  ({ store, report }: Options): RequestHandler =>
  (request, response) =>
    sendCsv(request, response, { name: 'audit.csv', chunks: auditCsv(store), report });
