/** Ending and letting go over the real SDK: what Stripe is asked for when a reader erases their account, and in which order. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createReaderBilling } from '../../src/billing/reader-billing.ts';
import { createRefreshCustomer } from '../../src/billing/refresh-customer.ts';
import type { CustomerId } from '../../src/billing/subscription.ts';
import type { ReaderId } from '../../src/readers/reader.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { terms } from './customer-facts.ts';
import { type StripeAccount, stripeAccount } from './stripe-account.ts';
import * as shapes from './stripe-shapes.ts';
import { billingAt, list, missing, type Stub, startStub } from './stripe-stub.ts';

const reader = 'reader-1' as ReaderId;
const cus = 'cus_1' as CustomerId;

let directory: string;
let stores: Stores;
let stub: Stub;
let account: StripeAccount;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatefold-reader-billing-'));
  stores = await openStores({ dataDir: directory, warn: () => {} });
  stub = await startStub();
  account = stripeAccount(stub, cus, reader);
  await stores.customers.assign(cus, { owner: reader });
});
afterEach(async () => {
  await stores.close();
  rmSync(directory, { recursive: true, force: true });
});

const readerBilling = () => {
  const billing = billingAt(stub.url);
  const { customers, entitlements, readers } = stores;
  const policy = () => terms() as never;
  const shared = { billing, customers, policy, clock: () => Date.now() };
  const refresh = createRefreshCustomer({ ...shared, entitlements, readers });
  return createReaderBilling({ ...shared, refresh, report: () => {} });
};

/** Orders, not questions, in the order they came. */
const orders = (): readonly string[] =>
  stub.asked
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, form }) => `${method} ${path} ${form}`.trim());

test('what runs is cancelled now, what was begun is expired, and the customer is nobody’s', async () => {
  stub.on(
    'GET /v1/checkout/sessions',
    list(shapes.checkout({ id: 'cs_test_open', status: 'open', payment_status: 'unpaid' })),
  );
  stub.on(
    'POST /v1/checkout/sessions/cs_test_open/expire',
    shapes.checkout({ id: 'cs_test_open', status: 'expired' }),
  );
  stub.on('DELETE /v1/subscriptions/sub_cus_1', () => {
    account.becomes('canceled');
    return shapes.subscription({ id: 'sub_cus_1', customer: cus, status: 'canceled' });
  });
  stub.on('POST /v1/customers/cus_1', shapes.customer({ id: cus, metadata: {} }));
  const billing = readerBilling();
  expect(await billing.standing(reader)).toEqual({ running: ['monthly'], customer: true });
  expect(await billing.endAll(reader)).toBe(1);
  await billing.release(reader);
  expect(orders()).toEqual([
    'POST /v1/checkout/sessions/cs_test_open/expire',
    'DELETE /v1/subscriptions/sub_cus_1',
    // Stripe takes a field with an empty value away.
    'POST /v1/customers/cus_1 metadata%5Bgatefold_reader%5D=',
  ]);
  expect(await stores.customers.customersOf(reader)).toEqual([]);
});

test('what somebody ended or deleted meanwhile is as good as ended', async () => {
  stub.on('DELETE /v1/subscriptions/sub_cus_1', missing);
  stub.on('POST /v1/customers/cus_1', missing);
  const billing = readerBilling();
  await billing.endAll(reader);
  await billing.release(reader);
  expect(await stores.customers.customer(cus)).toBeUndefined();
});

test('a Stripe that refuses for another reason stops it, and the customer stays the reader’s', async () => {
  stub.on('DELETE /v1/subscriptions/sub_cus_1', (_asked, res) => {
    res.writeHead(403, { 'content-type': 'application/json' });
    res.end('{"error":{"type":"invalid_request_error","message":"This key may not"}}');
  });
  await expect(readerBilling().endAll(reader)).rejects.toMatchObject({ name: 'BillingFault' });
  expect((await stores.customers.customer(cus))?.owner).toBe(reader);
});
