/** Whatever happens to it, the offline Stripe stays in agreement with what it told about. */
import { expect } from '@jest/globals';
import fc from 'fast-check';
import type Stripe from 'stripe';
import { sandboxTest } from '../support/stripe-under-test.ts';
import { card, day, openShop, type Shop, subscribed } from './open-shop.ts';

type Act = (shop: Shop, pick: number) => Promise<unknown> | unknown;

const numbers = [
  '4242424242424242',
  '4000000000000341',
  '4000002760003184',
  '4000000000000002',
  '4000000000000259',
];

const plans = ['monthly', 'daily', 'yearly'] as const;

/** Of this history alone, whatever else is on the server. */
const own = ({ openedAt }: Shop) => ({ created: { gte: openedAt }, limit: 100 });

const allSubscriptions = async (shop: Shop) =>
  (await shop.stripe.subscriptions.list({ ...own(shop), status: 'all' })).data;
const oneOf = <T>(all: readonly T[], pick: number): T | undefined => all[pick % Math.max(1, all.length)];

const onSubscription =
  (act: (shop: Shop, subscription: Stripe.Subscription, pick: number) => Promise<unknown>): Act =>
  async (shop, pick) => {
    const subscription = oneOf(await allSubscriptions(shop), pick);
    if (!subscription) return;
    // What Stripe refuses in this state changes nothing, and is part of a history.
    await act(shop, subscription, pick).catch((error: Stripe.errors.StripeError) => {
      if ((error.statusCode ?? 500) >= 500) throw error;
    });
  };

const inPortal = (act: (shop: Shop, portal: string, subscription: string, pick: number) => unknown): Act =>
  onSubscription(async (shop, { customer, id }, pick) => {
    const portal = await shop.stripe.billingPortal.sessions.create({ customer: String(customer) });
    const outcome = (await act(shop, portal.id, id, pick)) as {
      readonly kind: string;
      readonly challengeId?: string;
    };
    if (outcome.challengeId !== undefined)
      await shop.sandbox.actions.answerChallenge(outcome.challengeId, pick % 2 === 0);
  });

const acts: Readonly<Record<string, Act>> = {
  subscribe: (shop, pick) => subscribed(shop, oneOf(plans, pick), card(oneOf(numbers, pick)!)),
  subscribeOnTrial: (shop, pick) =>
    shop.stripe.customers.create().then(({ id }) =>
      shop.stripe.subscriptions.create({
        customer: id,
        items: [{ price: shop.prices.monthly }],
        trial_period_days: 1 + (pick % 9),
        trial_settings: {
          end_behavior: { missing_payment_method: oneOf(['pause', 'cancel', 'create_invoice'], pick)! },
        },
      }),
    ),
  payByDebit: async (shop, pick) => {
    const checkout = await shop.stripe.checkout.sessions.create({
      mode: pick % 2 === 0 ? 'subscription' : 'payment',
      line_items: [{ price: pick % 2 === 0 ? shop.prices.monthly : shop.prices.week, quantity: 1 }],
      success_url: 'http://localhost/{CHECKOUT_SESSION_ID}',
    });
    const iban = pick % 3 === 0 ? 'DE62370400440532013202' : 'DE89370400440532013000';
    await shop.sandbox.actions.submitCheckout(checkout.id, {
      email: 'd@e.test',
      payment: { kind: 'bank-debit', iban },
    });
  },
  wait: (shop, pick) => shop.sandbox.controls.moveClock(shop.sandbox.now() + ((pick % 40) + 0.1) * (day / 2)),
  cancelLater: onSubscription((shop, { id }) =>
    shop.stripe.subscriptions.update(id, { cancel_at_period_end: true }),
  ),
  keep: onSubscription((shop, { id }) =>
    shop.stripe.subscriptions.update(id, { cancel_at_period_end: false }),
  ),
  cancelNow: onSubscription((shop, { id }) => shop.stripe.subscriptions.cancel(id)),
  pause: onSubscription((shop, { id }, pick) =>
    shop.stripe.subscriptions.update(id, {
      pause_collection:
        pick % 3 === 0 ? '' : { behavior: oneOf(['void', 'keep_as_draft', 'mark_uncollectible'], pick)! },
    }),
  ),
  changeQuantity: onSubscription((shop, { id, items }, pick) =>
    shop.stripe.subscriptions.update(id, { items: [{ id: items.data[0]!.id, quantity: 1 + (pick % 4) }] }),
  ),
  resume: onSubscription((shop, { id }) => shop.stripe.subscriptions.resume(id)),
  endTrial: onSubscription((shop, { id }) => shop.stripe.subscriptions.update(id, { trial_end: 'now' })),
  deleteCustomer: onSubscription((shop, { customer }) => shop.stripe.customers.del(String(customer))),
  refund: async (shop, pick) => {
    const charge = oneOf((await shop.stripe.charges.list(own(shop))).data, pick);
    if (charge) await shop.stripe.refunds.create({ charge: charge.id }).catch(() => undefined);
  },
  changeCard: inPortal(({ sandbox }, portal, _, pick) =>
    sandbox.actions.changeCard(portal, card(oneOf(numbers, pick)!)),
  ),
  switchPlan: inPortal(({ prices, sandbox }, portal, id, pick) =>
    sandbox.actions.switchPlan(portal, id, prices[oneOf(plans, pick)!]),
  ),
  payInvoice: inPortal(async ({ sandbox }, portal, _, pick) => {
    const view = await sandbox.actions.portal(portal);
    const owed = view?.invoices.filter(({ payable }) => payable) ?? [];
    return sandbox.actions.payInvoice(portal, oneOf(owed, pick)?.id ?? '');
  }),
};

const step = fc.record({ act: fc.constantFrom(...Object.keys(acts)), pick: fc.nat(99) });

sandboxTest(
  'after any history the last event of each object says what the API says, and every state is a possible one',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (history) => {
        const shop = await openShop();
        try {
          await subscribed(shop);
          for (const { act, pick } of history) await acts[act]!(shop, pick);
          expect(shop.warnings).toEqual([]);
          for (const subscription of await allSubscriptions(shop))
            expectPossible(subscription, shop.sandbox.now() / 1_000);
          await shop.sandbox.controls.settled();
          await expectTold(shop);
        } finally {
          await shop.close();
        }
      }),
      { numRuns: 60 },
    );
  },
);

const expectPossible = (subscription: Stripe.Subscription, now: number): void => {
  const { status, items, ended_at, cancel_at } = subscription;
  const over = status === 'canceled' || status === 'incomplete_expired';
  expect(ended_at !== null).toBe(over);
  for (const { current_period_start: start, current_period_end: end } of items.data) {
    expect(end).toBeGreaterThan(start);
    // Whatever is still going on is in a period that isn't over.
    if (['active', 'past_due', 'trialing', 'unpaid'].includes(status)) expect(end).toBeGreaterThan(now - 2);
  }
  if (!over && cancel_at !== null) expect(cancel_at).toBeGreaterThan(now - 2);
};

const expectTold = async (shop: Shop): Promise<void> => {
  const { stripe, received } = shop;
  const arrived = new Set(received.map(({ event }) => event.id));
  const newest = new Map<string, Stripe.Event>();
  for await (const event of stripe.events.list(own(shop))) {
    expect([event.type, arrived.has(event.id)]).toEqual([event.type, true]);
    const id = String(idOf(event.data.object));
    if (!newest.has(id)) newest.set(id, event);
  }
  /** Stripe forgets its events after a month; of those that arrived in one second, any may be the last. */
  const lastOf = (id: string): readonly Stripe.Event[] => {
    const listed = newest.get(id);
    if (listed) return [listed];
    const events = received.map(({ event }) => event).filter(({ data }) => idOf(data.object) === id);
    return events.filter(({ created }) => created === events.at(-1)?.created);
  };
  const compare = (found: readonly { readonly id: string; readonly created: number }[]) => {
    for (const shown of found)
      expect(lastOf(shown.id).map(({ data }) => asText(data.object))).toContainEqual(asText(shown));
  };
  compare(await allSubscriptions(shop));
  compare((await stripe.invoices.list(own(shop))).data);
  compare((await stripe.customers.list(own(shop))).data);
  compare((await stripe.checkout.sessions.list({ ...own(shop), status: 'complete' })).data);
  compare((await stripe.charges.list(own(shop))).data);
};

const idOf = (object: object): unknown => Reflect.get(object, 'id');

/** As on the wire; what is told with another object's event is let go: a count, and that a charge is disputed. */
const asText = (object: object): object => {
  const { next_invoice_sequence: _, disputed: __, ...rest } = JSON.parse(JSON.stringify(object));
  return rest;
};
