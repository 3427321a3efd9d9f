/** A reconcile on real stores beside a Stripe that a test sets, and what the tests of it look at. */
import { createReconcile } from '../../src/billing/reconcile.ts';
import type { ReconcileDeps, ReconcileSettings } from '../../src/billing/reconcile-deps.ts';
import type { ReconcileOutcome, ReconcileReport } from '../../src/billing/reconcile-report.ts';
import { createRefreshCustomer } from '../../src/billing/refresh-customer.ts';
import type { CustomerId, CustomerState } from '../../src/billing/subscription.ts';
import { derive } from '../../src/entitlements/derive.ts';
import type { Entitlement } from '../../src/entitlements/entitlement.ts';
import { randomText } from '../../src/ops/random.ts';
import type { ReaderId } from '../../src/readers/reader.ts';
import type { Stores } from '../../src/stores/open-stores.ts';
import { customer, noon, subscription, terms } from './customer-facts.ts';
import { type SweptStripe, sweptStripe } from './swept-stripe.ts';

const quick: Partial<ReconcileSettings> = { callsPerSecond: 1_000_000, retryMs: 1 };

export const reconcileBench = (stores: Stores, settings: Partial<ReconcileSettings> = {}) => {
  const stripe = sweptStripe();
  const time = { now: noon };
  const policy = { ...terms() };
  const shared = {
    billing: stripe,
    customers: stores.customers,
    entitlements: stores.entitlements,
    readers: stores.readers,
    policy: () => policy as never,
    clock: () => time.now,
  };
  const refresh = createRefreshCustomer(shared);
  const deps: ReconcileDeps = {
    ...shared,
    refreshCustomer: refresh,
    realNow: () => Date.now(),
    random: randomText,
    callsMade: () => stripe.asked.length,
    settings: { ...quick, ...settings },
  };
  const accessOf = async (reader: ReaderId): Promise<readonly Entitlement[]> =>
    (await stores.entitlements.of(reader)).filter(({ endsAt }) => endsAt > time.now);
  return {
    stripe,
    time,
    terms: policy,
    stores,
    deps,
    refresh,
    accessOf,
    reconcile: createReconcile(deps),
    /** A customer at Stripe and its reader, known to the stores. */
    known: async (facts: Parameters<typeof customer>[0] = {}) => {
      const made = await newCustomer(stripe, stores, facts);
      await stores.customers.assign(made.id, { owner: made.reader });
      await refresh(made.id);
      return made;
    },
    /** At Stripe, with its reader's record; Gatefold hasn't heard of the customer. */
    unheardOf: (facts: Parameters<typeof customer>[0] = {}) => newCustomer(stripe, stores, facts),
    /** What Stripe's state gives, by the same rule as everywhere. */
    due: (id: CustomerId): readonly Entitlement[] => {
      const state = stripe.customers.get(id);
      return state ? derive(state, policy, time.now) : [];
    },
    change: (id: CustomerId, facts: Partial<CustomerState>): void =>
      stripe.put({ ...(stripe.customers.get(id) as CustomerState), ...facts }),
  };
};

export type ReconcileBench = ReturnType<typeof reconcileBench>;

let made = 0;

const newCustomer = async (
  stripe: SweptStripe,
  stores: Stores,
  facts: Parameters<typeof customer>[0] = {},
): Promise<{ id: CustomerId; reader: ReaderId }> => {
  made += 1;
  const [id, reader] = [`cus_r${made}` as CustomerId, randomText(12) as ReaderId];
  await stores.readers.putUnproved({ id: reader, createdAt: noon });
  stripe.put(
    customer({
      id,
      metadata: { gatefold_reader: reader },
      subscriptions: [subscription({ id: newSubscriptionId() })],
      ...facts,
    }),
  );
  return { id, reader };
};

let subscriptionsMade = 0;
export const newSubscriptionId = (): string => `sub_r${++subscriptionsMade}`;

/** @throws Error when the run wasn't done. */
export const reportOf = (outcome: ReconcileOutcome): ReconcileReport => {
  if (outcome.kind === 'done') return outcome.report;
  throw outcome.kind === 'broken-off' ? outcome.error : new Error(`it ended ${outcome.kind}`);
};

export const noDrift = {
  'paid-but-stopped': 0,
  'not-paid-but-let-in': 0,
  'other-dates': 0,
  'old-account': 0,
};
