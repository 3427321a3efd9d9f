/** A Stripe that holds one customer, over HTTP, in the shapes of its API; and every way in which it can fail to answer. */
import type { ServerResponse } from 'node:http';
import type { CustomerId } from '../../src/billing/subscription.ts';
import * as shapes from './stripe-shapes.ts';
import { type Answer, type Asked, list, missing, type Stub, stripeError } from './stripe-stub.ts';

export interface StripeAccount {
  readonly id: CustomerId;
  /** What Stripe says of the one subscription from now on. */
  becomes(status: string): void;
  /** From the next question for the customer's subscriptions on; undefined: it is well again. */
  fail(answer: Answer | undefined): void;
  /** The next question for subscriptions gets what is true now, when the function that comes back is called. */
  holdNext(): { readonly begun: Promise<void>; readonly release: () => void };
  /** How often the customer's subscriptions were asked for. */
  asked(): number;
}

/** Active, and paid for long enough. */
export const stripeAccount = (stub: Stub, id: CustomerId, reader: string): StripeAccount => {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const month = 30 * 86_400;
  let status = 'active';
  let failure: Answer | undefined;
  let hold: { begin(): void; released: Promise<void> } | undefined;
  const subscription = () =>
    shapes.subscription({
      ...{ id: `sub_${id}`, customer: id, status },
      items: list(
        shapes.item({
          price: { id: 'price_monthly', object: 'price' },
          ...{ current_period_start: nowSeconds - month / 2, current_period_end: nowSeconds + month / 2 },
        }),
      ),
      ...{ created: nowSeconds - month, start_date: nowSeconds - month, latest_invoice: null },
    });
  stub.on(`GET /v1/customers/${id}`, shapes.customer({ id, metadata: { gatefold_reader: reader } }));
  stub.on('GET /v1/entitlements/active_entitlements', list());
  stub.on('GET /v1/checkout/sessions', list());
  stub.on('GET /v1/invoices', list());
  stub.on('GET /v1/charges/ch_1', shapes.charge({ customer: id }));
  stub.on('GET /v1/charges/ch_of_nobody', missing);
  stub.on('GET /v1/customers/cus_unheard_of', missing);
  const answerSubscriptions = async (asked: Asked, res: ServerResponse): Promise<void> => {
    if (typeof failure === 'function') failure(asked, res);
    else if (failure) respond(res, failure);
    else {
      const answer = list(subscription());
      const held = hold;
      hold = undefined;
      held?.begin();
      await held?.released;
      respond(res, answer);
    }
  };
  stub.on('GET /v1/subscriptions', (asked, res) => {
    void answerSubscriptions(asked, res);
  });
  return {
    id,
    becomes: (next) => {
      status = next;
    },
    fail: (answer) => {
      failure = answer;
    },
    holdNext: () => {
      const [begun, released] = [signal(), signal()];
      hold = { begin: begun.give, released: released.given };
      return { begun: begun.given, release: released.give };
    },
    asked: () => stub.count('GET /v1/subscriptions'),
  };
};

const respond = (res: ServerResponse, body: unknown, status = 200): void => {
  if (res.destroyed) return;
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(body));
};

/** By name, as the tests name them. */
export const troubles: Readonly<Record<string, Answer>> = {
  'a 500': stripeError(500, { type: 'api_error', message: 'down' }),
  'a 503 of a proxy': (_asked, res) => {
    res.writeHead(503, { 'content-type': 'text/html' });
    res.end('<h1>Bad gateway</h1>');
  },
  'a 429': stripeError(429, { type: 'rate_limit_error', code: 'rate_limit' }),
  'a reset': (_asked, res) => {
    res.socket?.resetAndDestroy();
  },
  'a reset in the middle of the body': (_asked, res) => {
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': 900 });
    res.write('{"object":"list","data":[');
    setTimeout(() => res.socket?.resetAndDestroy(), 5);
  },
  'a 401': stripeError(401, { message: 'Invalid API key' }),
  'a 200 with an empty object': {},
  'a 200 with an empty list of something else': { object: 'search_result', data: [], has_more: false },
  'a 200 with another object': shapes.customer(),
  'a 200 with the shapes of 2020': list({
    ...shapes.subscription(),
    items: undefined,
    current_period_start: 1,
    current_period_end: 4_000_000_000,
  }),
  'a 200 that is no JSON': (_asked, res) => {
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end('ok');
  },
  'a 404 without an error': (_asked, res) => respond(res, {}, 404),
};

const signal = () => {
  let give = (): void => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give, given };
};
