/** A server on loopback that says to the Stripe SDK whatever a test wants it to, however odd. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';
import type { StripeBillingOptions } from '../../src/billing/stripe-billing.ts';
import { createStripeBilling } from '../../src/billing/stripe-billing.ts';
import type { BillingPolicy, Plan } from '../../src/policy/policy.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

/** An object is answered as JSON with 200; a function may do with the socket what it likes. */
export type Answer = Readonly<Record<string, unknown>> | ((asked: Asked, res: ServerResponse) => unknown);

export interface Stub {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Answers in turn, the last one for good. `what`: method and path, as in `GET /v1/customers/cus_1`. */
  on(what: string, ...answers: readonly Answer[]): void;
  count(what: string): number;
}

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** Closes itself after the test. */
export const startStub = async (): Promise<Stub> => {
  const routes = new Map<string, Answer[]>();
  const asked: Asked[] = [];
  const server = createServer(async (req, res) => {
    const url = new URL(req.url ?? '/', 'http://stub');
    const form = new URLSearchParams(await bodyOf(req));
    const request = {
      method: req.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      form,
      headers: req.headers,
    };
    asked.push(request);
    const answers = routes.get(`${request.method} ${request.path}`) ?? [unknownRoute];
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? unknownRoute;
    if (typeof answer === 'function') {
      const made = answer(request, res);
      if (isRecord(made)) json(res, 200, made);
    } else json(res, 200, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    on: (what, ...answers) => routes.set(what, [...answers]),
    count: (what) => asked.filter(({ method, path }) => `${method} ${path}` === what).length,
  };
};

export const json = (res: ServerResponse, status: number, body: unknown, headers = {}): void => {
  res.writeHead(status, { 'content-type': 'application/json', ...headers });
  res.end(JSON.stringify(body));
};

export const list = (...data: readonly unknown[]) => ({ object: 'list', data, has_more: false });

/** An error as Stripe words it. */
export const stripeError =
  (status: number, error: Readonly<Record<string, unknown>>, headers = {}): Answer =>
  (_asked, res) =>
    json(res, status, { error: { type: 'invalid_request_error', ...error } }, headers);

export const missing = stripeError(404, { code: 'resource_missing', message: 'No such thing', param: 'id' });

const unknownRoute: Answer = ({ method, path }, res) =>
  json(res, 404, { error: { type: 'invalid_request_error', message: `Unrecognized URL ${method} ${path}` } });

/** Made up for these tests; nothing outside of them knows it. */
export const secretKey = 'sk_test_0123456789abcdefSECRET';
export const webhookSecret = 'whsec_0123456789abcdefSECRET';
/** 2026-11-01T00:00:00Z. */
export const now = 1_793_491_200_000;

export const stopping: BillingPolicy = {
  graceDays: 7,
  refunded: 'stop',
  disputed: 'stop',
  reconcileMinutes: 60,
};

export const pass: Plan = {
  id: 'week-pass' as Plan['id'],
  name: 'A week',
  products: [],
  price: 'price_pass',
  promotionCodes: false,
  passDays: 7,
};

/** The real SDK, pointed at that server, in a hurry. */
export const billingAt = (apiBase: string, options: Partial<StripeBillingOptions> = {}) =>
  createStripeBilling({
    secretKey,
    webhookSecrets: [webhookSecret],
    apiBase,
    clock: () => now,
    plans: () => [],
    billing: () => stopping,
    ...options,
    patience: { attemptMs: 2000, patienceMs: 3000, firstPauseMs: 5, ...options.patience },
  });

const bodyOf = async (req: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !('writeHead' in value);
