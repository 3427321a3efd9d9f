/** `/-/console/audit`, and all of it at `/-/console/audit.csv`. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { auditCsv } from './audit-csv.ts';
import type { AuditStore } from './operators/audit-store.ts';
import { renderAuditPage } from './pages/audit-page.tsx';
import type { RequireOperator } from './require-operator.ts';
import type { ShowPage } from './show-page.ts';

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
    .get('/-/console/audit.csv', options.need('export'), sendCsv(options));

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

const sendCsv =
  ({ store, report }: Options): RequestHandler =>
  async (request, response) => {
    response.setHeader('Content-Type', 'text/csv; charset=utf-8');
    response.setHeader('Content-Disposition', 'attachment; filename="audit.csv"');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const lines = auditCsv(store);
    const head = await lines.next();
    const first = await lines.next();
    if (head.done || first.done) return;
    try {
      await pipeline(Readable.from(whole([head.value, first.value], lines)), response);
    } catch (error) {
      // The answer has begun: it breaks off, so that half a log isn't taken for a whole one.
      if (!isClosedByClient(error)) report(error);
    }
  };

/** What was read before the answer began, so that a store that is down is told as such; then the rest. */
async function* whole(
  begun: readonly string[],
  rest: AsyncGenerator<string>,
): AsyncGenerator<string, void, undefined> {
  yield* begun;
  yield* rest;
}

const isClosedByClient = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
