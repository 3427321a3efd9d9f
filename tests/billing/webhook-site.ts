/** A webhook endpoint over HTTP on real stores and the real SDK, and signed deliveries to it. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import Stripe from 'stripe';
import { createReceiveEvent, type EventOutcome } from '../../src/billing/receive-event.ts';
import { createRefreshCustomer, type RefreshDeps } from '../../src/billing/refresh-customer.ts';
import { createStripeBilling } from '../../src/billing/stripe-billing.ts';
import { webhookRoutes } from '../../src/billing/webhook-routes.ts';
import type { Stores } from '../../src/stores/open-stores.ts';
import { terms } from './customer-facts.ts';

/** Made up for these tests. */
const secretKey = 'sk_test_of_the_webhook_tests';
const webhookSecret = 'whsec_of_the_webhook_tests';

export interface WebhookSite {
  readonly url: string;
  /** Of every delivery, in the order of their answers. */
  readonly outcomes: readonly EventOutcome[];
  /** Deliveries that were read and whose customers are being refreshed, or were. */
  received(): number;
  close(): Promise<void>;
}

interface Options {
  readonly apiBase: string;
  readonly stores: Pick<Stores, 'customers' | 'entitlements' | 'readers'>;
  /** Stands around what a refresh asks and writes, to break it. */
  readonly around?: (deps: RefreshDeps) => RefreshDeps;
  readonly attemptMs?: number;
  readonly clock?: () => number;
}

/** As the gateway does it: in front of what answers everything else. */
export const startWebhookSite = async (options: Options): Promise<WebhookSite> => {
  const { apiBase, stores, around = (deps) => deps, attemptMs = 2000, clock = Date.now } = options;
  const policy = terms();
  const billing = createStripeBilling({
    secretKey,
    webhookSecrets: ['whsec_of_yesterday', webhookSecret],
    apiBase,
    clock,
    plans: () => policy.plans,
    billing: () => policy.billing,
    patience: { attemptMs, patienceMs: attemptMs, firstPauseMs: 1 },
  });
  const outcomes: EventOutcome[] = [];
  const deps = around({
    billing,
    customers: stores.customers,
    entitlements: stores.entitlements,
    readers: stores.readers,
    policy: () => policy,
    clock,
  });
  const receive = createReceiveEvent({
    billing,
    refresh: createRefreshCustomer(deps),
    count: (outcome) => outcomes.push(outcome),
  });
  let received = 0;
  const counting: typeof receive = (body, signature) => {
    received += 1;
    return receive(body, signature);
  };
  const app: Express = express();
  app.use(webhookRoutes({ receive: counting }));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/-/webhooks/stripe`,
    outcomes,
    received: () => received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

export interface Delivered {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

interface Sending {
  readonly method?: string;
  /** Absent: signed as Stripe does it; empty: not at all. */
  readonly signature?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Rejects when the connection breaks. */
export const deliver = (url: string, payload: unknown, sending: Sending = {}): Promise<Delivered> => {
  const body = Buffer.isBuffer(payload)
    ? payload
    : Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const signature = sending.signature ?? signed(body);
  return new Promise((resolve, reject) => {
    const asking = request(
      url,
      {
        method: sending.method ?? 'POST',
        agent: false,
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          ...(signature === '' ? {} : { 'Stripe-Signature': signature }),
          ...sending.headers,
        },
      },
      async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const text = Buffer.concat(chunks).toString();
        const code = text.startsWith('{') ? String(JSON.parse(text).code) : text;
        resolve({ status: response.statusCode ?? 0, code, headers: response.headers });
      },
    );
    asking.on('error', reject);
    if (asking.method === 'GET' || asking.method === 'HEAD') asking.end();
    else asking.end(body);
  });
};

/** @param atMs when it says that it was signed. */
export const signed = (body: Buffer, secret = webhookSecret, atMs = Date.now()): string =>
  Stripe.webhooks.generateTestHeaderString({
    payload: body.toString('utf8'),
    secret,
    timestamp: Math.floor(atMs / 1000),
  });
