/** What Gatefold orders at Stripe, it orders once: customers, checkouts, portals, cancellations. */
import { expect, test } from '@jest/globals';
import type { NewCheckout, NewCustomer } from '../../src/billing/billing.ts';
import { stripeLocale } from '../../src/billing/stripe-locale.ts';
import type { CheckoutId, CustomerId, PriceId } from '../../src/billing/subscription.ts';
import type { ReaderId } from '../../src/readers/reader.ts';
import { checkout, customer, intent, price, subscription } from './stripe-shapes.ts';
import {
  type Answer,
  type Asked,
  billingAt,
  json,
  list,
  missing,
  now,
  startStub,
  stripeError,
} from './stripe-stub.ts';

const reader = 'reader-1' as ReaderId;
const cus = 'cus_1' as CustomerId;
const cs = 'cs_test_1' as CheckoutId;

/** A server that remembers what it answered under a key, and refuses the key for anything else, as Stripe does. */
const remembering = (make: (asked: Asked) => Readonly<Record<string, unknown>>): Answer => {
  const answers = new Map<string, { readonly order: string; readonly made: unknown }>();
  return (asked, res) => {
    const key = String(asked.headers['idempotency-key']);
    const known = answers.get(key);
    if (known && known.order !== asked.form.toString()) {
      return json(res, 400, {
        error: { type: 'idempotency_error', message: 'Keys for idempotent requests…' },
      });
    }
    const made = known?.made ?? make(asked);
    answers.set(key, { order: asked.form.toString(), made });
    json(res, 200, made, known ? { 'idempotent-replayed': 'true' } : {});
  };
};

test('a reader gets one customer, however many ask and whatever else each of them knows', async () => {
  const stub = await startStub();
  let made = 0;
  stub.on(
    'POST /v1/customers',
    remembering(() => customer({ id: `cus_${++made}` })),
  );
  stub.on('GET /v1/customers/cus_1', customer());
  stub.on('POST /v1/customers/cus_1', customer());
  const billing = billingAt(stub.url);
  const asked: NewCustomer[] = [
    { reader, locale: 'en' },
    { reader, locale: 'de-DE' },
    { reader, locale: 'en', email: 'ann@example.org' },
  ];
  const ids = await Promise.all(asked.map((each) => billing.createCustomer(each)));
  expect(new Set(ids)).toEqual(new Set(['cus_1']));
  const creations = stub.asked.filter(({ path }) => path === '/v1/customers');
  for (const { headers, form } of creations) {
    expect(headers['idempotency-key']).toBe('gatefold-customer-reader-1');
    expect(form.get('metadata[gatefold_reader]')).toBe('reader-1');
  }
  const described = stub.asked.filter(
    ({ method, path }) => method === 'POST' && path === '/v1/customers/cus_1',
  );
  expect(described.map(({ form }) => [form.get('preferred_locales[0]'), form.get('email')])).toEqual(
    expect.arrayContaining([
      ['en', null],
      ['de-DE', null],
      ['en', 'ann@example.org'],
    ]),
  );
});

test('where Stripe remembers a customer that was deleted since, all who ask get the same new one', async () => {
  const stub = await startStub();
  let made = 0;
  stub.on(
    'POST /v1/customers',
    remembering(() => customer({ id: `cus_${++made}` })),
  );
  stub.on('GET /v1/customers/cus_1', missing);
  stub.on('GET /v1/customers/cus_2', { id: 'cus_2', object: 'customer', deleted: true });
  stub.on('GET /v1/customers/cus_3', customer({ id: 'cus_3' }));
  stub.on('POST /v1/customers/cus_3', customer({ id: 'cus_3' }));
  const billing = billingAt(stub.url);
  const ids = await Promise.all([1, 2, 3].map(() => billing.createCustomer({ reader, locale: 'en' })));
  expect(ids).toEqual(['cus_3', 'cus_3', 'cus_3']);
  expect(made).toBe(3);
});

test('a remembered customer that belongs to another reader by now is not handed out, nor taken back', async () => {
  const stub = await startStub();
  let made = 0;
  stub.on(
    'POST /v1/customers',
    remembering(() => customer({ id: `cus_${++made}` })),
  );
  stub.on('GET /v1/customers/cus_1', customer({ metadata: { gatefold_reader: 'reader-2' } }));
  stub.on('GET /v1/customers/cus_2', customer({ id: 'cus_2' }));
  stub.on('POST /v1/customers/cus_2', customer({ id: 'cus_2' }));
  expect(await billingAt(stub.url).createCustomer({ reader, locale: 'en' })).toBe('cus_2');
  expect(stub.count('POST /v1/customers/cus_1')).toBe(0);
});

test('the same key is used again when the answer was lost on the way', async () => {
  const stub = await startStub();
  stub.on(
    'POST /v1/customers',
    (_asked, res) => void res.socket?.destroy(),
    stripeError(500, {}),
    customer(),
  );
  stub.on('GET /v1/customers/cus_1', customer());
  stub.on('POST /v1/customers/cus_1', customer());
  await billingAt(stub.url).createCustomer({ reader, locale: 'en' });
  const keys = stub.asked
    .filter(({ path }) => path === '/v1/customers')
    .map(({ headers }) => headers['idempotency-key']);
  expect(keys).toHaveLength(3);
  expect(new Set(keys)).toEqual(new Set(['gatefold-customer-reader-1']));
});

test('a failure that Stripe remembers under a key does not keep the reader out for a day', async () => {
  const stub = await startStub();
  stub.on('POST /v1/customers', ({ headers }, res) =>
    headers['idempotency-key'] === 'gatefold-customer-reader-1'
      ? json(res, 500, { error: { type: 'api_error' } }, { 'idempotent-replayed': 'true' })
      : json(res, 200, customer()),
  );
  stub.on('GET /v1/customers/cus_1', customer());
  stub.on('POST /v1/customers/cus_1', customer());
  expect(await billingAt(stub.url).createCustomer({ reader, locale: 'en' })).toBe('cus_1');
  expect(stub.count('POST /v1/customers')).toBe(2);
});

test('a customer is given to a reader, and gets an address only where one was proved', async () => {
  const stub = await startStub();
  stub.on('POST /v1/customers/cus_1', customer());
  const billing = billingAt(stub.url);
  await billing.assignCustomer(cus, { reader });
  await billing.assignCustomer(cus, { reader, email: 'ann@example.org' });
  expect(stub.asked.map(({ form }) => Object.fromEntries(form))).toEqual([
    { 'metadata[gatefold_reader]': 'reader-1' },
    { 'metadata[gatefold_reader]': 'reader-1', email: 'ann@example.org' },
  ]);
});

test('customers with an address are found on all pages, without the deleted and those of others', async () => {
  const stub = await startStub();
  stub.on('GET /v1/customers', ({ query }) =>
    query.get('starting_after') === null
      ? { object: 'list', data: [customer({ id: 'cus_9' })], has_more: true }
      : list(
          customer({ metadata: {} }),
          customer({ id: 'cus_2', email: 'bob@example.org' }),
          { id: 'cus_3', object: 'customer', deleted: true },
          customer({ id: 'cus_4', email: null }),
        ),
  );
  expect(await billingAt(stub.url).customersWithEmail('ann@example.org')).toEqual([
    { id: 'cus_9', email: 'ann@example.org', metadata: { gatefold_reader: 'reader-1' } },
    { id: 'cus_1', email: 'ann@example.org', metadata: {} },
  ]);
  expect(stub.asked[0]?.query.get('email')).toBe('ann@example.org');
});

const order: NewCheckout = {
  customer: cus,
  mode: 'subscription',
  price: 'price_month' as PriceId,
  successUrl: 'https://news.example.com/-/checkout/return?session_id={CHECKOUT_SESSION_ID}',
  cancelUrl: 'https://news.example.com/-/subscribe',
  locale: 'de-AT',
  trialDays: 14,
  promotionCodes: true,
  metadata: { gatefold_reader: 'reader-1', gatefold_plan: 'monthly' },
  idempotencyKey: 'reader-1 monthly',
};

test('a checkout of a subscription is ordered as the API of today wants it', async () => {
  const stub = await startStub();
  stub.on('POST /v1/checkout/sessions', checkout());
  const facts = await billingAt(stub.url).openCheckout(order);
  expect(facts).toEqual({
    id: 'cs_test_1',
    status: 'open',
    paymentStatus: 'unpaid',
    mode: 'subscription',
    customer: 'cus_1',
    url: 'https://checkout.stripe.com/c/pay/cs_test_1',
    createdAt: Date.UTC(2026, 9, 2),
    metadata: { gatefold_plan: 'monthly' },
  });
  expect(Object.fromEntries(stub.asked[0]?.form ?? [])).toEqual({
    ui_mode: 'hosted_page',
    mode: 'subscription',
    customer: 'cus_1',
    'line_items[0][price]': 'price_month',
    'line_items[0][quantity]': '1',
    success_url: order.successUrl,
    cancel_url: order.cancelUrl,
    locale: 'de',
    allow_promotion_codes: 'true',
    'metadata[gatefold_reader]': 'reader-1',
    'metadata[gatefold_plan]': 'monthly',
    'subscription_data[metadata][gatefold_reader]': 'reader-1',
    'subscription_data[metadata][gatefold_plan]': 'monthly',
    'subscription_data[trial_period_days]': '14',
  });
});

test('a checkout of a pass says nothing of subscriptions', async () => {
  const stub = await startStub();
  stub.on('POST /v1/checkout/sessions', checkout({ mode: 'payment' }));
  const { trialDays: _, ...pass } = order;
  await billingAt(stub.url).openCheckout({ ...pass, mode: 'payment' });
  const sent = [...(stub.asked[0]?.form.keys() ?? [])];
  expect(sent.filter((name) => name.startsWith('subscription_data'))).toEqual([]);
  expect(sent).toContain('payment_intent_data[metadata][gatefold_plan]');
});

test('a double click gets one session; another order under the same key gets its own and is not refused', async () => {
  const stub = await startStub();
  let made = 0;
  stub.on(
    'POST /v1/checkout/sessions',
    remembering(() => checkout({ id: `cs_test_${++made}` })),
  );
  stub.on('GET /v1/checkout/sessions/cs_test_1', checkout());
  const billing = billingAt(stub.url);
  const [one, two] = await Promise.all([billing.openCheckout(order), billing.openCheckout(order)]);
  expect(one?.id).toBe('cs_test_1');
  expect(two?.id).toBe('cs_test_1');
  expect((await billing.openCheckout({ ...order, locale: 'fr' })).id).toBe('cs_test_2');
  expect((await billing.openCheckout({ ...order, idempotencyKey: 'another' })).id).toBe('cs_test_3');
});

test('a session that Stripe remembers as open is told as it is by now', async () => {
  const stub = await startStub();
  stub.on(
    'POST /v1/checkout/sessions',
    remembering(() => checkout()),
  );
  stub.on(
    'GET /v1/checkout/sessions/cs_test_1',
    checkout({ status: 'complete', payment_status: 'paid', url: null }),
  );
  const billing = billingAt(stub.url);
  expect((await billing.openCheckout(order)).status).toBe('open');
  const again = await billing.openCheckout(order);
  expect(again).toMatchObject({ status: 'complete', paymentStatus: 'paid' });
  expect(again.url).toBeUndefined();
});

test('a session for another customer or of another mode is nonsense', async () => {
  const stub = await startStub();
  for (const answer of [
    checkout({ customer: 'cus_2' }),
    checkout({ mode: 'payment' }),
    checkout({ mode: 'setup' }),
  ]) {
    stub.on('POST /v1/checkout/sessions', answer);
    await expect(billingAt(stub.url).openCheckout(order)).rejects.toMatchObject({ kind: 'nonsense' });
  }
});

test('a price that Stripe does not have is refused with its code', async () => {
  const stub = await startStub();
  stub.on(
    'POST /v1/checkout/sessions',
    stripeError(400, { code: 'resource_missing', param: 'line_items[0][price]', message: 'No such price' }),
  );
  await expect(billingAt(stub.url).openCheckout(order)).rejects.toMatchObject({
    kind: 'refused',
    code: 'resource_missing',
    message: expect.stringContaining('line_items[0][price]'),
  });
});

test('a checkout is looked up with its address as it was typed; an unknown one is none', async () => {
  const stub = await startStub();
  stub.on(
    'GET /v1/checkout/sessions/cs_test_1',
    checkout({
      status: 'complete',
      payment_status: 'unpaid',
      url: null,
      customer_details: { email: 'Ann@example.org' },
    }),
  );
  stub.on('GET /v1/checkout/sessions/cs_test_2', missing);
  const billing = billingAt(stub.url);
  expect(await billing.checkout(cs)).toMatchObject({ status: 'complete', email: 'Ann@example.org' });
  expect(await billing.checkout('cs_test_2' as CheckoutId)).toBeUndefined();
});

test('open checkouts are listed without those that Gatefold never makes', async () => {
  const stub = await startStub();
  stub.on('GET /v1/checkout/sessions', list(checkout(), checkout({ id: 'cs_2', mode: 'setup' })));
  const found = await billingAt(stub.url).openCheckouts(cus);
  expect(found.map(({ id }) => id)).toEqual(['cs_test_1']);
  expect(stub.asked[0]?.query.get('status')).toBe('open');
  expect(stub.asked[0]?.query.get('customer')).toBe('cus_1');
});

test.each([
  ['processing', 'under-way'],
  ['requires_action', 'under-way'],
  ['requires_payment_method', 'refused'],
  ['canceled', 'refused'],
])('of a complete, unpaid pass whose payment intent is %s, the payment is %s', async (status, payment) => {
  const stub = await startStub();
  const billing = billingAt(stub.url);
  const unpaid = checkout({
    mode: 'payment',
    status: 'complete',
    payment_intent: intent({ status, latest_charge: null }),
  });
  stub.on('GET /v1/checkout/sessions/cs_test_1', unpaid);
  stub.on('GET /v1/checkout/sessions', list(unpaid));
  expect(await billing.checkout(cs)).toMatchObject({ payment });
  expect(await billing.unpaidCheckouts(cus)).toMatchObject([{ payment }]);
  expect(stub.asked.map(({ query }) => query.get('expand[0]'))).toEqual([
    'payment_intent',
    'data.payment_intent',
  ]);
});

test('an open checkout is expired; one that was no longer open is not, and no fault', async () => {
  const stub = await startStub();
  const billing = billingAt(stub.url);
  stub.on('POST /v1/checkout/sessions/cs_test_1/expire', checkout({ status: 'expired' }));
  expect(await billing.expireCheckout(cs)).toBe(true);
  const notOpen = stripeError(400, {
    message: 'Only Checkout Sessions with a status in ["open"] can be expired.',
  });
  stub.on('POST /v1/checkout/sessions/cs_test_1/expire', notOpen);
  stub.on('GET /v1/checkout/sessions/cs_test_1', checkout({ status: 'complete' }));
  expect(await billing.expireCheckout(cs)).toBe(false);
  stub.on('GET /v1/checkout/sessions/cs_test_1', missing);
  expect(await billing.expireCheckout(cs)).toBe(false);
  stub.on('GET /v1/checkout/sessions/cs_test_1', checkout());
  await expect(billing.expireCheckout(cs)).rejects.toMatchObject({ kind: 'refused' });
});

test('the portal opens at its front, or straight at a task that leads back', async () => {
  const stub = await startStub();
  stub.on('POST /v1/billing_portal/sessions', {
    id: 'bps_1',
    object: 'billing_portal.session',
    url: 'https://billing.stripe.com/p/session/x',
  });
  const billing = billingAt(stub.url);
  const returnUrl = 'https://news.example.com/-/account';
  expect(await billing.openPortal({ customer: cus, returnUrl })).toBe(
    'https://billing.stripe.com/p/session/x',
  );
  await billing.openPortal({ customer: cus, returnUrl, locale: 'en-AU', flow: { kind: 'payment-method' } });
  const flow = { kind: 'cancel', subscription: 'sub_1' as never } as const;
  await billing.openPortal({ customer: cus, returnUrl, flow });
  const back = {
    'flow_data[after_completion][type]': 'redirect',
    'flow_data[after_completion][redirect][return_url]': returnUrl,
  };
  const front = { customer: 'cus_1', return_url: returnUrl };
  expect(stub.asked.map(({ form }) => Object.fromEntries(form))).toEqual([
    front,
    { ...front, locale: 'en-AU', 'flow_data[type]': 'payment_method_update', ...back },
    {
      ...front,
      'flow_data[type]': 'subscription_cancel',
      'flow_data[subscription_cancel][subscription]': 'sub_1',
      ...back,
    },
  ]);
});

test('a portal whose address is none of the web is nonsense: nobody is sent there', async () => {
  const stub = await startStub();
  stub.on('POST /v1/billing_portal/sessions', {
    id: 'bps_1',
    object: 'billing_portal.session',
    url: 'javascript:alert(1)',
  });
  const asked = { customer: cus, returnUrl: 'https://news.example.com/' };
  await expect(billingAt(stub.url).openPortal(asked)).rejects.toMatchObject({ kind: 'nonsense' });
});

test('a subscription is ended now; one that has ended already is no fault', async () => {
  const stub = await startStub();
  stub.on('DELETE /v1/subscriptions/sub_1', subscription({ status: 'canceled' }), missing);
  const billing = billingAt(stub.url);
  await billing.cancelNow('sub_1' as never);
  await billing.cancelNow('sub_1' as never);
  expect(stub.count('DELETE /v1/subscriptions/sub_1')).toBe(2);
});

const month = 'price_month' as PriceId;
const year = 'price_year' as PriceId;

test('prices come with their other currencies, and without those that are unknown or inactive', async () => {
  const stub = await startStub();
  stub.on(
    'GET /v1/prices/price_month',
    price({
      currency_options: {
        eur: { unit_amount: 500 },
        usd: { unit_amount: 600 },
        jpy: { unit_amount: 800 },
        gbp: { unit_amount: null },
      },
    }),
  );
  stub.on('GET /v1/prices/price_year', price({ id: 'price_year', active: false }));
  stub.on('GET /v1/prices/price_pass', price({ id: 'price_pass', unit_amount: null, recurring: null }));
  stub.on('GET /v1/prices/price_gone', missing);
  const ids = [month, year, 'price_pass', 'price_gone', month] as PriceId[];
  expect(await billingAt(stub.url).prices(ids)).toEqual([
    {
      id: 'price_month',
      currency: 'eur',
      unitAmount: 500,
      interval: 'month',
      intervalCount: 1,
      otherAmounts: { usd: 600, jpy: 800 },
    },
    { id: 'price_pass', currency: 'eur', otherAmounts: {} },
  ]);
  expect(stub.asked[0]?.query.get('expand[0]')).toBe('currency_options');
});

test('prices are asked for once in some minutes, however many pages want them', async () => {
  const stub = await startStub();
  stub.on('GET /v1/prices/price_month', price());
  let at = now;
  const billing = billingAt(stub.url, { clock: () => at });
  await Promise.all([billing.prices([month]), billing.prices([month])]);
  at += 299_000;
  await billing.prices([month]);
  expect(stub.asked).toHaveLength(1);
  at += 1000;
  await billing.prices([month]);
  expect(stub.asked).toHaveLength(2);
  at = now;
  await billing.prices([month]);
  expect(stub.asked).toHaveLength(3);
});

test('a fault is not kept, and a price that was missing is looked for again soon', async () => {
  const stub = await startStub();
  stub.on('GET /v1/prices/price_month', stripeError(403, {}), missing, price());
  let at = now;
  const billing = billingAt(stub.url, { clock: () => at });
  await expect(billing.prices([month])).rejects.toMatchObject({ kind: 'not-allowed' });
  expect(await billing.prices([month])).toEqual([]);
  expect(await billing.prices([month])).toEqual([]);
  at += 10_000;
  expect(await billing.prices([month])).toHaveLength(1);
  expect(stub.asked).toHaveLength(3);
});

test.each([
  ['en', 'en', 'en'],
  ['en-US', 'en', 'en'],
  ['en-GB', 'en-GB', 'en-GB'],
  ['en-IN', 'en', 'en-IN'],
  ['de-AT', 'de', 'de'],
  ['fr-CA', 'fr-CA', 'fr-CA'],
  ['es', 'es', 'es'],
  ['es-ES', 'es', 'es'],
  ['es-MX', 'es-419', 'es-419'],
  ['es-419', 'es-419', 'es-419'],
  ['pt', 'pt', 'pt'],
  ['pt-BR', 'pt-BR', 'pt-BR'],
  ['zh', 'zh', 'zh'],
  ['zh-Hans-HK', 'zh', 'zh'],
  ['zh-HK', 'zh-HK', 'zh-HK'],
  ['zh-Hant', 'zh-TW', 'zh-TW'],
  ['zh-Hant-MO', 'zh-TW', 'zh-TW'],
  ['no', 'nb', 'nb'],
  ['nn-NO', 'nb', 'nb'],
  ['tl', 'fil', 'fil'],
  ['hi', 'hi-IN', 'auto'],
  ['eo', 'auto', 'auto'],
  ['ar-EG', 'auto', 'auto'],
  ['', 'auto', 'auto'],
  ['not a locale', 'auto', 'auto'],
])('the locale %j is %s at checkout and %s in the portal', (locale, atCheckout, inPortal) => {
  expect(stripeLocale('checkout', locale)).toBe(atCheckout);
  expect(stripeLocale('portal', locale)).toBe(inPortal);
});
