/** What the account page tells of each subscription, for every status that Stripe has and some that it hasn't. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accountBilling } from '../../src/billing/account-subscriptions.ts';
import type { CustomerRecord } from '../../src/billing/customer-store.ts';
import type { CustomerId, CustomerState, SubscriptionState } from '../../src/billing/subscription.ts';
import { derive } from '../../src/entitlements/derive.ts';
import type { ReaderId } from '../../src/readers/reader.ts';
import { customer, dayMs, item, noon, pass, subscription, terms } from './customer-facts.ts';

const [ada, eve] = ['ada', 'eve'] as ReaderId[] as [ReaderId, ReaderId];

const record = (state?: CustomerState, owner = ada, payer?: ReaderId): CustomerRecord => ({
  id: (state?.id ?? 'cus_1') as CustomerId,
  owner,
  ...(payer === undefined ? {} : { payer }),
  ...(state === undefined ? {} : { state }),
  readAt: noon,
});

const told = (records: readonly CustomerRecord[], policy = terms(), now = noon) =>
  accountBilling(records, ada, policy, now);

const one = (facts: Parameters<typeof subscription>[0], policy = terms(), now = noon) =>
  told([record(customer({ subscriptions: [subscription(facts)] }))], policy, now).customers[0]
    ?.subscriptions[0];

const until = noon + 15 * dayMs;

describe('each status in its own words', () => {
  test.each([
    ['active', {}, { kind: 'renews', at: until }, true],
    [
      'active, and its renewal not heard of yet',
      { items: [item('price_monthly', { periodEndsAt: noon })] },
      { kind: 'renewing' },
      true,
    ],
    ['trialing', { status: 'trialing', trialEndsAt: until }, { kind: 'trialing', at: until }, true],
    ['trialing, cancelled', { status: 'trialing', cancelAt: until }, { kind: 'trialEnds', at: until }, false],
    ['to be cancelled', { cancelAt: until }, { kind: 'ends', at: until }, false],
    ['with payments paused', { collectionPaused: true }, { kind: 'paymentsPaused' }, true],
    [
      'past due, in its grace',
      { status: 'past_due', owedSince: noon },
      { kind: 'pastDue', endsAt: noon + 7 * dayMs },
      true,
    ],
    [
      'past due, its grace over',
      { status: 'past_due', owedSince: noon - 7 * dayMs },
      { kind: 'unpaid' },
      true,
    ],
    [
      'unpaid, in its grace',
      { status: 'unpaid', owedSince: noon - dayMs },
      { kind: 'pastDue', endsAt: noon + 6 * dayMs },
      true,
    ],
    ['unpaid', { status: 'unpaid', owedSince: noon - 40 * dayMs }, { kind: 'unpaid' }, true],
    ['paused', { status: 'paused' }, { kind: 'paused' }, true],
    ['incomplete', { status: 'incomplete' }, { kind: 'incomplete' }, false],
    ['canceled', { status: 'canceled', endedAt: noon - dayMs }, { kind: 'ended', at: noon - dayMs }, false],
    ['refunded', { reversal: 'refunded' }, { kind: 'refunded' }, true],
    ['disputed', { status: 'past_due', reversal: 'disputed' }, { kind: 'disputed' }, true],
    ['what Stripe invents tomorrow', { status: 'hibernating' }, { kind: 'unknown' }, false],
  ] as const)('%s', (_, facts, standing, cancellable) => {
    expect(one(facts as Partial<SubscriptionState>)).toMatchObject({
      standing,
      cancellable,
      planName: 'monthly',
    });
  });

  test('a refund that the policy lets pass changes no word', () => {
    expect(one({ reversal: 'refunded' }, terms({ refunded: 'keep' }))?.standing.kind).toBe('renews');
  });

  test('one that never came about is not mentioned', () => {
    expect(one({ status: 'incomplete_expired' })).toBeUndefined();
  });

  test('one that ended is mentioned for two months, unless the same runs again', () => {
    const ended = { id: 'sub_0', status: 'canceled', endedAt: noon - 59 * dayMs };
    expect(one(ended)?.standing.kind).toBe('ended');
    expect(one({ ...ended, endedAt: noon - 60 * dayMs })).toBeUndefined();
    const again = customer({ subscriptions: [subscription(ended), subscription()] });
    expect(told([record(again)]).customers[0]?.subscriptions.map(({ id }) => id)).toEqual(['sub_1']);
  });
});

describe('whose it is', () => {
  test('what the reader only paid for is told by the products it opens, and by nothing else', () => {
    const theirs = customer({ email: 'eve@example.com', subscriptions: [subscription()] });
    const billing = told([record(theirs, eve, ada)]);
    expect(billing).toEqual({ customers: [], elsewhere: ['Everything'] });
    expect(JSON.stringify(billing)).not.toContain('eve');
  });

  test('a customer deleted at Stripe has nothing to manage, nor one that was made and never paid', () => {
    const deleted = customer({ deleted: true, subscriptions: [subscription()] });
    expect(told([record(deleted), record(customer()), record()]).customers).toEqual([]);
  });

  test('one that bought passes alone has invoices to look at', () => {
    expect(told([record(customer({ passes: [pass()] }))]).customers).toEqual([
      { id: 'cus_1', subscriptions: [] },
    ]);
  });

  test('the address typed when paying is the one read last', () => {
    const [older, newer] = ['old@example.com', 'new@example.com'].map((email, place) => ({
      ...record(customer({ email, subscriptions: [subscription()] })),
      readAt: noon + place,
    })) as [CustomerRecord, CustomerRecord];
    expect(told([newer, older]).typedEmail).toBe('new@example.com');
  });
});

describe('what it is called', () => {
  test('by its plans, and by the one it was bought as when that is sold at another price now', () => {
    expect(one({ items: [item('price_monthly'), item('price_puzzles')] })?.planName).toBe('monthly, puzzles');
    const former = { items: [item('price_of_2019')], metadata: { gatefold_plan: 'yearly' } };
    expect(one(former)?.planName).toBe('yearly');
  });

  test('a plan that is no longer in the policy has no name and is shown all the same: it is still charged', () => {
    const shown = one({ items: [item('price_of_2019')], metadata: { gatefold_plan: 'gone' } });
    expect(shown?.standing.kind).toBe('renews');
    expect(shown).not.toHaveProperty('planName');
  });

  test('one of another service on the same Stripe account is not shown', () => {
    expect(one({ items: [item('price_of_the_shop')] })).toBeUndefined();
  });

  test('one that opens a product by Stripe’s own entitlements is, whatever its price', () => {
    const state = customer({
      features: ['all'],
      subscriptions: [subscription({ items: [item('price_x')] })],
    });
    expect(told([record(state)]).customers[0]?.subscriptions).toHaveLength(1);
  });
});

describe('any subscription', () => {
  const any = fc.record({
    status: fc.constantFrom(
      'active',
      'trialing',
      'past_due',
      'unpaid',
      'paused',
      'canceled',
      'incomplete',
      'x',
    ),
    reversal: fc.constantFrom(undefined, 'refunded', 'disputed'),
    owedDaysAgo: fc.option(fc.integer({ min: -1, max: 60 }), { nil: undefined }),
    cancelInDays: fc.option(fc.integer({ min: -5, max: 40 }), { nil: undefined }),
    periodEndsInDays: fc.integer({ min: -20, max: 40 }),
    collectionPaused: fc.boolean(),
  });

  test('is said to open what it opens and not to open what it doesn’t', () => {
    fc.assert(
      fc.property(
        any,
        ({ status, reversal, owedDaysAgo, cancelInDays, periodEndsInDays, collectionPaused }) => {
          const state = customer({
            subscriptions: [
              subscription({
                ...{ status, collectionPaused, ...(reversal ? { reversal } : {}) },
                ...(owedDaysAgo === undefined ? {} : { owedSince: noon - owedDaysAgo * dayMs }),
                ...(cancelInDays === undefined ? {} : { cancelAt: noon + cancelInDays * dayMs }),
                items: [item('price_monthly', { periodEndsAt: noon + periodEndsInDays * dayMs })],
                endedAt: noon,
              }),
            ],
          });
          const shown = told([record(state)]).customers[0]?.subscriptions[0];
          const opens = derive(state, terms(), noon).length > 0;
          const kind = shown?.standing.kind ?? 'unknown';
          const saysClosed = ['unpaid', 'paused', 'ended', 'incomplete', 'refunded', 'disputed', 'unknown'];
          if (opens) expect(saysClosed).not.toContain(kind);
          // Of an end or a renewal that Stripe is late with the date says it.
          else if (kind === 'pastDue') throw new Error('It is said to be in grace, and opens nothing.');
        },
      ),
    );
  });
});
