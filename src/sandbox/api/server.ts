/** The HTTP server on loopback that speaks Stripe's API: key, version, route, idempotency, answer. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Books } from '../ledger/books.ts';
import { apiVersion } from '../shapes/notice.ts';
import { expand } from './expand.ts';
import { type Fault, type Faults, refuseByFault } from './faults.ts';
import { decodeForm, type Raw, type RawFields } from './form.ts';
import { createKeys, type Keys } from './idempotency.ts';
import { list, text } from './parameters.ts';
import { invalid, Refusal, refusalBody, unauthorized } from './refusal.ts';
import { createRouter, type Route } from './route.ts';

interface Options {
  readonly books: Books;
  readonly routes: readonly Route[];
  readonly faults: Faults;
  /** Does what has become due, before anything is answered. */
  readonly catchUp: () => void;
  /** After each step that may have changed something. */
  readonly changed: () => void;
  /** What isn't Stripe's: the sandbox's own controls. True: it was answered. */
  readonly controls: (req: IncomingMessage, res: ServerResponse, path: string, body: string) => boolean;
  readonly warn: (message: string) => void;
}

interface Request {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly query: string;
  readonly key: string | undefined;
}

interface Answer {
  readonly status: number;
  readonly body: object;
  readonly replayOf?: string;
}

const longestBody = 1_000_000;

// As long as the gateway's: a client that takes up a connection again just when it is closed sees a reset.
const keepAliveMs = 65_000;

export const createApiServer = (options: Options): Server => {
  const { books, changed, controls, faults, routes, warn } = options;
  const answerRequest = createAnswerer(options, createRouter(routes));
  const server = createServer(async (req, res) => {
    const body = await readBody(req);
    if (body === undefined) {
      res.writeHead(413, { Connection: 'close' }).end();
      return;
    }
    const url = addressOf(req.url ?? '/');
    try {
      checkKey(req.headers.authorization, books.settings().secretKey);
      if (controls(req, res, url.pathname, body)) return;
    } catch (error) {
      answer(res, refusedBy(error, books.newId('req'), warn), books.newId('req'));
      return;
    }
    const request: Request = {
      id: books.newId('req'),
      method: req.method ?? 'GET',
      path: url.pathname,
      body,
      query: url.search.slice(1),
      key: textOf(req.headers['idempotency-key']),
    };
    const fault = faults.take(request.path);
    const { key } = request;
    const { answered, owned } = answerRequest(request, textOf(req.headers['stripe-version']), fault);
    books.commit();
    changed();
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.delayMs).unref());
    // Until it is answered, the same key again is a conflict.
    if (owned && key !== undefined) owned.release(key);
    if (fault?.kind === 'reset') req.socket.destroy();
    else answer(res, fault?.kind === 'nonsense' ? { status: 200, body: {} } : answered, request.id);
  });
  server.keepAliveTimeout = keepAliveMs;
  return server;
};

/** Read as the path that it is: `//` alone would name a host, and an address that can't be read must not end the process. */
const addressOf = (target: string): URL => {
  const address = `http://localhost${target}`;
  return URL.canParse(address) ? new URL(address) : new URL('http://localhost/');
};

const textOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

const readBody = async (req: IncomingMessage): Promise<string | undefined> => {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of req) {
      length += part.length;
      if (length > longestBody) return undefined;
      parts.push(part);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(parts).toString('utf8');
};

/** `Bearer sk_test_…`, or the key as the name of Basic. */
const checkKey = (header: string | undefined, secretKey: string): void => {
  const [scheme = '', value = ''] = (header ?? '').split(' ');
  const given =
    scheme.toLowerCase() === 'basic' ? (Buffer.from(value, 'base64').toString().split(':')[0] ?? '') : value;
  if (given === '')
    throw unauthorized('No API key was given. Send it as the header Authorization: Bearer <key>.');
  if (given !== secretKey)
    throw unauthorized(
      `Invalid API Key provided: ${given.slice(0, 8)}${'*'.repeat(8)}; the sandbox has a key of its own.`,
    );
};

type Answered = { readonly answered: Answer; readonly owned?: Keys };

const createAnswerer = ({ books, catchUp, warn }: Options, find: ReturnType<typeof createRouter>) => {
  const keys = createKeys(books);
  return (request: Request, version: string | undefined, fault: Fault | undefined): Answered => {
    const { id, key, method, path } = request;
    const fingerprint = `${method} ${path} ${request.query} ${request.body}`;
    let owned: Keys | undefined;
    try {
      catchUp();
      refuseByFault(fault);
      checkVersion(version);
      const found = find(method, path);
      if (!found) throw unknownAddress(method, path);
      const { paths, raw } = parametersOf(request);
      if (key !== undefined && method === 'POST') {
        const before = keys.begin(key, fingerprint);
        if (before) return { answered: { ...before, replayOf: before.requestId } };
        owned = keys;
      }
      books.ask({ requestId: id, idempotencyKey: key ?? null });
      const made = found.route.answer(books, found.id, raw, found.inner);
      const answered: Answer = { status: 200, body: expand(books, made, paths) };
      if (owned && key !== undefined) keys.keep(key, fingerprint, { ...answered, requestId: id });
      return { answered, ...(owned ? { owned } : {}) };
    } catch (error) {
      const answered = refusedBy(error, id, warn);
      // A card that was declined was tried: the same key gives the same refusal. What never began leaves it free.
      if (owned && key !== undefined && answered.status === 402)
        keys.keep(key, fingerprint, { ...answered, requestId: id });
      return { answered, ...(owned ? { owned } : {}) };
    }
  };
};

const checkVersion = (version: string | undefined): void => {
  if (version !== undefined && version !== apiVersion)
    throw invalid(
      `The sandbox speaks the API version ${apiVersion} only, and was asked in ${version}.`,
      undefined,
      'api_version_unsupported',
    );
};

const unknownAddress = (method: string, path: string): Refusal =>
  new Refusal({
    status: 404,
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}).`,
  });

interface Parameters {
  readonly raw: RawFields;
  readonly paths: readonly string[];
}

const parametersOf = ({ body, method, query }: Request): Parameters => {
  const decoded = decodeForm(method === 'POST' ? [query, body].filter(Boolean).join('&') : query);
  if (!decoded) throw invalid('The parameters can’t be read: form encoding with brackets is expected.');
  const { expand: paths, ...raw } = decoded;
  return { raw, paths: paths === undefined ? [] : list(text)(paths as Raw, 'expand') };
};

const refusedBy = (error: unknown, requestId: string, warn: (message: string) => void): Answer => {
  if (error instanceof Refusal) return { status: error.facts.status, body: refusalBody(error, requestId) };
  warn(`The sandbox failed at a request: ${error instanceof Error ? error.message : String(error)}`);
  const failed = new Refusal({
    status: 500,
    type: 'api_error',
    message: 'The sandbox failed at this request.',
  });
  return { status: 500, body: refusalBody(failed, requestId) };
};

const answer = (res: ServerResponse, { body, replayOf, status }: Answer, requestId: string): void => {
  res.writeHead(status, {
    'Content-Type': 'application/json',
    'Request-Id': replayOf ?? requestId,
    'Stripe-Version': apiVersion,
    ...(replayOf === undefined ? {} : { 'Idempotent-Replayed': 'true', 'Original-Request': replayOf }),
  });
  res.end(JSON.stringify(body));
};
