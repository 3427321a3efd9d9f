/** A reconcile with the real SDK against the sandbox over HTTP: what the lists say, what they leave out, and what is lost. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createReconcile } from '../../src/billing/reconcile.ts';
import type { ReconcileAsked } from '../../src/billing/reconcile-deps.ts';
import { createRefreshCustomer } from '../../src/billing/refresh-customer.ts';
import { createStripeBilling } from '../../src/billing/stripe-billing.ts';
import type { CustomerId } from '../../src/billing/subscription.ts';
import { derive } from '../../src/entitlements/derive.ts';
import { randomText } from '../../src/ops/random.ts';
import type { ReaderId } from '../../src/readers/reader.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { startTypeScript } from '../support/typescript-process.ts';
import { until } from '../support/until.ts';
import { terms } from './customer-facts.ts';
import { noDrift, reportOf } from './reconcile-bench.ts';
import { card, dayMs, openReconcileSandbox, type ReconcileSandbox } from './reconcile-sandbox.ts';

let redis: RedisServer;
let directory: string;
let shop: ReconcileSandbox;
let stores: Stores;
let webhooks: number;
let plans: ReturnType<typeof terms>['plans'];
beforeEach(async () => {
  redis = await startRedis();
  directory = mkdtempSync(join(tmpdir(), 'gatefold-reconcile-'));
  webhooks = 500;
  stores = await openStores({ redisUrl: redis.url, dataDir: '', warn: () => {} });
  plans = [
    { id: 'monthly', name: 'Monthly', products: ['all'], price: 'price_monthly' },
    { id: 'yearly', name: 'Yearly', products: ['all', 'archive'], price: 'price_yearly' },
    { id: 'week', name: 'A week', products: ['all'], price: 'price_week', passDays: 7 },
  ] as never;
  shop = await openReconcileSandbox(plans, () => webhooks);
});
afterEach(async () => {
  await stores.close();
  await shop.close();
  await redis.stop();
  rmSync(directory, { recursive: true, force: true });
});

const policy = () => ({ ...terms(), plans }) as never;

const gatefold = () => {
  const { apiBase, secretKey, webhookSecret, now } = shop.sandbox;
  const calls = { made: 0 };
  const billing = createStripeBilling({
    apiBase,
    secretKey,
    webhookSecrets: [webhookSecret],
    plans: () => plans,
    billing: () => terms().billing,
    clock: now,
    onCall: () => {
      calls.made += 1;
    },
  });
  const { customers, entitlements, readers } = stores;
  const shared = { billing, customers, entitlements, readers, policy, clock: now };
  const reconcile = createReconcile({
    ...shared,
    refreshCustomer: createRefreshCustomer(shared),
    realNow: () => Date.now(),
    random: randomText,
    callsMade: () => calls.made,
    settings: { callsPerSecond: 1_000_000, retryMs: 20 },
  });
  return { billing, run: async (asked: ReconcileAsked = {}) => reportOf(await reconcile(asked)) };
};

const buyer = async () => {
  const reader = randomText(12) as ReaderId;
  await stores.readers.putUnproved({ id: reader, createdAt: shop.sandbox.now() });
  const { id } = await shop.stripe.customers.create({
    email: `${reader.toLowerCase()}@example.test`,
    metadata: { gatefold_reader: reader },
  });
  return { reader, id: id as CustomerId };
};

type Buyer = Awaited<ReturnType<typeof buyer>>;

const buys = async (
  { id, reader }: Buyer,
  price: string,
  { payment = card('4242 4242 4242 4242'), mode = 'subscription' as 'subscription' | 'payment' } = {},
): Promise<void> => {
  const checkout = await shop.stripe.checkout.sessions.create({
    mode,
    customer: id,
    line_items: [{ price, quantity: 1 }],
    metadata: { gatefold_reader: reader },
    success_url: 'http://localhost:8080/-/checkout/return',
  });
  expect(shop.sandbox.actions.submitCheckout(checkout.id, { payment })).toMatchObject({ kind: 'paid' });
};

const subscriptionOf = async ({ id }: Buyer) => {
  const [subscription] = (await shop.stripe.subscriptions.list({ customer: id, status: 'all' })).data;
  if (!subscription) throw new Error('it has none');
  return subscription;
};

/** Events of the last ten minutes are looked at by the next run too. */
const afterHalfAnHour = async (): Promise<void> => {
  await shop.sandbox.controls.settled();
  await shop.sandbox.controls.moveClock(shop.sandbox.now() + 1_800_000);
};

const accessOf = async (reader: ReaderId) =>
  (await stores.entitlements.of(reader)).filter(({ endsAt }) => endsAt > shop.sandbox.now());

/** As Stripe's state of the customer gives it, by the rule. */
const expectInStep = async (buyers: readonly Buyer[]): Promise<void> => {
  const { billing } = gatefold();
  for (const { id, reader } of buyers) {
    const state = await billing.customerState(id);
    const due = state ? derive(state, policy(), shop.sandbox.now()) : [];
    expect((await accessOf(reader)).map(({ id, endsAt }) => [id, endsAt]).sort()).toEqual(
      due.map(({ id, endsAt }) => [id, endsAt]).sort(),
    );
  }
};

describe('webhooks that never arrived', () => {
  test('are made up for by the events that Stripe still has, and a second run asks for lists only', async () => {
    const [one, two, none] = [await buyer(), await buyer(), await buyer()];
    await buys(one, 'price_monthly');
    await buys(two, 'price_yearly');
    await buys(two, 'price_week', { mode: 'payment' });
    await afterHalfAnHour();
    const { run } = gatefold();
    const report = await run();
    expect(report).toMatchObject({ checked: 2, drift: { ...noDrift, 'paid-but-stopped': 2 }, failed: [] });
    expect(report.events).toBeGreaterThan(0);
    await expectInStep([one, two, none]);
    expect((await accessOf(two.reader)).length).toBe(3);
    // Two lists of undelivered events, one of subscriptions, one of checkouts.
    expect(await gatefold().run()).toMatchObject({ refetched: 0, drift: noDrift, calls: 4 });
  });

  test('and that Stripe counts as delivered are found by the sweep', async () => {
    webhooks = 200;
    const [one, two] = [await buyer(), await buyer()];
    await buys(one, 'price_monthly');
    await buys(two, 'price_week', { mode: 'payment' });
    await shop.sandbox.controls.settled();
    expect(await gatefold().run()).toMatchObject({
      events: 0,
      drift: { ...noDrift, 'paid-but-stopped': 2 },
    });
    await expectInStep([one, two]);
  });
});

test('whatever became of a subscription, the list says nothing that the customer’s own state doesn’t', async () => {
  webhooks = 200;
  const buyers = await Promise.all(Array.from({ length: 7 }, () => buyer()));
  const [active, ending, ended, owing, refunded, twice, email] = buyers as [
    Buyer,
    Buyer,
    Buyer,
    Buyer,
    Buyer,
    Buyer,
    Buyer,
  ];
  for (const each of buyers) await buys(each, 'price_monthly');
  await buys(twice, 'price_yearly');
  expect((await gatefold().run()).drift).toEqual({ ...noDrift, 'paid-but-stopped': 7 });
  expect((await gatefold().run()).refetched).toBe(0);

  const { stripe } = shop;
  const portal = await stripe.billingPortal.sessions.create({
    customer: owing.id,
    return_url: 'http://localhost:8080/',
  });
  shop.sandbox.actions.changeCard(portal.id, card('4000 0000 0000 0341'));
  await stripe.subscriptions.update((await subscriptionOf(ending)).id, { cancel_at_period_end: true });
  await stripe.subscriptions.cancel((await subscriptionOf(ended)).id);
  await stripe.customers.update(email.id, { email: 'new@example.test' });
  expect((await gatefold().run()).drift).toEqual({
    ...noDrift,
    'not-paid-but-let-in': 1,
    'other-dates': 1,
    'old-account': 1,
  });
  expect((await gatefold().run()).refetched).toBe(0);

  await shop.sandbox.controls.moveClock(shop.sandbox.now() + 33 * dayMs);
  expect((await gatefold().run()).failed).toEqual([]);
  expect((await subscriptionOf(owing)).status).toBe('past_due');
  expect((await accessOf(owing.reader)).map(({ paymentDue }) => paymentDue)).toEqual([true]);
  expect((await gatefold().run()).refetched).toBe(0);

  const [charge] = (await stripe.charges.list({ customer: refunded.id })).data;
  webhooks = 500;
  await stripe.refunds.create({ charge: charge?.id as string });
  await afterHalfAnHour();
  expect((await gatefold().run()).drift).toEqual({ ...noDrift, 'not-paid-but-let-in': 1 });
  expect((await gatefold().run()).refetched).toBe(0);

  webhooks = 200;
  await stripe.customers.del(active.id);
  await afterHalfAnHour();
  expect((await gatefold().run()).drift).toEqual({ ...noDrift, 'not-paid-but-let-in': 1 });
  expect((await gatefold().run()).refetched).toBe(0);
  await expectInStep(buyers);
});

test('an emptied Redis is rebuilt from Stripe alone, readers included', async () => {
  webhooks = 200;
  shop.sandbox.seedSubscriptions(230, 'price_monthly');
  const passes = await buyer();
  await buys(passes, 'price_week', { mode: 'payment' });
  await gatefold().run();
  const before = await everything();
  expect(before.size).toBe(231);
  await redis.call('FLUSHALL');
  expect((await gatefold().run()).drift).toEqual({ ...noDrift, 'paid-but-stopped': 231 });
  expect(await everything()).toEqual(before);
});

const everything = async () => {
  const rights = new Map<string, unknown>();
  for await (const page of stores.customers.all())
    for (const { id, owner } of page) rights.set(id, [owner, await stores.entitlements.of(owner)]);
  return rights;
};

test('kill -9 in the middle of the sweep loses nothing, and the next run goes on from there', async () => {
  shop.sandbox.seedSubscriptions(250, 'price_monthly');
  const { apiBase, secretKey } = shop.sandbox;
  const child = startTypeScript(new URL('./reconcile-child.ts', import.meta.url), [
    apiBase,
    secretKey,
    redis.url,
  ]);
  await until(async () => (await stores.customers.progress())?.after !== undefined, 'a page to be done');
  child.child.kill('SIGKILL');
  const kept = await stores.customers.progress();
  expect(kept).toMatchObject({ phase: 'sweep' });
  const reconcile = gatefold();
  await until(
    () =>
      reconcile.run().then(
        (report) => {
          expect(report).toMatchObject({ resumed: true, run: kept?.run, checked: 250, failed: [] });
          return true;
        },
        () => false,
      ),
    'the lease of the killed one to end',
  );
  expect((await everything()).size).toBe(250);
  for (const rights of (await everything()).values())
    expect(rights).toEqual([expect.any(String), [expect.objectContaining({ product: 'all' })]]);
  expect(await gatefold().run()).toMatchObject({ refetched: 0, drift: noDrift });
});

test('Stripe’s faults in between are waited out', async () => {
  webhooks = 200;
  shop.sandbox.seedSubscriptions(40, 'price_monthly');
  await shop.fail('/v1/subscriptions', 'rate-limit', 3);
  const { run } = gatefold();
  expect(await run()).toMatchObject({ checked: 40, healed: 40, failed: [] });
});
