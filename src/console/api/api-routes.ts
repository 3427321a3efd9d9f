/** `/-/console/api/v1`: every call behind its door, parsed, run and answered as JSON. */
import express, { type ErrorRequestHandler, type RequestHandler, type Response, Router } from 'express';
import type { ConsoleShared } from '../area.ts';
import { sendCsv } from '../shell/send-csv.ts';
import type { Answered, Call } from './call.ts';
import { type ProblemCode, problems } from './problems.ts';
import { readParts } from './read-parts.ts';

export const apiBase = '/-/console/api/v1';

/** A policy of a mebibyte, with what JSON adds to it. */
const maxBody = '3mb';

interface Options extends Pick<ConsoleShared, 'need' | 'operatorOf' | 'clock' | 'report'> {
  readonly calls: readonly Call[];
}

export const apiRoutes = (options: Options): Router => {
  const { need, report } = options;
  // Named addresses first, so that `/rules/order` isn't taken for the rule `order`.
  const calls = options.calls.toSorted((one, other) => compare(sortKey(one.path), sortKey(other.path)));
  const routes = Router({ caseSensitive: true, strict: true });
  routes.use(apiBase, (_, response, next) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'private, no-store');
    next();
  });
  const body = readBody();
  // After `need`: what may not be sent isn't read.
  for (const call of calls)
    routes[call.method](`${apiBase}${call.path}`, need(call.action), body, answer(call, options));
  for (const path of new Set(calls.map(({ path }) => path)))
    routes.all(`${apiBase}${path}`, need('read'), tellMethods(methodsAt(path, calls)));
  routes.all([apiBase, `${apiBase}/{*rest}`], need('read'), (_, response) =>
    sendProblem(response, 'call-unknown'),
  );
  routes.use(apiBase, onFailure(report));
  return routes;
};

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const sortKey = (path: string): string => path.replace(/:\w+/g, '\uffff');

/** What looks has no body that counts. */
const readBody = (): RequestHandler => {
  const json = express.json({ limit: maxBody });
  return (request, response, next) => {
    const { method, headers } = request;
    const none = headers['content-length'] === '0' || request.is('*/*') === null;
    if (method === 'GET' || method === 'HEAD' || (none && headers['transfer-encoding'] === undefined))
      return next();
    if (!request.is('application/json')) return sendProblem(response, 'body-not-json');
    json(request, response, next);
  };
};

const answer =
  (call: Call, { operatorOf, clock, report }: Options): RequestHandler =>
  async (request, response) => {
    const { params, query, body } = request;
    const read = readParts(call, { params, query, body });
    if (read.kind === 'faulty') return sendProblem(response, 'request-invalid', { faults: read.faults });
    const done = await call.run({ ...read.parts, operator: operatorOf(request), now: clock() });
    if (done.kind === 'problem') return sendProblem(response, done.code, done.more);
    if (call.csv === undefined) response.json(done.kind === 'ok' ? done.answer : {});
    else await sendCsv(request, response, { name: call.csv, chunks: tableIn(done), report });
  };

async function* tableIn(done: Exclude<Answered<unknown>, { kind: 'problem' }>): AsyncGenerator<string> {
  if (done.kind === 'ok') yield String(done.answer);
  else yield* done.chunks;
}

const methodsAt = (path: string, calls: readonly Call[]): string => {
  const methods = calls.filter((call) => call.path === path).map(({ method }) => method.toUpperCase());
  const all = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
  return [...new Set(all)].join(', ');
};

/** Nobody else's page may ask, so there is nothing else to tell of a call: no header for other sites. */
const tellMethods =
  (methods: string): RequestHandler =>
  ({ method }, response) => {
    response.setHeader('Allow', methods);
    if (method === 'OPTIONS') response.status(204).end();
    else sendProblem(response, 'method-not-allowed');
  };

const sendProblem = (
  response: Response,
  code: ProblemCode,
  more: Readonly<Record<string, unknown>> = {},
): void => {
  const { status, detail } = problems[code];
  if (status === 503) response.setHeader('Retry-After', '5');
  response.status(status).json({ error: { code, detail, ...more } });
};

const onFailure =
  (report: (error: unknown) => void): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status =
      typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
    if (error instanceof URIError) return sendProblem(response, 'address-unreadable');
    if (status === 413) return sendProblem(response, 'body-too-large');
    if (status === 415) return sendProblem(response, 'body-not-json');
    if (typeof status === 'number' && status < 500) return sendProblem(response, 'body-unreadable');
    report(error);
    sendProblem(response, 'store-unavailable');
  };
