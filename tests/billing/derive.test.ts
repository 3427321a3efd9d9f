/** From Stripe's state to access: every status, every way to owe, end, pause, refund and share, and what always holds. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CustomerState, SubscriptionState } from '../../src/billing/subscription.ts';
import { derive } from '../../src/entitlements/derive.ts';
import { isActive } from '../../src/entitlements/entitlement.ts';
import type { BillingPolicy } from '../../src/policy/policy.ts';
import { customer, dayMs, item, noon, pass, subscription, terms } from './customer-facts.ts';

const periodEnd = noon + 15 * dayMs;
const [hour, grace] = [3_600_000, 7 * dayMs];

/** When access to "all" ends; undefined: there is none now. `due`: money is owed for it. */
const accessOf = (state: CustomerState, billing: Partial<BillingPolicy> = {}, now = noon) => {
  const held = derive(state, terms(billing), now).filter(
    (entitlement) => entitlement.product === 'all' && isActive(entitlement, now),
  );
  if (held.length === 0) return undefined;
  const endsAt = Math.max(...held.map((entitlement) => entitlement.endsAt));
  return { endsAt, due: held.some(({ paymentDue }) => paymentDue === true) };
};

const of = (facts: Parameters<typeof subscription>[0]): CustomerState =>
  customer({ subscriptions: [subscription(facts)] });

describe('from one subscription to access', () => {
  const paidFor = { endsAt: periodEnd + grace, due: false };
  const owing = (since: number) => ({ endsAt: since + grace, due: true });
  const owedSince = noon - 2 * dayMs;

  const rows: readonly [string, Parameters<typeof subscription>[0], ReturnType<typeof accessOf>][] = [
    ['active', {}, paidFor],
    ['trialing', { status: 'trialing', trialEndsAt: periodEnd }, paidFor],
    ['past_due', { status: 'past_due', owedSince }, owing(owedSince)],
    ['past_due, since when is unknown', { status: 'past_due' }, undefined],
    [
      'past_due, since when is unknown, in a new period',
      { status: 'past_due', items: [item('price_monthly', { periodStartsAt: noon - dayMs })] },
      owing(noon - dayMs),
    ],
    [
      'past_due, to the last moment of grace',
      { status: 'past_due', owedSince: noon - grace + 1 },
      owing(noon - grace + 1),
    ],
    ['past_due, grace is over', { status: 'past_due', owedSince: noon - grace }, undefined],
    ['unpaid in grace', { status: 'unpaid', owedSince }, owing(owedSince)],
    ['unpaid for months', { status: 'unpaid', owedSince: noon - 90 * dayMs }, undefined],
    [
      'unpaid for months, a new period began yesterday',
      {
        status: 'unpaid',
        owedSince: noon - 90 * dayMs,
        items: [item('price_monthly', { periodStartsAt: noon - dayMs })],
      },
      undefined,
    ],
    ['paused', { status: 'paused' }, undefined],
    ['incomplete', { status: 'incomplete', owedSince }, undefined],
    ['incomplete_expired', { status: 'incomplete_expired' }, undefined],
    ['canceled', { status: 'canceled', endedAt: noon - hour }, undefined],
    ['canceled, though its period goes on', { status: 'canceled', cancelAt: periodEnd }, undefined],
    ['a status that Stripe invents tomorrow', { status: 'hibernating' }, undefined],
    ['a status named like something else', { status: 'constructor' }, undefined],
    ['an empty status', { status: '' }, undefined],
    ['active, collection paused', { collectionPaused: true }, paidFor],
    ['paused, collection paused too', { status: 'paused', collectionPaused: true }, undefined],
    ['active, ends with its period', { cancelAt: periodEnd }, { endsAt: periodEnd, due: false }],
    ['active, ends soon', { cancelAt: noon + hour }, { endsAt: noon + hour, due: false }],
    ['active, should have ended', { cancelAt: noon }, undefined],
    ['active, ends in a year', { cancelAt: noon + 365 * dayMs }, paidFor],
    ['active, ends within grace', { cancelAt: periodEnd + dayMs }, { endsAt: periodEnd + dayMs, due: false }],
    [
      'trialing, ends with the trial',
      { status: 'trialing', cancelAt: periodEnd },
      { endsAt: periodEnd, due: false },
    ],
    [
      'past_due, ends before its grace does',
      { status: 'past_due', owedSince, cancelAt: noon + dayMs },
      { endsAt: noon + dayMs, due: true },
    ],
    ['active, an older invoice still open', { owedSince: noon - 90 * dayMs }, paidFor],
    [
      'active, the period ended and the renewal is under way',
      { items: [item('price_monthly', { periodEndsAt: noon - hour })] },
      { endsAt: noon - hour + grace, due: false },
    ],
    [
      'active, nothing heard since the grace of its period',
      { items: [item('price_monthly', { periodEndsAt: noon - grace })] },
      undefined,
    ],
    ['active, begun by a clock ahead of ours', { startedAt: noon + hour, createdAt: noon + hour }, paidFor],
    ['active, five of it', { items: [item('price_monthly', { quantity: 5 })] }, paidFor],
    ['active, none of it', { items: [item('price_monthly', { quantity: 0 })] }, undefined],
    ['active, for another product of the same account', { items: [item('price_of_a_mug')] }, undefined],
    ['active, a pass’s price', { items: [item('price_week-pass')] }, undefined],
    ['active, without items', { items: [] }, undefined],
    ['past_due, without items', { status: 'past_due', items: [], owedSince }, undefined],
    ['active, our product and another’s', { items: [item('price_of_a_mug'), item()] }, paidFor],
    [
      'active, two of our prices',
      { items: [item(), item('price_yearly', { periodEndsAt: noon + 300 * dayMs })] },
      { endsAt: noon + 300 * dayMs + grace, due: false },
    ],
  ];
  test.each(rows)('%s', (_case, facts, expected) => {
    expect(accessOf(of(facts))).toEqual(expected);
  });

  const statuses = [
    'active',
    'trialing',
    'past_due',
    'unpaid',
    'paused',
    'canceled',
    'incomplete',
    'incomplete_expired',
    'new',
  ];
  const rightsOf = (facts: Parameters<typeof subscription>[0], billing: Partial<BillingPolicy>) =>
    accessOf(of({ owedSince: noon - dayMs, ...facts }), billing);
  test.each(statuses)('%s and given back or disputed: stops or goes on, as the policy says', (status) => {
    const without = rightsOf({ status }, {});
    for (const reversal of ['refunded', 'disputed'] as const) {
      const other = reversal === 'refunded' ? 'disputed' : 'refunded';
      for (const collectionPaused of [false, true]) {
        const facts = { status, reversal, collectionPaused };
        expect(rightsOf(facts, { [reversal]: 'stop', [other]: 'keep' })).toBeUndefined();
        expect(rightsOf(facts, { [reversal]: 'keep', [other]: 'stop' })).toEqual(without);
      }
    }
  });

  test('no grace: owing stops access at once, and paying lasts to the period’s end', () => {
    expect(accessOf(of({ status: 'past_due', owedSince: noon }), { graceDays: 0 })).toBeUndefined();
    expect(accessOf(of({}), { graceDays: 0 })).toEqual({ endsAt: periodEnd, due: false });
  });
});

describe('from a customer to entitlements', () => {
  const ids = (state: CustomerState) => derive(state, terms(), noon).map(({ id }) => id);

  test('a deleted customer has nothing, whatever else is said of it', () => {
    const all = { subscriptions: [subscription()], passes: [pass()], features: ['all'] };
    expect(ids(customer(all))).not.toEqual([]);
    expect(ids(customer({ ...all, deleted: true }))).toEqual([]);
  });

  test('an entitlement says what it is for, why, since when, until when', () => {
    expect(derive(customer({ subscriptions: [subscription()], passes: [pass()] }), terms(), noon)).toEqual([
      {
        id: 'cus_1/cs_1/all',
        product: 'all',
        source: 'pass',
        startsAt: noon - dayMs,
        endsAt: noon + 6 * dayMs,
      },
      {
        id: 'cus_1/sub_1/all',
        product: 'all',
        source: 'subscription',
        startsAt: noon - 15 * dayMs,
        endsAt: periodEnd + grace,
      },
    ]);
  });

  test('a plan of several products gives each, and several items give theirs', () => {
    const state = of({ items: [item('price_yearly'), item('price_puzzles'), item('price_monthly')] });
    expect(ids(state)).toEqual(['cus_1/sub_1/all', 'cus_1/sub_1/archive', 'cus_1/sub_1/puzzles']);
  });

  test('two subscriptions to one product: each gives it, and the end of one leaves the other', () => {
    const [first, second] = [subscription(), subscription({ id: 'sub_2', items: [item('price_yearly')] })];
    expect(ids(customer({ subscriptions: [first, second] }))).toEqual([
      'cus_1/sub_1/all',
      'cus_1/sub_2/all',
      'cus_1/sub_2/archive',
    ]);
    const ended = { ...second, status: 'canceled' };
    expect(ids(customer({ subscriptions: [first, ended] }))).toEqual(['cus_1/sub_1/all']);
  });

  test('one product owed for and paid for by another subscription is not in grace alone', () => {
    const state = customer({
      subscriptions: [subscription({ status: 'past_due', owedSince: noon }), subscription({ id: 'sub_2' })],
    });
    expect(derive(state, terms(), noon).map(({ id, paymentDue }) => [id, paymentDue])).toEqual([
      ['cus_1/sub_1/all', true],
      ['cus_1/sub_2/all', undefined],
    ]);
  });

  test('a feature named like a product gives it for as long as the longest subscription, and no other text does', () => {
    const state = customer({
      subscriptions: [
        subscription(),
        subscription({ id: 'sub_2', items: [item('price_of_a_mug', { periodEndsAt: noon + 99 * dayMs })] }),
      ],
      features: ['puzzles', 'early-bird', '__proto__'],
    });
    expect(derive(state, terms(), noon).map(({ id, endsAt }) => [id, endsAt])).toEqual([
      ['cus_1/sub_1/all', periodEnd + grace],
      ['cus_1/sub_2/puzzles', noon + 99 * dayMs + grace],
    ]);
  });

  test('a feature without a subscription that gives access gives none', () => {
    for (const status of ['canceled', 'paused', 'incomplete'])
      expect(ids(customer({ subscriptions: [subscription({ status })], features: ['puzzles'] }))).toEqual([]);
    expect(ids(customer({ features: ['puzzles'] }))).toEqual([]);
  });

  test('a feature in grace is in grace, and is told to be', () => {
    const state = customer({
      subscriptions: [subscription({ status: 'unpaid', owedSince: noon, items: [item('price_of_a_mug')] })],
      features: ['all'],
    });
    expect(accessOf(state)).toEqual({ endsAt: noon + grace, due: true });
  });

  test('a product by price and by feature is one entitlement', () => {
    expect(ids(customer({ subscriptions: [subscription()], features: ['all'] }))).toEqual([
      'cus_1/sub_1/all',
    ]);
  });

  test('a pass lasts its days from the payment, to the millisecond, without grace', () => {
    const state = customer({ passes: [pass({ paidAt: noon })] });
    expect(accessOf(state, {}, noon + grace - 1)).toEqual({ endsAt: noon + grace, due: false });
    expect(accessOf(state, {}, noon + grace)).toBeUndefined();
    expect(accessOf(customer({ passes: [pass({ price: 'price_monthly' })] }))).toBeUndefined();
    expect(accessOf(customer({ passes: [pass({ price: 'price_of_a_mug' })] }))).toBeUndefined();
  });

  test('two passes: each counts from its own payment', () => {
    const state = customer({ passes: [pass(), pass({ checkout: 'cs_2', paidAt: noon })] });
    expect(accessOf(state)).toEqual({ endsAt: noon + 7 * dayMs, due: false });
  });

  test.each(['refunded', 'disputed'] as const)(
    'a pass that was %s stops or goes on, as the policy says',
    (reversal) => {
      const state = customer({ passes: [pass({ reversal })] });
      expect(accessOf(state, { [reversal]: 'stop' })).toBeUndefined();
      expect(accessOf(state, { [reversal]: 'keep' })).toBeDefined();
    },
  );

  test('a plan without a price sells nothing, and gives nothing to what has none', () => {
    expect(ids(of({ items: [item(undefined as never, { price: undefined })] }))).toEqual([]);
  });
});

describe('always', () => {
  const anyTime = fc.integer({ min: noon - 400 * dayMs, max: noon + 400 * dayMs });
  const anyItem = fc.record({
    price: fc.constantFrom(
      'price_monthly',
      'price_yearly',
      'price_puzzles',
      'price_week-pass',
      'price_of_a_mug',
    ),
    quantity: fc.integer({ min: 0, max: 3 }),
    periodStartsAt: anyTime,
    periodEndsAt: anyTime,
  });
  const optional = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });
  const anyStatus = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('active', 'trialing', 'past_due', 'unpaid') },
    {
      weight: 2,
      arbitrary: fc.constantFrom('paused', 'canceled', 'incomplete', 'incomplete_expired', 'toString'),
    },
    { weight: 1, arbitrary: fc.string() },
  );
  const anySubscription = fc
    .record({
      status: anyStatus,
      items: fc.array(anyItem, { maxLength: 3 }),
      createdAt: anyTime,
      startedAt: anyTime,
      cancelAt: optional(anyTime),
      owedSince: optional(anyTime),
      trialEndsAt: optional(anyTime),
      collectionPaused: fc.boolean(),
      reversal: optional(fc.constantFrom('refunded', 'disputed')),
    })
    .map((facts) => JSON.parse(JSON.stringify(facts)) as Parameters<typeof subscription>[0]);
  const anyPass = fc.record({
    price: fc.constantFrom('price_week-pass', 'price_monthly', 'price_of_a_mug'),
    paidAt: anyTime,
  });
  const anyState = fc
    .record({
      subscriptions: fc.array(anySubscription, { maxLength: 4 }),
      passes: fc.array(anyPass, { maxLength: 3 }),
      features: fc.subarray(['all', 'puzzles', 'archive', 'nonsense']),
      deleted: fc.boolean(),
    })
    .map((facts) =>
      customer({
        ...facts,
        deleted: facts.deleted && facts.features.length === 0,
        subscriptions: facts.subscriptions.map((each, index) =>
          subscription({ ...each, id: `sub_${index}` }),
        ),
        passes: facts.passes.map((each, index) => pass({ ...each, checkout: `cs_${index}` })),
      }),
    );
  const anyPolicy = fc.record({
    graceDays: fc.integer({ min: 0, max: 60 }),
    refunded: fc.constantFrom('stop' as const, 'keep' as const),
    disputed: fc.constantFrom('stop' as const, 'keep' as const),
  });
  const runs = { numRuns: 1000 };

  /** Products that may be read at that time. */
  const readable = (state: CustomerState, billing: Partial<BillingPolicy>, at: number): Set<string> =>
    new Set(
      derive(state, terms(billing), at)
        .filter((entitlement) => isActive(entitlement, at))
        .map(({ product }) => product),
    );

  test('every entitlement has an id of its own, has not ended, and ends', () => {
    fc.assert(
      fc.property(anyState, anyPolicy, anyTime, (state, billing, now) => {
        const list = derive(state, terms(billing), now);
        expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
        for (const { id, startsAt, endsAt } of list) {
          expect(id.startsWith('cus_1/')).toBe(true);
          expect(Number.isFinite(endsAt) && Number.isFinite(startsAt)).toBe(true);
          expect(startsAt <= now && now < endsAt).toBe(true);
        }
      }),
      runs,
    );
  });

  test('a subscription that never was paid for, has ended, or is in a state nobody knows gives nothing', () => {
    const giving = ['active', 'trialing', 'past_due', 'unpaid'];
    const barren = anyState.map((state) => ({
      ...state,
      passes: [],
      subscriptions: state.subscriptions.filter(({ status }) => !giving.includes(status)),
    }));
    fc.assert(
      fc.property(barren, anyPolicy, anyTime, (state, billing, now) => {
        expect(derive(state, terms(billing), now)).toEqual([]);
      }),
      runs,
    );
  });

  test('grace is bounded, however many periods begin and end unpaid', () => {
    const owing = fc.record({
      status: fc.constantFrom('past_due', 'unpaid'),
      owedSince: anyTime,
      periods: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(
        owing,
        anyPolicy,
        fc.integer({ min: 0 }),
        ({ status, owedSince, periods }, billing, later) => {
          const periodStartsAt = owedSince + periods * 30 * dayMs;
          const items = [
            item('price_monthly', { periodStartsAt, periodEndsAt: periodStartsAt + 30 * dayMs }),
          ];
          const state = of({ status, owedSince, items });
          const end = owedSince + billing.graceDays * dayMs;
          expect(readable(state, billing, end + later)).toEqual(new Set());
          if (billing.graceDays > 0) expect(readable(state, billing, end - 1)).toEqual(new Set(['all']));
        },
      ),
      runs,
    );
  });

  test('more grace takes nothing away', () => {
    fc.assert(
      fc.property(anyState, anyPolicy, anyTime, fc.nat(60), (state, billing, now, more) => {
        const [less, kinder] = [billing, { ...billing, graceDays: billing.graceDays + more }].map((policy) =>
          readable(state, policy, now),
        ) as [Set<string>, Set<string>];
        expect([...less].filter((product) => !kinder.has(product))).toEqual([]);
      }),
      runs,
    );
  });

  test('the order in which Stripe lists things changes nothing', () => {
    const shuffled = anyState.chain((state) =>
      fc.record({
        state: fc.constant(state),
        subscriptions: fc.shuffledSubarray([...state.subscriptions], {
          minLength: state.subscriptions.length,
        }),
        passes: fc.shuffledSubarray([...state.passes], { minLength: state.passes.length }),
        reversed: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(
        shuffled,
        anyPolicy,
        anyTime,
        ({ state, subscriptions, passes, reversed }, billing, now) => {
          const turn = ({ items, ...rest }: SubscriptionState) => ({
            ...rest,
            items: reversed ? [...items].reverse() : items,
          });
          const other = {
            ...state,
            passes,
            subscriptions: subscriptions.map(turn),
            features: [...state.features].reverse(),
          };
          expect(derive(other, terms(billing), now)).toEqual(derive(state, terms(billing), now));
        },
      ),
      runs,
    );
  });

  test('several subscriptions and passes together give what each gives alone, and no more', () => {
    const plain = anyState.map((state) => ({ ...state, features: [] }));
    fc.assert(
      fc.property(plain, anyPolicy, anyTime, (state, billing, now) => {
        const alone = [
          ...state.subscriptions.map((one) => ({ ...state, subscriptions: [one], passes: [] })),
          ...state.passes.map((one) => ({ ...state, subscriptions: [], passes: [one] })),
        ].flatMap((each) => derive(each, terms(billing), now));
        expect(derive(state, terms(billing), now)).toEqual(
          alone.sort((one, other) => (one.id < other.id ? -1 : 1)),
        );
      }),
      runs,
    );
  });

  test('asked at any time before it, the end is the same', () => {
    fc.assert(
      fc.property(anyState, anyPolicy, anyTime, fc.nat(30 * dayMs), (state, billing, now, later) => {
        const ends = (at: number) =>
          derive(state, terms(billing), at)
            .filter(({ endsAt }) => endsAt > now + later)
            .map(({ id, endsAt }) => [id, endsAt]);
        expect(ends(now)).toEqual(ends(now + later));
      }),
      runs,
    );
  });
});
