/** A sandbox with its pages on a port, a page to come back to, and the real Stripe SDK beside it. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import type { Plan, Policy } from '../../../src/policy/policy.ts';
import { type OpenedSandbox, openSandbox } from '../../../src/sandbox/open-sandbox.ts';

export interface Shop {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly stripe: Stripe;
  readonly sandbox: OpenedSandbox;
  /** What the pages told the log. */
  readonly warnings: readonly string[];
  /** Types of the events that were sent, in order. */
  readonly sent: readonly string[];
  checkout(price: string, over?: Stripe.Checkout.SessionCreateParams): Promise<Stripe.Checkout.Session>;
  close(): Promise<void>;
}

const plan = (id: string, over: Partial<Plan>): Plan =>
  ({ id, name: `Plan ${id}`, products: ['p'], price: `price_${id}`, promotionCodes: true, ...over }) as Plan;

const plans = [
  plan('monthly', { interval: 'month' }),
  plan('yearly', { interval: 'year' }),
  plan('week', { passDays: 7 }),
];

export const openShop = async (): Promise<Shop> => {
  const sent: string[] = [];
  const warnings: string[] = [];
  const server = createServer((req, res) => {
    if (req.url?.startsWith('/-/sandbox')) return sandbox.handlePage(req, res);
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      if (req.method === 'POST') sent.push(JSON.parse(Buffer.concat(chunks).toString()).type);
      res.setHeader('Content-Type', 'text/html');
      res.end(
        '<!doctype html><html lang="en"><title>Back</title><link rel="icon" href="data:,"><h1>Back on the site</h1>',
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sandbox = await openSandbox({
    publicUrl: url,
    webhookUrl: `${url}/-/webhooks/stripe`,
    realNow: () => Date.now(),
    random: (bytes) => randomBytes(bytes).toString('base64url'),
    warn: (message) => warnings.push(message),
  });
  sandbox.offer({ plans, rules: [], otherwise: { access: 'locked', products: ['p'] } } as unknown as Policy);
  const { hostname, port } = new URL(sandbox.apiBase);
  const stripe = new Stripe(sandbox.secretKey, { host: hostname, port, protocol: 'http', telemetry: false });
  return {
    url,
    stripe,
    sandbox,
    warnings,
    sent,
    checkout: (price, over = {}) =>
      stripe.checkout.sessions.create({
        mode: 'subscription',
        line_items: [{ price, quantity: 1 }],
        success_url: `${url}/back?session_id={CHECKOUT_SESSION_ID}`,
        cancel_url: `${url}/plans`,
        ...over,
      }),
    close: async () => {
      await sandbox.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
};
