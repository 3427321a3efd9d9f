/** A sandbox with a webhook receiver behind it and the real SDK in front of it. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { randomText } from '../../src/ops/random.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { type OpenedSandbox, openSandbox } from '../../src/sandbox/open-sandbox.ts';

export const day = 86_400_000;

export const policy = {
  plans: [
    {
      id: 'monthly',
      name: 'Monthly',
      products: ['all'],
      price: 'price_monthly',
      interval: 'month',
      promotionCodes: true,
    },
    {
      id: 'yearly',
      name: 'Yearly',
      products: ['all'],
      price: 'price_yearly',
      interval: 'year',
      promotionCodes: false,
    },
    {
      id: 'daily',
      name: 'Daily',
      products: ['all'],
      price: 'price_daily',
      interval: 'day',
      promotionCodes: false,
    },
    {
      id: 'week',
      name: 'Week pass',
      products: ['all'],
      price: 'price_week',
      passDays: 7,
      promotionCodes: false,
    },
  ],
} as unknown as Policy;

export interface Received {
  readonly event: Stripe.Event;
  readonly signature: string;
  readonly body: string;
}

interface ShopOptions {
  readonly directory?: string;
  /** Status that the receiver answers; 0: breaks the connection. */
  readonly answer?: () => number;
}

export const openShop = async ({ directory, answer = () => 200 }: ShopOptions = {}) => {
  const received: Received[] = [];
  const receiver = createServer(async (req, res) => {
    const body = await textOf(req);
    const status = answer();
    if (status === 0) {
      req.socket.destroy();
      return;
    }
    received.push({ event: JSON.parse(body), signature: String(req.headers['stripe-signature']), body });
    res.writeHead(status).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const warnings: string[] = [];
  const sandbox = await openSandbox({
    publicUrl: 'http://localhost:8080',
    webhookUrl,
    ...(directory === undefined ? {} : { directory }),
    realNow: () => Date.now(),
    random: randomText,
    warn: (message) => warnings.push(message),
  });
  sandbox.offer(policy);
  return {
    sandbox,
    stripe: sdkFor(sandbox),
    received,
    warnings,
    types: () => received.map(({ event }) => event.type),
    /** To a control of the sandbox's own. */
    control: (path: string, order: object) => controlOf(sandbox, path, order),
    close: async () => {
      await sandbox.close();
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
    },
  };
};

export type Shop = Awaited<ReturnType<typeof openShop>>;

export const sdkFor = ({ apiBase, secretKey }: Pick<OpenedSandbox, 'apiBase' | 'secretKey'>): Stripe => {
  const { hostname, port } = new URL(apiBase);
  return new Stripe(secretKey, {
    host: hostname,
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  });
};

const controlOf = async ({ apiBase, secretKey }: OpenedSandbox, path: string, order: object) => {
  const answer = await fetch(`${apiBase}${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secretKey}` },
    body: JSON.stringify(order),
  });
  return (await answer.json()) as Record<string, unknown>;
};

const textOf = async (req: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part);
  return Buffer.concat(parts).toString();
};

export const card = (number: string, more: object = {}) =>
  ({ kind: 'card', number, expMonth: 12, expYear: 34, cvc: '123', ...more }) as const;

export const good = card('4242 4242 4242 4242');

/** A customer that has paid for a plan at the hosted page. */
export const subscribed = async (
  { sandbox, stripe }: Shop,
  price = 'price_monthly',
  payment: ReturnType<typeof card> = good,
) => {
  const customer = await stripe.customers.create({ email: 'reader@example.test' });
  const checkout = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price, quantity: 1 }],
    success_url: 'http://localhost:8080/-/checkout/return?session_id={CHECKOUT_SESSION_ID}',
  });
  const outcome = sandbox.actions.submitCheckout(checkout.id, { payment });
  const { data } = await stripe.subscriptions.list({ customer: customer.id, status: 'all' });
  return { customer, checkout, outcome, subscription: data[0]! };
};
