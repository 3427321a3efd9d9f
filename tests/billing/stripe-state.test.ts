/** A customer's state holds all that Stripe says of it, in as few calls as it takes. */
import { expect, test } from '@jest/globals';
import { BillingFault } from '../../src/billing/billing.ts';
import type { StripeBillingOptions } from '../../src/billing/stripe-billing.ts';
import type { CustomerId } from '../../src/billing/subscription.ts';
import {
  charge,
  checkout,
  customer,
  day,
  entitlement,
  intent,
  invoice,
  item,
  payment,
  subscription,
} from './stripe-shapes.ts';
import {
  type Answer,
  billingAt,
  list,
  missing,
  pass,
  type Stub,
  startStub,
  stopping,
} from './stripe-stub.ts';

const cus = 'cus_1' as CustomerId;

const stubWith = async (routes: Readonly<Record<string, Answer>>): Promise<Stub> => {
  const stub = await startStub();
  stub.on('GET /v1/customers/cus_1', customer());
  stub.on('GET /v1/subscriptions', list());
  stub.on('GET /v1/entitlements/active_entitlements', list());
  stub.on('GET /v1/payment_intents/pi_1', intent());
  for (const [what, answer] of Object.entries(routes)) stub.on(what, answer);
  return stub;
};

const stateOf = async (stub: Stub, options?: Partial<StripeBillingOptions>) => {
  const state = await billingAt(stub.url, options).customerState(cus);
  if (!state) throw new Error('Stripe knows no such customer.');
  return state;
};

const onlySubscription = async (raw: unknown, routes: Readonly<Record<string, Answer>> = {}) => {
  const stub = await stubWith({ 'GET /v1/subscriptions': list(raw), ...routes });
  const { subscriptions } = await stateOf(stub);
  return { found: subscriptions[0], stub };
};

/** Answers one at a time, by the cursor. */
const paged =
  (...items: readonly { id: string }[]): Answer =>
  ({ query }) => {
    const at = items.findIndex(({ id }) => id === query.get('starting_after')) + 1;
    return { object: 'list', data: items.slice(at, at + 1), has_more: at + 1 < items.length };
  };

test('a subscription in good standing takes four calls and is told in milliseconds', async () => {
  const { found, stub } = await onlySubscription(subscription({ metadata: { gatefold_plan: 'monthly' } }));
  expect(found).toEqual({
    id: 'sub_1',
    status: 'active',
    items: [{ price: 'price_month', quantity: 1, periodStartsAt: day(1), periodEndsAt: day(31) }],
    createdAt: day(1),
    startedAt: day(1),
    collectionPaused: false,
    metadata: { gatefold_plan: 'monthly' },
  });
  expect(stub.asked.map(({ path }) => path).toSorted()).toEqual([
    '/v1/customers/cus_1',
    '/v1/entitlements/active_entitlements',
    '/v1/payment_intents/pi_1',
    '/v1/subscriptions',
  ]);
});

test('every call that leaves is counted', async () => {
  let calls = 0;
  const stub = await stubWith({ 'GET /v1/subscriptions': list(subscription()) });
  await stateOf(stub, { onCall: () => (calls += 1) });
  expect(calls).toBe(stub.asked.length);
});

test('subscriptions of all statuses are asked for, and all pages of everything are read', async () => {
  const stub = await stubWith({
    'GET /v1/subscriptions': paged(
      subscription({ id: 'sub_3', status: 'canceled' }),
      subscription({ id: 'sub_2', status: 'incomplete' }),
      subscription({ id: 'sub_1', status: 'brand_new_status' }),
    ),
    'GET /v1/entitlements/active_entitlements': paged(entitlement('magazine'), entitlement('archive')),
    'GET /v1/checkout/sessions': paged(
      checkout({ mode: 'subscription', status: 'complete', payment_status: 'paid' }),
      checkout({ id: 'cs_2', mode: 'payment', status: 'complete', payment_status: 'unpaid' }),
      checkout({
        id: 'cs_3',
        mode: 'payment',
        status: 'complete',
        payment_status: 'paid',
        payment_intent: intent({ latest_charge: charge({ created: day(9) / 1000 }) }),
        line_items: list({ id: 'li_1', object: 'item', price: { id: 'price_pass' } }),
      }),
    ),
  });
  const state = await stateOf(stub, { plans: () => [pass] });
  expect(state.subscriptions.map(({ id, status }) => [id, status])).toEqual([
    ['sub_3', 'canceled'],
    ['sub_2', 'incomplete'],
    ['sub_1', 'brand_new_status'],
  ]);
  expect(state.features).toEqual(['magazine', 'archive']);
  expect(state.passes).toEqual([{ checkout: 'cs_3', price: 'price_pass', paidAt: day(9) }]);
  const asked = stub.asked.filter(({ path }) => path === '/v1/subscriptions');
  expect(asked.map(({ query }) => query.get('starting_after'))).toEqual([null, 'sub_3', 'sub_2']);
  for (const { query } of asked) {
    expect(query.get('status')).toBe('all');
    expect(query.get('limit')).toBe('100');
  }
});

test('passes are not asked for under a policy that sells none', async () => {
  const stub = await stubWith({});
  expect((await stateOf(stub)).passes).toEqual([]);
  expect(stub.count('GET /v1/checkout/sessions')).toBe(0);
});

test('a pass that cost nothing counts from its checkout', async () => {
  const stub = await stubWith({
    'GET /v1/checkout/sessions': list(
      checkout({
        mode: 'payment',
        status: 'complete',
        payment_status: 'no_payment_required',
        line_items: list({ id: 'li_1', object: 'item', price: { id: 'price_pass' } }),
      }),
    ),
  });
  const { passes } = await stateOf(stub, { plans: () => [pass] });
  expect(passes).toEqual([{ checkout: 'cs_test_1', price: 'price_pass', paidAt: day(2) }]);
});

test('lines of a checkout that did not all come with it are asked for', async () => {
  const stub = await stubWith({
    'GET /v1/checkout/sessions': list(
      checkout({
        mode: 'payment',
        status: 'complete',
        payment_status: 'paid',
        line_items: {
          object: 'list',
          data: [{ id: 'li_1', object: 'item', price: { id: 'price_pass' } }],
          has_more: true,
        },
      }),
    ),
    'GET /v1/checkout/sessions/cs_test_1/line_items': paged(
      { id: 'li_1', price: { id: 'price_pass' } } as never,
      { id: 'li_2', price: { id: 'price_other' } } as never,
    ),
  });
  const { passes } = await stateOf(stub, { plans: () => [pass] });
  expect(passes.map(({ price }) => price)).toEqual(['price_pass', 'price_other']);
});

test('a deleted customer has nothing, whatever is still listed under it', async () => {
  const stub = await stubWith({
    'GET /v1/customers/cus_1': { id: 'cus_1', object: 'customer', deleted: true },
    'GET /v1/subscriptions': list(subscription()),
    'GET /v1/entitlements/active_entitlements': missing,
  });
  expect(await stateOf(stub)).toEqual({
    id: 'cus_1',
    deleted: true,
    metadata: {},
    subscriptions: [],
    passes: [],
    features: [],
  });
});

test('a subscription that ends with its period ends when its last item does', async () => {
  const later = item({ id: 'si_2', current_period_end: day(60) / 1000 });
  const items = list(item(), later);
  const { found } = await onlySubscription(subscription({ items, cancel_at_period_end: true }));
  expect(found?.cancelAt).toBe(day(60));
});

test('a named end is taken before the end of the period', async () => {
  const raw = subscription({ cancel_at: day(12) / 1000, cancel_at_period_end: true });
  expect((await onlySubscription(raw)).found?.cancelAt).toBe(day(12));
});

test('trial, end, pause and quantity are told', async () => {
  const { found } = await onlySubscription(
    subscription({
      status: 'canceled',
      trial_end: day(8) / 1000,
      ended_at: day(20) / 1000,
      pause_collection: { behavior: 'void', resumes_at: null },
      items: list(item({ quantity: 3 }), item({ id: 'si_2', quantity: undefined })),
    }),
  );
  expect(found).toMatchObject({ trialEndsAt: day(8), endedAt: day(20), collectionPaused: true });
  expect(found?.items.map(({ quantity }) => quantity)).toEqual([3, 1]);
});

test('items that did not all come with the subscription are asked for', async () => {
  const items = { object: 'list', data: [item()], has_more: true };
  const { found } = await onlySubscription(subscription({ items }), {
    'GET /v1/subscription_items': paged(item(), item({ id: 'si_2' })),
  });
  expect(found?.items).toHaveLength(2);
});

test('a subscription shaped as in 2020, its period beside its items, is nonsense and never guessed at', async () => {
  const { current_period_start, current_period_end, ...old } = item();
  const raw = subscription({ items: list(old), current_period_start, current_period_end });
  const stub = await stubWith({ 'GET /v1/subscriptions': list(raw) });
  await expect(stateOf(stub)).rejects.toMatchObject({ name: 'BillingFault', kind: 'nonsense' });
});

test('expanded objects in the place of ids are understood', async () => {
  const { found } = await onlySubscription(
    subscription({
      customer: customer(),
      latest_invoice: invoice({
        customer: customer(),
        payments: list(payment({ payment: { type: 'payment_intent', payment_intent: intent() } })),
      }),
    }),
  );
  expect(found?.id).toBe('sub_1');
});

test.each(['past_due', 'unpaid'])(
  'what is owed while %s counts from the oldest open invoice',
  async (status) => {
    const open = (id: string, of: number) =>
      invoice({ id, status: 'open', created: day(of) / 1000, payments: list() });
    const { found, stub } = await onlySubscription(
      subscription({ status, latest_invoice: open('in_3', 29) }),
      {
        'GET /v1/invoices': paged(
          open('in_3', 29),
          invoice({ id: 'in_2', created: day(15) / 1000 }),
          open('in_1', 5),
        ),
      },
    );
    expect(found?.owedSince).toBe(day(5));
    expect(stub.asked.find(({ path }) => path === '/v1/invoices')?.query.get('subscription')).toBe('sub_1');
  },
);

test('what is owed for invoices that are sent counts from when they were due, not from when they were made', async () => {
  const sent = (id: string, made: number, due: number | null) =>
    invoice({
      ...{ id, status: 'open', created: day(made) / 1000, payments: list() },
      due_date: due === null ? null : day(due) / 1000,
    });
  const owedFor = async (...invoices: readonly object[]) =>
    (
      await onlySubscription(subscription({ status: 'past_due', latest_invoice: invoices[0] }), {
        'GET /v1/invoices': list(...invoices),
      })
    ).found?.owedSince;
  expect(await owedFor(sent('in_1', 5, 19))).toBe(day(19));
  expect(await owedFor(sent('in_2', 15, 29), sent('in_1', 5, 19))).toBe(day(19));
  // Charged at once, as it was before the publisher began to send them.
  expect(await owedFor(sent('in_2', 15, 29), sent('in_1', 8, null))).toBe(day(8));
});

test('an invoice written off since the last that was paid is still owed; one before it is forgiven', async () => {
  const of = (id: string, status: string, at: number) =>
    invoice({ id, status, created: day(at) / 1000, payments: status === 'paid' ? list(payment()) : list() });
  const { found } = await onlySubscription(
    subscription({ status: 'past_due', latest_invoice: of('in_4', 'open', 25) }),
    {
      'GET /v1/invoices': list(
        of('in_4', 'open', 25),
        of('in_3', 'uncollectible', 18),
        { ...of('in_2b', 'paid', 20), payments: list() },
        of('in_2', 'paid', 11),
        of('in_1', 'uncollectible', 4),
      ),
    },
  );
  expect(found?.owedSince).toBe(day(18));
});

test('nothing is asked about invoices of a subscription that owes nothing', async () => {
  const { found, stub } = await onlySubscription(subscription({ status: 'canceled' }));
  expect(found?.owedSince).toBeUndefined();
  expect(stub.count('GET /v1/invoices')).toBe(0);
  expect(stub.count('GET /v1/payment_intents/pi_1')).toBe(0);
});

test('a payment given back in full is a reversal; a part of it is not', async () => {
  const givenBack = { 'GET /v1/payment_intents/pi_1': intent({ latest_charge: charge({ refunded: true }) }) };
  expect((await onlySubscription(subscription(), givenBack)).found?.reversal).toBe('refunded');
  const part = intent({ latest_charge: charge({ amount: 500, amount_refunded: 200 }) });
  const { found } = await onlySubscription(subscription(), { 'GET /v1/payment_intents/pi_1': part });
  expect(found?.reversal).toBeUndefined();
});

test.each([
  ['needs_response', 'disputed'],
  ['under_review', 'disputed'],
  ['lost', 'disputed'],
  ['appeal_under_review', 'disputed'],
  ['won', undefined],
  ['prevented', undefined],
  ['warning_needs_response', undefined],
  ['warning_closed', undefined],
])('a dispute that is %s makes it %s', async (status, reversal) => {
  const { found } = await onlySubscription(subscription(), {
    'GET /v1/payment_intents/pi_1': intent({ latest_charge: charge({ disputed: true }) }),
    'GET /v1/disputes': list({ id: 'dp_1', object: 'dispute', charge: 'ch_1', status }),
  });
  expect(found?.reversal).toBe(reversal);
});

test('of a payment both given back and disputed, the one that the policy stops on is told', async () => {
  const stub = await stubWith({
    'GET /v1/subscriptions': list(subscription()),
    'GET /v1/payment_intents/pi_1': intent({ latest_charge: charge({ disputed: true, refunded: true }) }),
    'GET /v1/disputes': list({ id: 'dp_1', object: 'dispute', charge: 'ch_1', status: 'lost' }),
  });
  const reversalUnder = async (refunded: 'stop' | 'keep', disputed: 'stop' | 'keep') =>
    (await stateOf(stub, { billing: () => ({ ...stopping, refunded, disputed }) })).subscriptions[0]
      ?.reversal;
  expect(await reversalUnder('keep', 'stop')).toBe('disputed');
  expect(await reversalUnder('stop', 'keep')).toBe('refunded');
});

test('under a policy that keeps access, payments are not looked at', async () => {
  const stub = await stubWith({ 'GET /v1/subscriptions': list(subscription()) });
  await stateOf(stub, { billing: () => ({ ...stopping, refunded: 'keep', disputed: 'keep' }) });
  expect(stub.count('GET /v1/payment_intents/pi_1')).toBe(0);
});

test('an invoice of nothing does not hide that the payment before it was given back', async () => {
  const free = invoice({ id: 'in_2', payments: list() });
  const { found } = await onlySubscription(subscription({ latest_invoice: free }), {
    'GET /v1/invoices': list(free, invoice()),
    'GET /v1/payment_intents/pi_1': intent({ latest_charge: charge({ refunded: true }) }),
  });
  expect(found?.reversal).toBe('refunded');
});

test('while the newest invoice is open, the payment of the one before it counts', async () => {
  const open = invoice({ id: 'in_2', status: 'open', payments: list(payment({ status: 'open' })) });
  const { found, stub } = await onlySubscription(subscription({ status: 'past_due', latest_invoice: open }), {
    'GET /v1/invoices': list(open, invoice()),
    'GET /v1/payment_intents/pi_1': intent({ latest_charge: charge({ refunded: true }) }),
  });
  expect(found?.reversal).toBe('refunded');
  expect(stub.count('GET /v1/invoices')).toBe(1);
});

test('a charge without a payment intent is looked at too', async () => {
  const latest_invoice = invoice({
    payments: list(payment({ payment: { type: 'charge', charge: 'ch_1' } })),
  });
  const { found } = await onlySubscription(subscription({ latest_invoice }), {
    'GET /v1/charges/ch_1': charge({ refunded: true }),
  });
  expect(found?.reversal).toBe('refunded');
});

test('a trial that nobody paid for asks nothing about payments', async () => {
  const latest_invoice = invoice({ payments: list() });
  const { stub } = await onlySubscription(subscription({ status: 'trialing', latest_invoice }));
  expect(stub.asked).toHaveLength(3);
});

test('a pass that was given back is told so', async () => {
  const stub = await stubWith({
    'GET /v1/checkout/sessions': list(
      checkout({
        mode: 'payment',
        status: 'complete',
        payment_status: 'paid',
        payment_intent: intent({ latest_charge: charge({ refunded: true }) }),
        line_items: list({ id: 'li_1', object: 'item', price: { id: 'price_pass' } }),
      }),
    ),
  });
  expect((await stateOf(stub, { plans: () => [pass] })).passes[0]?.reversal).toBe('refunded');
});

test('one part that Stripe answers with nonsense makes a fault of the whole, not a state without it', async () => {
  const stub = await stubWith({ 'GET /v1/entitlements/active_entitlements': { object: 'list' } });
  await expect(stateOf(stub)).rejects.toBeInstanceOf(BillingFault);
});
