/** Whatever answers in Stripe's place, Gatefold gets the object that it asked for, or a fault that says why not. */
import type { ServerResponse } from 'node:http';
import { expect, test } from '@jest/globals';
import type { BillingFaultKind } from '../../src/billing/billing.ts';
import { BillingFault } from '../../src/billing/billing.ts';
import type { CustomerId } from '../../src/billing/subscription.ts';
import { customer, entitlement, subscription } from './stripe-shapes.ts';
import {
  type Answer,
  type Asked,
  billingAt,
  json,
  list,
  missing,
  type Stub,
  secretKey,
  startStub,
  stripeError,
  webhookSecret,
} from './stripe-stub.ts';

const cus = 'cus_1' as CustomerId;
const retrieval = 'GET /v1/customers/cus_1';

/** A customer without anything, whose retrieval is answered so. */
const stubWith = async (...answers: readonly Answer[]): Promise<Stub> => {
  const stub = await startStub();
  stub.on('GET /v1/subscriptions', list());
  stub.on('GET /v1/entitlements/active_entitlements', list());
  stub.on(retrieval, ...answers);
  return stub;
};

const faultOf = (promise: Promise<unknown>): Promise<BillingFault> =>
  promise.then(
    () => Promise.reject(new Error('it was answered')),
    (error: unknown) => {
      if (error instanceof BillingFault) return error;
      throw error;
    },
  );

const raw =
  (status: number, body: string, type = 'application/json'): Answer =>
  (_asked: Asked, res: ServerResponse) => {
    res.writeHead(status, { 'content-type': type });
    res.end(body);
  };

const reset: Answer = (_asked, res) => {
  res.socket?.resetAndDestroy();
};

const resetMidBody: Answer = (_asked, res) => {
  res.writeHead(200, { 'content-type': 'application/json', 'content-length': 500 });
  res.write('{"id":"cus_1","object":"cust');
  setTimeout(() => res.socket?.resetAndDestroy(), 20);
};

const silence: Answer = () => undefined;

const trickle: Answer = (_asked, res) => {
  res.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => res.write(' '), 20);
  res.on('close', () => clearInterval(timer));
};

test.each<[string, Answer]>([
  ['a 500', stripeError(500, { type: 'api_error', message: 'oops' })],
  ['a 503 page of HTML', raw(503, '<h1>Bad gateway</h1>', 'text/html')],
  ['a 500 `{}`', raw(500, '{}')],
  ['a 429', stripeError(429, { code: 'rate_limit' })],
  ['a 429 page of HTML', raw(429, '<h1>Slow down</h1>', 'text/html')],
  ['a 409 of a key in use', stripeError(409, { code: 'idempotency_key_in_use' })],
  ['a connection that is reset', reset],
  ['a connection that is reset in the middle of the body', resetMidBody],
])('%s is asked again, and then answered', async (_name, answer) => {
  const stub = await stubWith(answer, answer, customer());
  const state = await billingAt(stub.url).customerState(cus);
  expect(state?.email).toBe('ann@example.org');
  expect(stub.count(retrieval)).toBeGreaterThanOrEqual(3);
});

test.each<[string, BillingFaultKind, Answer]>([
  ['500', 'stripe-down', stripeError(500, { type: 'api_error' })],
  ['502 HTML', 'stripe-down', raw(502, '<html></html>', 'text/html')],
  ['429', 'rate-limited', stripeError(429, { code: 'rate_limit' })],
  ['a lock that somebody else holds', 'rate-limited', stripeError(429, { code: 'lock_timeout' })],
  ['a reset', 'unreachable', reset],
  ['a reset in the middle of the body', 'unreachable', resetMidBody],
])('%s for good is %s, after a few attempts', async (_name, kind, answer) => {
  const stub = await stubWith(answer);
  const fault = await faultOf(billingAt(stub.url).customerState(cus));
  expect(fault.kind).toBe(kind);
  // A closed connection is tried once more by the SDK itself.
  expect(stub.count(retrieval)).toBeLessThanOrEqual(8);
  expect(stub.count(retrieval)).toBeGreaterThanOrEqual(4);
});

test.each<[string, BillingFaultKind, Answer]>([
  ['401', 'not-allowed', stripeError(401, { message: 'Invalid API Key provided: sk_test_****' })],
  ['403', 'not-allowed', stripeError(403, { code: 'more_permissions_required' })],
  ['400', 'refused', stripeError(400, { code: 'parameter_unknown', param: 'surprise' })],
  ['402', 'refused', stripeError(402, { type: 'card_error', code: 'card_declined' })],
  [
    '500 that asks not to be tried again',
    'stripe-down',
    stripeError(500, {}, { 'stripe-should-retry': 'false' }),
  ],
  ['200 with HTML', 'nonsense', raw(200, '<h1>Welcome to the hotel’s network</h1>', 'text/html')],
  ['200 `{}`', 'nonsense', raw(200, '{}')],
  ['200 `null`', 'nonsense', raw(200, 'null')],
  ['200 `5`', 'nonsense', raw(200, '5')],
  ['200 `"a text"`', 'nonsense', raw(200, '"a text"')],
  ['200 `[]`', 'nonsense', raw(200, '[]')],
  ['200 with nothing', 'nonsense', raw(200, '')],
  ['200 with truncated JSON', 'nonsense', raw(200, '{"id":"cus_1","object":"custo')],
  ['200 `{"error":true}`', 'nonsense', raw(200, '{"error":true}')],
  ['200 with another kind of object', 'nonsense', subscription({ id: 'cus_1' })],
  ['200 with another customer', 'nonsense', customer({ id: 'cus_2' })],
  ['200 with a customer without an id', 'nonsense', { object: 'customer', metadata: {} }],
  ['404 `{}`', 'nonsense', raw(404, '{}')],
  ['404 with an error that is a text', 'nonsense', raw(404, '{"error":"not found"}')],
  ['404 HTML', 'nonsense', raw(404, '<h1>Not found</h1>', 'text/html')],
  ['404 with a whole customer', 'nonsense', (_asked, res) => json(res, 404, customer())],
  ['302', 'nonsense', (_asked, res) => res.writeHead(302, { location: '/login' }).end()],
])('%s is %s, at once', async (_name, kind, answer) => {
  const stub = await stubWith(answer);
  const fault = await faultOf(billingAt(stub.url).customerState(cus));
  expect(fault.kind).toBe(kind);
  expect(stub.count(retrieval)).toBe(1);
});

test('a server that never answers is given up after the time of an attempt', async () => {
  const stub = await stubWith(silence);
  const billing = billingAt(stub.url, { patience: { attemptMs: 150, patienceMs: 200 } });
  expect((await faultOf(billing.customerState(cus))).kind).toBe('unreachable');
});

test('an answer that trickles in is given up after the time of an attempt', async () => {
  const stub = await stubWith(trickle);
  const billing = billingAt(stub.url, { patience: { attemptMs: 200, patienceMs: 250 } });
  expect((await faultOf(billing.customerState(cus))).kind).toBe('unreachable');
});

test('a slow answer within the time is waited for', async () => {
  const stub = await stubWith(
    (_asked, res) => setTimeout(() => json(res, 200, customer()), 300) && undefined,
  );
  expect((await billingAt(stub.url).customerState(cus))?.id).toBe(cus);
  expect(stub.count(retrieval)).toBe(1);
});

test('a port where nobody listens is unreachable', async () => {
  const fault = await faultOf(billingAt('http://127.0.0.1:1').customerState(cus));
  expect(fault.kind).toBe('unreachable');
});

test('the time that Retry-After names is waited', async () => {
  const stub = await stubWith(stripeError(429, {}, { 'retry-after': '1' }), customer());
  const paused: number[] = [];
  const pause = async (ms: number) => void paused.push(ms);
  await billingAt(stub.url, { patience: { pause } }).customerState(cus);
  expect(paused).toEqual([1000]);
});

test('a Retry-After beyond our patience is not waited for', async () => {
  const stub = await stubWith(stripeError(429, {}, { 'retry-after': '3600' }));
  const fault = await faultOf(billingAt(stub.url).customerState(cus));
  expect(fault.kind).toBe('rate-limited');
  expect(stub.count(retrieval)).toBe(1);
});

test('a customer that Stripe has never heard of is no fault', async () => {
  const stub = await stubWith(missing);
  stub.on('GET /v1/subscriptions', missing);
  stub.on('GET /v1/entitlements/active_entitlements', missing);
  expect(await billingAt(stub.url).customerState(cus)).toBeUndefined();
});

test.each([
  ['empty', ''],
  ['two dots', '..'],
  ['a path', '../../v1/balance'],
  ['a query', 'cus_1?expand[]=x'],
  ['a slash', 'cus_1/x'],
  ['too long', `cus_${'x'.repeat(300)}`],
  ['a control character', 'cus_\u0000'],
])('what cannot be an id (%s) is unknown without a question', async (_name, id) => {
  const stub = await startStub();
  const billing = billingAt(stub.url);
  expect(await billing.customerState(id as CustomerId)).toBeUndefined();
  expect(await billing.checkout(id as never)).toBeUndefined();
  expect(stub.asked).toHaveLength(0);
});

test('a list that says there is more and gives nothing is nonsense, not an endless question', async () => {
  const stub = await stubWith(customer());
  stub.on('GET /v1/entitlements/active_entitlements', { object: 'list', data: [], has_more: true });
  expect((await faultOf(billingAt(stub.url).customerState(cus))).kind).toBe('nonsense');
});

test('a list that gives the same page forever is nonsense, not an endless question', async () => {
  const stub = await stubWith(customer());
  const page = { object: 'list', data: [entitlement('magazine')], has_more: true };
  stub.on('GET /v1/entitlements/active_entitlements', page);
  expect((await faultOf(billingAt(stub.url).customerState(cus))).kind).toBe('nonsense');
});

test('Stripe gets no telemetry and the version that the answers are checked against', async () => {
  const stub = await stubWith((_asked, res) => json(res, 200, customer(), { 'request-id': 'req_1' }));
  const billing = billingAt(stub.url);
  await billing.customerState(cus);
  await billing.customerState(cus);
  for (const { headers } of stub.asked) {
    expect(headers['x-stripe-client-telemetry']).toBeUndefined();
    expect(headers['stripe-version']).toBe('2026-10-28.endive');
  }
});

test('a fault holds neither a secret nor an address, and says what Stripe says it was', async () => {
  const stub = await stubWith(
    stripeError(
      400,
      {
        code: 'email_invalid',
        param: 'email',
        message: `Invalid email address: ann@example.org; key ${secretKey}`,
      },
      { 'request-id': 'req_AbC123' },
    ),
  );
  const fault = await faultOf(billingAt(stub.url).customerState(cus));
  expect(fault.code).toBe('email_invalid');
  expect(fault.message).toContain('email_invalid');
  expect(fault.message).toContain('req_AbC123');
  const everything = [fault.message, fault.stack, JSON.stringify(fault), String(fault.cause)].join('\n');
  for (const secret of [secretKey, webhookSecret, 'ann@example.org'])
    expect(everything).not.toContain(secret);
});

test.each(['http://127.0.0.1:1/stripe', 'ftp://127.0.0.1', 'http://127.0.0.1/?x=1'])(
  'a base that is no origin (%s) is refused at the start',
  (apiBase) => {
    expect(() => billingAt(apiBase)).toThrow(/STRIPE_API_BASE/);
  },
);
