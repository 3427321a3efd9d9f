/** Checkout in the offline Stripe, by the real SDK over HTTP. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Stripe from 'stripe';
import { sandboxTest } from '../support/stripe-under-test.ts';
import { card, good, openShop, type Shop, subscribed } from './open-shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

const begin = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  shop.stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price: shop.prices.monthly, quantity: 1 }],
    success_url: 'http://localhost:8080/-/checkout/return?session_id={CHECKOUT_SESSION_ID}',
    ...more,
  });

describe('a checkout', () => {
  sandboxTest(
    'paid with 4242 makes an active subscription with a paid invoice, its payment and its events',
    async () => {
      const { checkout, customer, outcome, subscription } = await subscribed(shop);
      expect(checkout.url).toMatch(new RegExp(`^http://[^/]+/-/sandbox/checkout/${checkout.id}$`));
      expect(outcome).toEqual({
        kind: 'paid',
        returnUrl: `http://localhost:8080/-/checkout/return?session_id=${checkout.id}`,
      });
      expect(subscription).toMatchObject({ status: 'active', customer: customer.id, cancel_at: null });
      expect(subscription).not.toHaveProperty('current_period_end');
      const item = subscription.items.data[0]!;
      expect(item.current_period_end - item.current_period_start).toBeGreaterThan(27 * 86_400);
      expect(item.price.unit_amount_decimal?.toString()).toBe('1200');
      const complete = await shop.stripe.checkout.sessions.retrieve(checkout.id, {
        expand: ['subscription.latest_invoice.payments', 'line_items'],
      });
      expect(complete).toMatchObject({
        status: 'complete',
        payment_status: 'paid',
        url: null,
        amount_total: 1200,
      });
      const invoice = (complete.subscription as Stripe.Subscription).latest_invoice as Stripe.Invoice;
      expect(invoice).toMatchObject({
        status: 'paid',
        amount_paid: 1200,
        billing_reason: 'subscription_create',
      });
      expect(invoice.parent?.subscription_details?.subscription).toBe(subscription.id);
      const intent = await shop.stripe.paymentIntents.retrieve(
        invoice.payments?.data[0]?.payment.payment_intent as string,
        { expand: ['latest_charge'] },
      );
      expect(intent).toMatchObject({ status: 'succeeded', latest_charge: { paid: true, amount: 1200 } });
      await shop.sandbox.controls.settled();
      expect(shop.types()).toEqual(
        expect.arrayContaining([
          'customer.created',
          'charge.succeeded',
          'payment_intent.succeeded',
          'customer.subscription.created',
          'invoice.created',
          'invoice.finalized',
          'invoice.paid',
          'checkout.session.completed',
        ]),
      );
    },
  );

  sandboxTest(
    'without a customer makes one with the typed address, and a customer with an address keeps it',
    async () => {
      const checkout = await begin();
      const paid = await shop.sandbox.actions.submitCheckout(checkout.id, {
        email: 'a@b.test',
        payment: good,
      });
      expect(paid.kind).toBe('paid');
      const { customer } = await shop.stripe.checkout.sessions.retrieve(checkout.id, {
        expand: ['customer'],
      });
      expect(customer).toMatchObject({ email: 'a@b.test' });
      const { customer: kept } = await subscribed(shop);
      expect(await shop.stripe.customers.retrieve(kept.id)).toMatchObject({ email: kept.email });
    },
  );

  sandboxTest.each([
    ['4000000000000002', { code: 'card_declined', declineCode: 'generic_decline' }],
    ['4000000000009995', { code: 'card_declined', declineCode: 'insufficient_funds' }],
    ['4000000000000069', { code: 'expired_card', field: 'expiry' }],
    ['4000000000000127', { code: 'incorrect_cvc', field: 'cvc' }],
    ['4000000000000341', { code: 'card_declined' }],
    ['4242424242424241', { code: 'incorrect_number', field: 'number' }],
    ['4929000000006', { code: 'card_declined', declineCode: 'test_mode_live_card' }],
  ])('with %s is declined and stays open, and another card pays it', async (number, refusal) => {
    const { id: customer } = await shop.stripe.customers.create();
    const checkout = await begin({ customer });
    const pay = async (payment: ReturnType<typeof card>) =>
      shop.sandbox.actions.submitCheckout(checkout.id, { email: 'a@b.test', payment });
    expect(await pay(card(number))).toMatchObject({ kind: 'declined', ...refusal });
    expect((await shop.stripe.checkout.sessions.retrieve(checkout.id)).status).toBe('open');
    expect((await shop.stripe.subscriptions.list({ customer, status: 'all' })).data).toEqual([]);
    expect((await pay(good)).kind).toBe('paid');
    expect((await pay(good)).kind).toBe('gone');
  });

  sandboxTest.each(['4000002500003155', '4000000000003220', '4000002760003184'])(
    'with %s waits for the bank: refused it can be tried again, approved it is paid',
    async (number) => {
      const { id: customer } = await shop.stripe.customers.create();
      const checkout = await begin({ customer });
      const { actions } = shop.sandbox;
      const ask = async () => {
        const outcome = await actions.submitCheckout(checkout.id, {
          email: 'a@b.test',
          payment: card(number),
        });
        if (outcome.kind !== 'needs-authentication') throw new Error(outcome.kind);
        return outcome.challengeId;
      };
      const first = await ask();
      expect(await actions.challenge(first)).toMatchObject({
        amount: 1200,
        currency: 'eur',
        card: { last4: number.slice(-4) },
      });
      expect(await actions.answerChallenge(first, false)).toMatchObject({
        kind: 'declined',
        code: 'payment_intent_authentication_failure',
        backUrl: `/-/sandbox/checkout/${checkout.id}`,
      });
      expect(await actions.answerChallenge(first, true)).toEqual({ kind: 'gone' });
      expect(await actions.answerChallenge(await ask(), true)).toMatchObject({ kind: 'done' });
      expect((await shop.stripe.subscriptions.list({ customer })).data[0]?.status).toBe('active');
    },
  );

  sandboxTest(
    'paid by bank debit is processing and gives nothing for three days, then succeeds or fails',
    async () => {
      const pay = async (iban: string) => {
        const checkout = await begin();
        const outcome = await shop.sandbox.actions.submitCheckout(checkout.id, {
          email: 'a@b.test',
          payment: { kind: 'bank-debit', iban },
        });
        expect(outcome.kind).toBe('processing');
        return checkout.id;
      };
      const [passing, failing] = [
        await pay('DE89 3704 0044 0532 0130 00'),
        await pay('DE62370400440532013202'),
      ];
      const state = async (id: string) => {
        const { payment_status, status, subscription } = await shop.stripe.checkout.sessions.retrieve(id, {
          expand: ['subscription'],
        });
        return [status, payment_status, (subscription as Stripe.Subscription).status];
      };
      expect(await state(passing)).toEqual(['complete', 'unpaid', 'incomplete']);
      await shop.sandbox.controls.moveClock(shop.sandbox.now() + 4 * 86_400_000);
      expect(await state(passing)).toEqual(['complete', 'paid', 'active']);
      expect(await state(failing)).toEqual(['complete', 'unpaid', 'incomplete_expired']);
      await shop.sandbox.controls.settled();
      expect(shop.types()).toEqual(
        expect.arrayContaining([
          'checkout.session.async_payment_succeeded',
          'checkout.session.async_payment_failed',
          'payment_intent.processing',
        ]),
      );
    },
  );

  sandboxTest('with a trial costs nothing now and says so', async () => {
    const checkout = await begin({ subscription_data: { trial_period_days: 14, metadata: { plan: 'm' } } });
    expect(await shop.sandbox.actions.checkout(checkout.id)).toMatchObject({
      amountDue: 0,
      amountTotal: 1200,
      trialDays: 14,
    });
    await shop.sandbox.actions.submitCheckout(checkout.id, { email: 'a@b.test', payment: good });
    const done = await shop.stripe.checkout.sessions.retrieve(checkout.id, { expand: ['subscription'] });
    expect(done).toMatchObject({
      payment_status: 'no_payment_required',
      subscription: { status: 'trialing', metadata: { plan: 'm' } },
    });
  });

  sandboxTest('for a pass is paid once, and makes no subscription', async () => {
    const checkout = await begin({ mode: 'payment', line_items: [{ price: shop.prices.week, quantity: 1 }] });
    await shop.sandbox.actions.submitCheckout(checkout.id, { email: 'a@b.test', payment: good });
    const done = await shop.stripe.checkout.sessions.retrieve(checkout.id, {
      expand: ['payment_intent.latest_charge'],
    });
    expect(done).toMatchObject({
      mode: 'payment',
      payment_status: 'paid',
      subscription: null,
      payment_intent: { latest_charge: { paid: true, refunded: false } },
    });
  });

  sandboxTest('takes a promotion code off once', async () => {
    const { id: coupon } = await shop.stripe.coupons.create({ percent_off: 25, duration: 'once' });
    const { code } = await shop.stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon } });
    const { id: customer } = await shop.stripe.customers.create();
    const checkout = await begin({ customer, allow_promotion_codes: true });
    expect(await shop.sandbox.actions.promotion(checkout.id, 'nonsense')).toBeUndefined();
    expect(await shop.sandbox.actions.promotion(checkout.id, code.toLowerCase())).toMatchObject({
      ...{ code, amountOff: 300 },
    });
    const submitted = { email: 'a@b.test', payment: good };
    expect(
      await shop.sandbox.actions.submitCheckout(checkout.id, { ...submitted, promotionCode: 'no' }),
    ).toMatchObject({ kind: 'declined', field: 'promotion-code' });
    await shop.sandbox.actions.submitCheckout(checkout.id, { ...submitted, promotionCode: code });
    await shop.sandbox.controls.moveClock(shop.sandbox.now() + 32 * 86_400_000);
    const { data } = await shop.stripe.invoices.list({ customer });
    expect(data.map(({ total }) => total)).toEqual([1200, 900]);
  });

  sandboxTest('expires after a day, or at once when it is told to', async () => {
    const [first, second] = [await begin(), await begin()];
    expect((await shop.stripe.checkout.sessions.expire(first.id)).status).toBe('expired');
    await expect(shop.stripe.checkout.sessions.expire(first.id)).rejects.toThrow(/expired/);
    await shop.sandbox.controls.moveClock(shop.sandbox.now() + 24 * 3_600_000 + 1_000);
    expect(await shop.stripe.checkout.sessions.retrieve(second.id)).toMatchObject({
      status: 'expired',
      url: null,
    });
    expect(
      await shop.sandbox.actions.submitCheckout(second.id, { email: 'a@b.test', payment: good }),
    ).toEqual({
      kind: 'gone',
    });
  });

  test.each<[string, () => object, string, string | undefined]>([
    ['the old name of its look', () => ({ ui_mode: 'hosted' }), 'ui_mode', undefined],
    [
      'a parameter that is gone',
      () => ({ payment_method_types: ['card'] }),
      'payment_method_types',
      'parameter_unknown',
    ],
    ['an unknown price', () => linesOf('price_none'), 'line_items[0][price]', 'resource_missing'],
    ['an unknown customer', () => ({ customer: 'cus_none' }), 'customer', 'resource_missing'],
    ['a subscription’s price for once', () => ({ mode: 'payment' }), 'line_items[0][price]', undefined],
    ['a pass’s price for a subscription', () => linesOf(shop.prices.week), 'line_items', undefined],
    ['an address that is none', () => ({ success_url: 'nowhere' }), 'success_url', 'url_invalid'],
    [
      'a parameter that never was',
      () => ({ subscription_data: { nonsense: 1 } }),
      'subscription_data[nonsense]',
      'parameter_unknown',
    ],
  ])('with %s is refused, naming the parameter', async (_, more, param, code) => {
    const refused = begin(more() as Stripe.Checkout.SessionCreateParams);
    await expect(refused).rejects.toMatchObject({ statusCode: 400, param, code });
    await expect(refused).rejects.toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
  });
});

const linesOf = (price: string) => ({ line_items: [{ price, quantity: 1 }] });
