/** A subscription's life in the offline Stripe, as its clock is moved. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type Stripe from 'stripe';
import { sandboxTest } from '../support/stripe-under-test.ts';
import { card, day, good, openShop, type Shop, subscribed } from './open-shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

const later = (days: number) => shop.sandbox.controls.moveClock(shop.sandbox.now() + days * day);
const read = (id: string) => shop.stripe.subscriptions.retrieve(id);
const portalOf = async (customer: string) =>
  (await shop.stripe.billingPortal.sessions.create({ customer, return_url: 'http://localhost:8080/' })).id;
const periodEnd = ({ items }: Stripe.Subscription) => items.data[0]!.current_period_end;
const invoices = async (subscription: string) =>
  (await shop.stripe.invoices.list({ subscription, limit: 100 })).data;
const types = async () => {
  await shop.sandbox.controls.settled();
  return shop.types();
};

describe('a renewal', () => {
  sandboxTest('begins the next period at once and is paid an hour later', async () => {
    const { subscription } = await subscribed(shop);
    const end = periodEnd(subscription);
    await shop.sandbox.controls.moveClock(end * 1_000 + 60_000);
    const renewed = await read(subscription.id);
    expect(renewed).toMatchObject({ status: 'active' });
    expect(renewed.items.data[0]!.current_period_start).toBe(end);
    expect((await invoices(subscription.id)).map(({ status }) => status)).toEqual(['draft', 'paid']);
    await shop.sandbox.controls.moveClock(end * 1_000 + 3_700_000);
    expect((await invoices(subscription.id)).map(({ status }) => status)).toEqual(['paid', 'paid']);
    expect((await types()).slice(-6)).toEqual(
      expect.arrayContaining(['charge.succeeded', 'payment_intent.succeeded', 'invoice.paid']),
    );
  });

  sandboxTest('on the 31st comes back to the 31st after a short month', async () => {
    await shop.sandbox.controls.moveClock(Date.UTC(2030, 0, 31, 12));
    const { subscription } = await subscribed(shop);
    const ends: string[] = [];
    for (let month = 0; month < 4; month++) {
      const end = periodEnd(await read(subscription.id));
      ends.push(new Date(end * 1_000).toISOString().slice(0, 10));
      await shop.sandbox.controls.moveClock(end * 1_000 + 4_000_000);
    }
    expect(ends).toEqual(['2030-02-28', '2030-03-31', '2030-04-30', '2030-05-31']);
  });

  sandboxTest('of many days in one step happens as often as it should', async () => {
    const { subscription } = await subscribed(shop, 'daily');
    await later(30.5);
    expect((await invoices(subscription.id)).length).toBe(31);
    expect((await read(subscription.id)).status).toBe('active');
  });

  sandboxTest('that fails is tried after 3, 5 and 7 days more, and ends the subscription then', async () => {
    const { customer, subscription } = await subscribed(shop);
    await shop.sandbox.actions.changeCard(await portalOf(customer.id), card('4000000000000341'));
    await shop.sandbox.controls.moveClock(periodEnd(subscription) * 1_000 + 4_000_000);
    const attempts = async () => (await invoices(subscription.id))[0]!.attempt_count;
    expect([await attempts(), (await read(subscription.id)).status]).toEqual([1, 'past_due']);
    for (const [days, count] of [
      [3, 2],
      [5, 3],
    ] as const) {
      await later(days);
      expect([await attempts(), (await read(subscription.id)).status]).toEqual([count, 'past_due']);
    }
    await later(7);
    expect(await read(subscription.id)).toMatchObject({
      status: 'canceled',
      cancellation_details: { reason: 'payment_failed' },
    });
    expect((await invoices(subscription.id))[0]).toMatchObject({
      status: 'open',
      attempt_count: 4,
      next_payment_attempt: null,
    });
    expect(await types()).toEqual(
      expect.arrayContaining([
        'invoice.payment_failed',
        'customer.subscription.updated',
        'customer.subscription.deleted',
      ]),
    );
  });

  sandboxTest(
    'that fails leaves it unpaid where that is set, and paying the invoice makes it active again',
    async () => {
      await shop.control('/sandbox/dunning', { after: 'unpaid' });
      const { customer, subscription } = await subscribed(shop);
      await shop.sandbox.actions.changeCard(await portalOf(customer.id), card('4000000000000341'));
      await shop.sandbox.controls.moveClock(periodEnd(subscription) * 1_000 + 4_000_000);
      await later(16);
      expect((await read(subscription.id)).status).toBe('unpaid');
      const portal = await portalOf(customer.id);
      const [owed] = await invoices(subscription.id);
      expect(await shop.sandbox.actions.payInvoice(portal, owed!.id)).toMatchObject({
        kind: 'declined',
        code: 'card_declined',
      });
      expect(await shop.sandbox.actions.changeCard(portal, good)).toEqual({ kind: 'done' });
      expect(await shop.sandbox.actions.payInvoice(portal, owed!.id)).toEqual({ kind: 'done' });
      expect((await read(subscription.id)).status).toBe('active');
    },
  );

  sandboxTest('by a card that the bank asks about each time waits for the reader', async () => {
    const { customer, subscription } = await subscribed(shop);
    const portal = await portalOf(customer.id);
    const asked = await shop.sandbox.actions.changeCard(portal, card('4000002760003184'));
    if (asked.kind !== 'needs-authentication') throw new Error(asked.kind);
    expect((await shop.sandbox.actions.answerChallenge(asked.challengeId, true)).kind).toBe('done');
    await shop.sandbox.controls.moveClock(periodEnd(subscription) * 1_000 + 4_000_000);
    expect((await read(subscription.id)).status).toBe('past_due');
    expect(await types()).toContain('invoice.payment_action_required');
    const [owed] = await invoices(subscription.id);
    const there = await portalOf(customer.id);
    const paying = await shop.sandbox.actions.payInvoice(there, owed!.id);
    if (paying.kind !== 'needs-authentication') throw new Error(paying.kind);
    expect((await shop.sandbox.actions.answerChallenge(paying.challengeId, true)).kind).toBe('done');
    expect((await read(subscription.id)).status).toBe('active');
  });
});

describe('a trial', () => {
  const trial = async (more: Partial<Stripe.SubscriptionCreateParams> = {}) => {
    const customer = await shop.stripe.customers.create();
    return shop.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: shop.prices.monthly }],
      trial_period_days: 10,
      ...more,
    });
  };

  sandboxTest('is announced three days before its end', async () => {
    await trial();
    await later(6.9);
    expect(await types()).not.toContain('customer.subscription.trial_will_end');
    await later(0.2);
    expect(await types()).toContain('customer.subscription.trial_will_end');
  });

  sandboxTest.each([
    ['pause', 'paused', 'customer.subscription.paused'],
    ['cancel', 'canceled', 'customer.subscription.deleted'],
    ['create_invoice', 'past_due', 'invoice.payment_failed'],
  ] as const)('without a card ends as told: %s makes it %s', async (behavior, status, type) => {
    const subscription = await trial({
      trial_settings: { end_behavior: { missing_payment_method: behavior } },
    });
    expect(subscription.status).toBe('trialing');
    await later(10.1);
    expect((await read(subscription.id)).status).toBe(status);
    expect(await types()).toContain(type);
  });

  sandboxTest('that was paused is resumed once there is a card', async () => {
    const { id, customer } = await trial({
      trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
    });
    await later(11);
    const { id: method } = await shop.stripe.paymentMethods.attach('pm_card_visa', {
      customer: String(customer),
    });
    await shop.stripe.customers.update(String(customer), {
      invoice_settings: { default_payment_method: method },
    });
    expect((await shop.stripe.subscriptions.resume(id)).status).toBe('active');
    expect(await types()).toContain('customer.subscription.resumed');
  });
});

describe('a cancellation', () => {
  sandboxTest('at the period’s end keeps it active until then, and can be taken back', async () => {
    const { subscription } = await subscribed(shop);
    const set = await shop.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    expect(set).toMatchObject({
      status: 'active',
      cancel_at_period_end: true,
      cancel_at: periodEnd(subscription),
    });
    const back = await shop.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false });
    expect(back).toMatchObject({ cancel_at_period_end: false, cancel_at: null, canceled_at: null });
    await shop.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    await shop.sandbox.controls.moveClock(periodEnd(subscription) * 1_000);
    expect(await read(subscription.id)).toMatchObject({
      status: 'canceled',
      ended_at: periodEnd(subscription),
    });
    expect((await invoices(subscription.id)).length).toBe(1);
  });

  sandboxTest('in the portal is a date, and is taken back there', async () => {
    const { customer, subscription } = await subscribed(shop);
    const portal = await portalOf(customer.id);
    expect(await shop.sandbox.actions.cancelAtPeriodEnd(portal, subscription.id)).toEqual({ kind: 'done' });
    expect(await read(subscription.id)).toMatchObject({
      cancel_at_period_end: false,
      cancel_at: periodEnd(subscription),
    });
    expect((await shop.sandbox.actions.portal(portal))?.subscriptions[0]).toMatchObject({ resumable: true });
    expect(await shop.sandbox.actions.resume(portal, subscription.id)).toEqual({ kind: 'done' });
    expect((await read(subscription.id)).cancel_at).toBeNull();
  });

  sandboxTest('now ends it now, and it can’t be ended twice', async () => {
    const { subscription } = await subscribed(shop);
    expect((await shop.stripe.subscriptions.cancel(subscription.id)).status).toBe('canceled');
    await expect(shop.stripe.subscriptions.cancel(subscription.id)).rejects.toMatchObject({
      code: 'resource_missing',
    });
  });

  sandboxTest('comes with the customer’s deletion', async () => {
    const { customer, subscription } = await subscribed(shop);
    expect(await shop.stripe.customers.del(customer.id)).toMatchObject({ deleted: true });
    expect((await read(subscription.id)).status).toBe('canceled');
    expect(await shop.stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true });
    expect((await shop.stripe.customers.list({ email: String(customer.email) })).data).toEqual([]);
    expect((await shop.stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data.length).toBe(
      1,
    );
  });
});

describe('a change', () => {
  sandboxTest('to another interval is charged now, less what is left', async () => {
    const { customer, subscription } = await subscribed(shop);
    await later(15);
    expect(
      await shop.sandbox.actions.switchPlan(await portalOf(customer.id), subscription.id, shop.prices.yearly),
    ).toEqual({
      kind: 'done',
    });
    const switched = await read(subscription.id);
    expect(switched.items.data[0]!.price.id).toBe(shop.prices.yearly);
    const [invoice] = await invoices(subscription.id);
    expect(invoice).toMatchObject({ status: 'paid', billing_reason: 'subscription_update' });
    expect(invoice!.total).toBeGreaterThan(11_200);
    expect(invoice!.total).toBeLessThan(11_600);
  });

  sandboxTest('of the quantity is put onto the next invoice', async () => {
    const { subscription } = await subscribed(shop);
    const [item] = subscription.items.data;
    await later(10);
    await shop.stripe.subscriptions.update(subscription.id, { items: [{ id: item!.id, quantity: 3 }] });
    await shop.sandbox.controls.moveClock(periodEnd(subscription) * 1_000 + 4_000_000);
    const [invoice] = await invoices(subscription.id);
    expect(invoice!.lines.data.length).toBe(3);
    expect(invoice!.total).toBeGreaterThan(3_600);
  });

  sandboxTest(
    'that pauses collection leaves it active, and its invoices are voided until it goes on',
    async () => {
      const { subscription } = await subscribed(shop);
      const resumesAt = periodEnd(subscription) + 86_400;
      await shop.stripe.subscriptions.update(subscription.id, {
        pause_collection: { behavior: 'void', resumes_at: resumesAt },
      });
      await shop.sandbox.controls.moveClock(periodEnd(subscription) * 1_000 + 4_000_000);
      expect(await read(subscription.id)).toMatchObject({
        status: 'active',
        pause_collection: { behavior: 'void' },
      });
      expect((await invoices(subscription.id))[0]!.status).toBe('void');
      await shop.sandbox.controls.moveClock(resumesAt * 1_000);
      expect((await read(subscription.id)).pause_collection).toBeNull();
    },
  );
});

describe('a first payment', () => {
  const incomplete = async () => {
    const customer = await shop.stripe.customers.create();
    return shop.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: shop.prices.monthly }],
      payment_behavior: 'default_incomplete',
    });
  };

  sandboxTest('that doesn’t come within 23 hours makes it incomplete_expired', async () => {
    const subscription = await incomplete();
    expect(subscription.status).toBe('incomplete');
    await later(0.9);
    expect((await read(subscription.id)).status).toBe('incomplete');
    await later(0.1);
    expect((await read(subscription.id)).status).toBe('incomplete_expired');
    expect((await shop.stripe.subscriptions.list({ customer: String(subscription.customer) })).data).toEqual(
      [],
    );
  });

  test('that comes makes it active', async () => {
    const { customer, id, latest_invoice } = await incomplete();
    const { id: method } = await shop.stripe.paymentMethods.attach('pm_card_visa', {
      customer: String(customer),
    });
    const paid = await shop.stripe.invoices.pay(String(latest_invoice), { payment_method: method });
    expect(paid.status).toBe('paid');
    expect((await read(id)).status).toBe('active');
  });
});

describe('money given back', () => {
  const chargeOf = async ({ latest_invoice }: Stripe.Subscription) => {
    const invoice = await shop.stripe.invoices.retrieve(String(latest_invoice), {
      expand: ['payments.data.payment.payment_intent'],
    });
    const intent = invoice.payments?.data[0]?.payment.payment_intent as Stripe.PaymentIntent;
    return { intent: intent.id, charge: String(intent.latest_charge) };
  };

  sandboxTest('in parts and then in full marks the charge refunded, and no more can be given', async () => {
    const { subscription } = await subscribed(shop);
    const { charge } = await chargeOf(subscription);
    await shop.stripe.refunds.create({ charge, amount: 200 });
    expect(await shop.stripe.charges.retrieve(charge)).toMatchObject({
      refunded: false,
      amount_refunded: 200,
    });
    await shop.stripe.refunds.create({ charge });
    expect(await shop.stripe.charges.retrieve(charge, { expand: ['refunds'] })).toMatchObject({
      refunded: true,
      amount_refunded: 1200,
      refunds: { data: [{ amount: 1000 }, { amount: 200 }] },
    });
    await expect(shop.stripe.refunds.create({ charge })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });
    expect(await types()).toContain('charge.refunded');
  });

  sandboxTest('by a dispute is told about, and again when it is won', async () => {
    const { subscription } = await subscribed(shop, 'monthly', card('4000000000000259'));
    const { charge, intent } = await chargeOf(subscription);
    const { data } = await shop.stripe.disputes.list({ charge });
    expect(data).toMatchObject([{ status: 'needs_response', reason: 'fraudulent', payment_intent: intent }]);
    expect((await shop.stripe.charges.retrieve(charge)).disputed).toBe(true);
    await shop.control('/sandbox/disputes/close', { dispute: data[0]!.id, status: 'won' });
    expect((await shop.stripe.disputes.retrieve(data[0]!.id)).status).toBe('won');
    expect(await types()).toEqual(
      expect.arrayContaining(['charge.dispute.created', 'charge.dispute.closed']),
    );
  });
});

describe('entitlements', () => {
  sandboxTest('come with a product’s features and go with the subscription, page by page', async () => {
    const { customer, subscription } = await subscribed(shop);
    const product = String(subscription.items.data[0]!.price.product);
    for (let number = 0; number < 12; number++) {
      const feature = await shop.stripe.entitlements.features.create({
        name: `F${number}`,
        lookup_key: `f-${number}-${product}`,
      });
      await shop.stripe.products.createFeature(product, { entitlement_feature: feature.id });
    }
    const found: string[] = [];
    for await (const { lookup_key } of shop.stripe.entitlements.activeEntitlements.list({
      customer: customer.id,
      limit: 5,
    }))
      found.push(lookup_key);
    expect(found.length).toBe(12);
    await shop.sandbox.controls.settled();
    const summary = shop.received
      .filter(({ event }) => event.type === 'entitlements.active_entitlement_summary.updated')
      .at(-1)!.event.data.object as Stripe.Entitlements.ActiveEntitlementSummary;
    expect(summary).not.toHaveProperty('id');
    expect(summary.entitlements).toMatchObject({ has_more: true });
    expect(summary.entitlements.data.length).toBe(10);
    await shop.stripe.subscriptions.cancel(subscription.id);
    expect((await shop.stripe.entitlements.activeEntitlements.list({ customer: customer.id })).data).toEqual(
      [],
    );
  });
});
