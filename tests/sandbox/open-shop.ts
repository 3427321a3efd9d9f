/** A sandbox with a webhook receiver behind it and the real SDK in front of it. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Stripe from 'stripe';
import { randomText } from '../../src/ops/random.ts';
import { sdkFor } from '../support/stripe-over-http.ts';
import { openStripe } from '../support/stripe-under-test.ts';

export { sdkFor } from '../support/stripe-over-http.ts';

export const day = 86_400_000;

export interface Received {
  readonly event: Stripe.Event;
  readonly signature: string;
  readonly body: string;
}

interface ShopOptions {
  readonly directory?: string;
  /** Status that the receiver answers; 0: breaks the connection. */
  readonly answer?: () => number;
  /** Whatever server the tests are pointed at; with a directory, always. */
  readonly inProcess?: boolean;
}

export const openShop = async ({ directory, inProcess = false, answer = () => 200 }: ShopOptions = {}) => {
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
  const sandbox = await openStripe({
    webhookUrl,
    inProcess: inProcess || directory !== undefined,
    ...(directory === undefined ? {} : { directory }),
    warn: (message) => warnings.push(message),
  });
  const openedAt = Math.floor(sandbox.now() / 1_000);
  const stripe = sdkFor(sandbox);
  return {
    sandbox,
    stripe,
    /** Seconds; whatever was made since is this shop's. */
    openedAt,
    /** Where its webhooks go. */
    hookUrl: webhookUrl,
    received,
    warnings,
    prices: await makePrices(stripe),
    types: () => received.map(({ event }) => event.type),
    /** To a control of the sandbox's own. */
    control: sandbox.order,
    close: async () => {
      await sandbox.close();
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
    },
  };
};

export type Shop = Awaited<ReturnType<typeof openShop>>;

/** Made by the API, as on any server: their ids are the server's. */
const makePrices = async (stripe: Stripe) => {
  const { id: product } = await stripe.products.create({ name: 'The magazine' });
  const priceOf = async (unit_amount: number, interval?: 'day' | 'month' | 'year'): Promise<string> => {
    const recurring = interval && { interval };
    const asked = { product, currency: 'eur', unit_amount, ...(recurring ? { recurring } : {}) };
    return (await stripe.prices.create(asked)).id;
  };
  return {
    monthly: await priceOf(1_200, 'month'),
    yearly: await priceOf(12_000, 'year'),
    daily: await priceOf(90, 'day'),
    week: await priceOf(420),
  } as const;
};

const textOf = async (req: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part);
  return Buffer.concat(parts).toString();
};

export const card = (number: string, more: object = {}) =>
  ({ kind: 'card', number, expMonth: 12, expYear: 34, cvc: '123', ...more }) as const;

export const good = card('4242 4242 4242 4242');

/** Of nobody else on the server. */
export const newAddress = (): string => `reader-${randomText(9).toLowerCase()}@example.test`;

/** A customer that has paid for a plan at the hosted page. */
export const subscribed = async (
  { prices, sandbox, stripe }: Shop,
  plan: keyof Shop['prices'] = 'monthly',
  payment: ReturnType<typeof card> = good,
) => {
  const customer = await stripe.customers.create({ email: newAddress() });
  const checkout = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: prices[plan], quantity: 1 }],
    success_url: 'http://localhost:8080/-/checkout/return?session_id={CHECKOUT_SESSION_ID}',
  });
  const outcome = await sandbox.actions.submitCheckout(checkout.id, { payment });
  const { data } = await stripe.subscriptions.list({ customer: customer.id, status: 'all' });
  return { customer, checkout, outcome, subscription: data[0]! };
};
