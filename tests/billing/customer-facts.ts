/** A policy and customers for tests of rules: everything said, so that a test names only what it is about. */
import type { CustomerState, PassState, SubscriptionState } from '../../src/billing/subscription.ts';
import type { AccessTerms } from '../../src/entitlements/derive.ts';
import type { Plan } from '../../src/policy/policy.ts';

export const dayMs = 86_400_000;
/** 2026-11-23T12:00:00Z. */
export const noon = 1_795_435_200_000;

const plan = (id: string, products: readonly string[], more: Partial<Plan> = {}): Plan =>
  ({ id, name: id, products, promotionCodes: false, price: `price_${id}`, ...more }) as Plan;

export const terms = (billing: Partial<AccessTerms['billing']> = {}): AccessTerms => ({
  products: [
    { id: 'all', name: 'Everything' },
    { id: 'archive', name: 'The archive' },
    { id: 'puzzles', name: 'Puzzles' },
  ] as unknown as AccessTerms['products'],
  plans: [
    plan('monthly', ['all'], { interval: 'month' }),
    plan('yearly', ['all', 'archive'], { interval: 'year' }),
    plan('puzzles', ['puzzles'], { interval: 'month' }),
    plan('week-pass', ['all'], { passDays: 7 }),
    plan('unsold', ['archive'], { price: undefined as never }),
  ],
  billing: { graceDays: 7, refunded: 'stop', disputed: 'stop', reconcileMinutes: 60, ...billing },
});

type Loose<Facts> = { readonly [Name in keyof Facts]?: unknown };

/** Active, monthly, half of the period gone. */
export const subscription = (facts: Loose<SubscriptionState> = {}): SubscriptionState =>
  ({
    id: 'sub_1',
    status: 'active',
    items: [item()],
    createdAt: noon - 15 * dayMs,
    startedAt: noon - 15 * dayMs,
    collectionPaused: false,
    metadata: {},
    ...facts,
  }) as SubscriptionState;

export const item = (price = 'price_monthly', facts: Loose<SubscriptionState['items'][number]> = {}) => ({
  price,
  quantity: 1,
  periodStartsAt: noon - 15 * dayMs,
  periodEndsAt: noon + 15 * dayMs,
  ...facts,
});

export const pass = (facts: Loose<PassState> = {}): PassState =>
  ({ checkout: 'cs_1', price: 'price_week-pass', paidAt: noon - dayMs, ...facts }) as PassState;

export const customer = (facts: Loose<CustomerState> = {}): CustomerState =>
  ({
    id: 'cus_1',
    deleted: false,
    metadata: {},
    subscriptions: [],
    passes: [],
    features: [],
    ...facts,
  }) as CustomerState;
