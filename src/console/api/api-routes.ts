/** `/-/console/api/v1`: every call behind its door, parsed, run and answered as JSON. */
import express, { type ErrorRequestHandler, type RequestHandler, type Response, Router } from 'express';
import type { z } from 'zod';
import type { ConsoleShared } from '../area.ts';
import type { Call } from './call.ts';
import { type ProblemCode, problems } from './problems.ts';

export const apiBase = '/-/console/api/v1';

/** A policy of a mebibyte, with what JSON adds to it. */
const maxBody = '3mb';

interface Options extends Pick<ConsoleShared, 'need' | 'operatorOf' | 'clock' | 'report'> {
  readonly calls: readonly Call[];
}

export const apiRoutes = (options: Options): Router => {
  const { calls, need, report } = options;
  const routes = Router();
  const json = express.json({ limit: maxBody });
  // After `need`: what may not be sent isn't read.
  for (const call of calls)
    routes[call.method](`${apiBase}${call.path}`, need(call.action), json, answer(call, options));
  routes.all(`${apiBase}/{*rest}`, need('read'), (_, response) => sendProblem(response, 'call-unknown'));
  routes.use(apiBase, onFailure(report));
  return routes;
};

const answer =
  (call: Call, { operatorOf, clock }: Options): RequestHandler =>
  async (request, response) => {
    const parts = { params: request.params, query: request.query, body: request.body ?? {} };
    const parsed = parse(call, parts);
    if (parsed.kind === 'faulty') return sendProblem(response, 'request-invalid', { faults: parsed.faults });
    const done = await call.run({ ...parsed.parts, operator: operatorOf(request), now: clock() });
    if (done.kind === 'problem') return sendProblem(response, done.code, done.more);
    if (call.csv !== undefined) {
      response.setHeader('Content-Disposition', `attachment; filename="${call.csv}"`);
      response.type('text/csv').send(String(done.answer));
      return;
    }
    response.json(done.answer);
  };

type Parts = Record<'params' | 'query' | 'body', unknown>;

const parse = (
  call: Call,
  parts: Parts,
):
  | { readonly kind: 'ok'; readonly parts: Parts }
  | { readonly kind: 'faulty'; readonly faults: unknown[] } => {
  const faults: unknown[] = [];
  const read = (name: keyof Parts): unknown => {
    const schema: z.ZodType | undefined = call[name];
    if (schema === undefined) return {};
    const parsed = schema.safeParse(parts[name]);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues)
      faults.push({ in: name, at: path.join('.'), message });
    return undefined;
  };
  const found = { params: read('params'), query: read('query'), body: read('body') };
  return faults.length > 0 ? { kind: 'faulty', faults } : { kind: 'ok', parts: found };
};

const sendProblem = (
  response: Response,
  code: ProblemCode,
  more: Readonly<Record<string, unknown>> = {},
): void => {
  const { status, detail } = problems[code];
  response.status(status).json({ error: { code, detail, ...more } });
};

const onFailure =
  (report: (error: unknown) => void): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status =
      typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
    if (status === 413) return sendProblem(response, 'body-too-large');
    if (typeof status === 'number' && status < 500) return sendProblem(response, 'body-unreadable');
    report(error);
    sendProblem(response, 'store-unavailable');
  };
