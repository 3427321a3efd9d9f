/** The usual ways of a reader's life, asked through the real SDK of the offline Stripe. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { EventReading, NewCheckout } from '../../src/billing/billing.ts';
import type { CustomerId, PriceId } from '../../src/billing/subscription.ts';
import { randomText } from '../../src/ops/random.ts';
import type { ReaderId } from '../../src/readers/reader.ts';
import { sdkFor } from '../support/stripe-over-http.ts';
import { openStripe, sandboxTest } from '../support/stripe-under-test.ts';
import { billingAt, pass } from './stripe-stub.ts';

const dayMs = 86_400_000;

/** Of nobody else on the server. */
let reader: ReaderId;
let email: string;
beforeEach(() => {
  reader = randomText(12) as ReaderId;
  email = `ann-${reader.toLowerCase()}@example.org`;
});

const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

/** The sandbox with two prices, its hosted pages, and an endpoint that verifies what comes and keeps it. */
const openShop = async () => {
  const readings: EventReading[] = [];
  const server = createServer(async (req, res) => {
    if (req.url !== '/-/webhooks/stripe') return sandbox.handlePage(req, res);
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    readings.push(billing.readEvent(Buffer.concat(chunks), String(req.headers['stripe-signature'])));
    res.statusCode = deaf ? 500 : 200;
    res.end();
  });
  let deaf = false;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  open.push(async () => {
    server.close();
    server.closeAllConnections();
  });
  const sandbox = await openStripe({
    publicUrl: site,
    webhookUrl: `${site}/-/webhooks/stripe`,
    warn: (message) => {
      throw new Error(message);
    },
  });
  open.push(() => sandbox.close());
  const billing = billingAt(sandbox.apiBase, {
    secretKey: sandbox.secretKey,
    webhookSecrets: ['whsec_of_last_year', sandbox.webhookSecret],
    clock: () => sandbox.now(),
    plans: () => [pass],
  });
  const stripe = sdkFor(sandbox);
  const product = await stripe.products.create({ name: 'The magazine' });
  const month = await stripe.prices.create({
    product: product.id,
    currency: 'eur',
    unit_amount: 500,
    recurring: { interval: 'month' },
  });
  const week = await stripe.prices.create({ product: product.id, currency: 'eur', unit_amount: 200 });
  return {
    sandbox,
    stripe,
    billing,
    readings,
    site,
    product: product.id,
    month: month.id as PriceId,
    week: week.id as PriceId,
    setDeaf: (to: boolean) => {
      deaf = to;
    },
  };
};

type Shop = Awaited<ReturnType<typeof openShop>>;

const orderAt = (
  { site, month }: Shop,
  customer: CustomerId,
  extra: Partial<NewCheckout> = {},
): NewCheckout => ({
  customer,
  mode: 'subscription',
  price: month,
  successUrl: `${site}/-/checkout/return?session_id={CHECKOUT_SESSION_ID}`,
  cancelUrl: `${site}/-/subscribe`,
  locale: 'en-US',
  promotionCodes: false,
  metadata: { gatefold_reader: reader },
  idempotencyKey: `one-${reader}`,
  ...extra,
});

/** Types a card on the hosted page, as a browser would. */
const pay = async (url: string, card = '4242424242424242'): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: new URL(url).origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      email,
      name: 'Ann',
      payment: 'card',
      card: 'typed',
      number: card,
      expiry: '12 / 40',
      cvc: '123',
    }),
  });

const subscribed = async (shop: Shop) => {
  const customer = await shop.billing.createCustomer({ reader, locale: 'en' });
  const checkout = await shop.billing.openCheckout(orderAt(shop, customer));
  const answer = await pay(checkout.url ?? '');
  expect(answer.status).toBe(303);
  await shop.sandbox.controls.settled();
  return { customer, checkout };
};

const subscriptionOf = async ({ billing }: Shop, customer: CustomerId) => {
  const found = (await billing.customerState(customer))?.subscriptions[0];
  if (!found) throw new Error('The customer has no subscription.');
  return found;
};

sandboxTest('a reader subscribes: customer, checkout, state and signed webhooks agree', async () => {
  const shop = await openShop();
  const { billing, readings, month } = shop;
  const { customer, checkout } = await subscribed(shop);
  expect(await billing.checkout(checkout.id)).toMatchObject({
    status: 'complete',
    paymentStatus: 'paid',
    customer,
    email,
    metadata: { gatefold_reader: reader },
  });
  const state = await billing.customerState(customer);
  expect(state).toMatchObject({
    id: customer,
    deleted: false,
    email,
    metadata: { gatefold_reader: reader },
    subscriptions: [{ status: 'active', items: [{ price: month, quantity: 1 }], collectionPaused: false }],
    passes: [],
  });
  const subscription = state?.subscriptions[0];
  expect(subscription?.owedSince).toBeUndefined();
  expect(subscription?.reversal).toBeUndefined();
  expect(subscription?.items[0]?.periodEndsAt).toBeGreaterThan(shop.sandbox.now() + 27 * dayMs);
  expect(readings.filter(({ kind }) => kind === 'refused')).toEqual([]);
  const events = readings.flatMap((reading) => (reading.kind === 'event' ? reading.event : []));
  expect(events.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['customer.subscription.created', 'invoice.paid', 'checkout.session.completed']),
  );
  for (const { subject } of events) expect(await billing.customerOf(subject)).toBe(customer);
});

test('a double click makes one customer and one session', async () => {
  const shop = await openShop();
  const { billing, stripe } = shop;
  const customers = await Promise.all(
    ['en', 'de', 'fr'].map((locale) => billing.createCustomer({ reader, locale })),
  );
  expect(new Set(customers).size).toBe(1);
  const customer = customers[0] as CustomerId;
  const sessions = await Promise.all([1, 2].map(() => billing.openCheckout(orderAt(shop, customer))));
  expect(new Set(sessions.map(({ id }) => id)).size).toBe(1);
  expect(await billing.openCheckouts(customer)).toHaveLength(1);
  const made = (await stripe.customers.list({ limit: 100 })).data;
  expect(made.filter(({ metadata }) => metadata.gatefold_reader === reader)).toHaveLength(1);
});

test('a customer that was deleted is told so, and its reader gets another', async () => {
  const { billing, stripe } = await openShop();
  const first = await billing.createCustomer({ reader, locale: 'en' });
  await stripe.customers.del(first);
  expect(await billing.customerState(first)).toMatchObject({ deleted: true, subscriptions: [] });
  const second = await billing.createCustomer({ reader, locale: 'en' });
  expect(second).not.toBe(first);
  expect(await billing.createCustomer({ reader, locale: 'de' })).toBe(second);
});

test('a customer is assigned, and found by its address once it has one', async () => {
  const { billing } = await openShop();
  const customer = await billing.createCustomer({ reader, locale: 'en' });
  expect(await billing.customersWithEmail(email)).toEqual([]);
  const other = randomText(12) as ReaderId;
  await billing.assignCustomer(customer, { reader: other, email });
  expect(await billing.customersWithEmail(email)).toEqual([
    { id: customer, email, metadata: { gatefold_reader: other } },
  ]);
  const another = await billing.createCustomer({ reader, locale: 'en' });
  expect(another).not.toBe(customer);
});

test('an open checkout is expired once', async () => {
  const shop = await openShop();
  const { billing } = shop;
  const customer = await billing.createCustomer({ reader, locale: 'en' });
  const { id } = await billing.openCheckout(orderAt(shop, customer));
  expect(await billing.expireCheckout(id)).toBe(true);
  expect(await billing.expireCheckout(id)).toBe(false);
  expect(await billing.openCheckouts(customer)).toEqual([]);
  expect((await billing.openCheckout(orderAt(shop, customer))).status).toBe('expired');
});

sandboxTest('a trial is told with its end', async () => {
  const shop = await openShop();
  const { billing } = shop;
  const customer = await billing.createCustomer({ reader, locale: 'en' });
  const { url = '' } = await billing.openCheckout(orderAt(shop, customer, { trialDays: 14 }));
  await pay(url);
  const subscription = await subscriptionOf(shop, customer);
  expect(subscription.status).toBe('trialing');
  expect(subscription.trialEndsAt).toBeGreaterThan(shop.sandbox.now() + 13 * dayMs);
});

sandboxTest('a pass is told with the moment of its payment, and when it was given back', async () => {
  const shop = await openShop();
  const { billing, stripe, week } = shop;
  const customer = await billing.createCustomer({ reader, locale: 'en' });
  const { url = '', id } = await billing.openCheckout(
    orderAt(shop, customer, { mode: 'payment', price: week }),
  );
  const before = shop.sandbox.now() - 1000;
  await pay(url);
  const passOf = async () => (await billing.customerState(customer))?.passes[0];
  const bought = await passOf();
  expect(bought).toMatchObject({ checkout: id, price: week });
  expect(bought?.paidAt).toBeGreaterThanOrEqual(before);
  const [charge] = (await stripe.charges.list({ customer })).data;
  await stripe.refunds.create({ charge: charge?.id ?? '' });
  expect((await passOf())?.reversal).toBe('refunded');
});

sandboxTest('a payment given back in full is a reversal of its subscription', async () => {
  const shop = await openShop();
  const { billing, stripe } = shop;
  const { customer } = await subscribed(shop);
  const [charge] = (await stripe.charges.list({ customer })).data;
  await stripe.refunds.create({ charge: charge?.id ?? '', amount: 100 });
  expect((await subscriptionOf(shop, customer)).reversal).toBeUndefined();
  await stripe.refunds.create({ charge: charge?.id ?? '' });
  expect((await subscriptionOf(shop, customer)).reversal).toBe('refunded');
  expect(billing.live).toBe(false);
});

sandboxTest('a card that fails at the renewal makes it owe since the renewal', async () => {
  const shop = await openShop();
  const { stripe, sandbox } = shop;
  const { customer } = await subscribed(shop);
  const method = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  const before = await subscriptionOf(shop, customer);
  await stripe.subscriptions.update(before.id, { default_payment_method: method.id });
  const renewal = before.items[0]?.periodEndsAt ?? 0;
  await sandbox.controls.moveClock(renewal + 2 * dayMs);
  const after = await subscriptionOf(shop, customer);
  expect(after.status).toBe('past_due');
  expect(after.owedSince).toBeGreaterThanOrEqual(renewal);
  expect(after.owedSince).toBeLessThan(renewal + dayMs);
});

sandboxTest('the portal opens at its front and at each task', async () => {
  const shop = await openShop();
  const { billing, site } = shop;
  const { customer } = await subscribed(shop);
  const { id } = await subscriptionOf(shop, customer);
  const returnUrl = `${site}/-/account`;
  for (const flow of [undefined, { kind: 'payment-method' }, { kind: 'cancel', subscription: id }] as const) {
    const url = await billing.openPortal({ customer, returnUrl, locale: 'de', ...(flow ? { flow } : {}) });
    expect((await fetch(url)).status).toBe(200);
  }
});

sandboxTest(
  'a subscription that is to end with its period says when; one that is ended now says so',
  async () => {
    const shop = await openShop();
    const { billing, stripe } = shop;
    const { customer } = await subscribed(shop);
    const { id, items } = await subscriptionOf(shop, customer);
    await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    expect((await subscriptionOf(shop, customer)).cancelAt).toBe(items[0]?.periodEndsAt);
    await billing.cancelNow(id);
    await billing.cancelNow(id);
    const ended = await subscriptionOf(shop, customer);
    expect(ended.status).toBe('canceled');
    expect(ended.endedAt).toBeDefined();
  },
);

sandboxTest('active entitlements are told by their lookup keys', async () => {
  const shop = await openShop();
  const { billing, stripe, product } = shop;
  const feature = await stripe.entitlements.features.create({
    name: 'Archive',
    lookup_key: `archive-${reader}`,
  });
  await stripe.products.createFeature(product, { entitlement_feature: feature.id });
  const { customer } = await subscribed(shop);
  expect((await billing.customerState(customer))?.features).toEqual([`archive-${reader}`]);
});

test('the price that plans name is told', async () => {
  const { billing, month, week } = await openShop();
  expect(await billing.prices([month, week, 'price_nobody_made' as PriceId])).toEqual([
    { id: month, currency: 'eur', unitAmount: 500, interval: 'month', intervalCount: 1, otherAmounts: {} },
    { id: week, currency: 'eur', unitAmount: 200, otherAmounts: {} },
  ]);
});

sandboxTest('events that never arrived are found afterwards, and every subscription is swept', async () => {
  const shop = await openShop();
  const { billing } = shop;
  shop.setDeaf(true);
  const since = shop.sandbox.now() - 1000;
  const { customer } = await subscribed(shop);
  const missed = [];
  for await (const page of billing.undeliveredEvents(since)) missed.push(...page);
  expect(missed.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['checkout.session.completed', 'invoice.paid']),
  );
  expect(missed.map(({ createdAt }) => createdAt)).toEqual(
    missed.map(({ createdAt }) => createdAt).toSorted((one, other) => other - one),
  );
  const swept = [];
  for await (const page of billing.allSubscriptions())
    swept.push(...page.filter((each) => each.customer === customer));
  const { owedSince: _, reversal: __, ...listed } = await subscriptionOf(shop, customer);
  expect(swept).toEqual([
    {
      customer,
      customerEmail: email,
      customerMetadata: { gatefold_reader: reader },
      subscription: listed,
    },
  ]);
});

sandboxTest(
  'webhooks are judged by the clock that is given: the sandbox’s, though it is far ahead of this machine’s',
  async () => {
    const shop = await openShop();
    await shop.sandbox.controls.settled();
    await shop.sandbox.controls.moveClock(shop.sandbox.now() + 400 * dayMs);
    await subscribed(shop);
    expect(shop.readings.filter(({ kind }) => kind === 'event').length).toBeGreaterThan(2);
    expect(shop.readings.filter(({ kind }) => kind === 'refused')).toEqual([]);
  },
);
