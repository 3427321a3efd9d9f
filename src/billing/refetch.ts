/** One customer asked for again at Stripe, and what that changed: the only thing that counts as drift. */
import { isDeepStrictEqual } from 'node:util';
import { derive } from '../entitlements/derive.ts';
import type { EntitlementStore } from '../entitlements/entitlement-store.ts';
import type { Clock } from '../ops/clock.ts';
import type { Policy } from '../policy/policy.ts';
import type { ReaderId } from '../readers/reader.ts';
import type { ReaderStore } from '../readers/reader-store.ts';
import type { Billing } from './billing.ts';
import type { CustomerStore } from './customer-store.ts';
import { driftBetween, type Holdings } from './drift.ts';
import { holdingsBy } from './holdings.ts';
import { findOwner } from './lost-owner.ts';
import { plainAddress } from './owner-by-stripe.ts';
import type { Pace } from './pace.ts';
import type { DriftKind } from './reconcile-report.ts';
import { holdersOf, type RefreshCustomer } from './refresh-customer.ts';
import type { StorePatience } from './store-patience.ts';
import type { CustomerId, CustomerState } from './subscription.ts';

/** Answers what was wrong; in a dry run it still is. Rejects with a `BillingFault` or the store's error. */
export type Refetch = (customer: CustomerId, signal: AbortSignal) => Promise<readonly DriftKind[]>;

export interface RefetchDeps {
  readonly billing: Pick<Billing, 'customerState'>;
  readonly customers: Pick<CustomerStore, 'customer'>;
  readonly entitlements: Pick<EntitlementStore, 'of'>;
  readonly readers: Pick<ReaderStore, 'byId' | 'byEmail'>;
  readonly refreshCustomer: RefreshCustomer;
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly patiently: StorePatience;
  readonly dryRun: boolean;
}

export const createRefetch =
  (deps: RefetchDeps): Refetch =>
  async (customer, signal) => {
    const { pace, patiently, dryRun } = deps;
    const before = await patiently(() => standingOf(deps, customer));
    const after = await pace.ask(signal, () =>
      patiently(() => (dryRun ? wouldBe(deps, customer, before) : refreshed(deps, customer))),
    );
    const kinds = driftBetween(before.held, after.held, deps.clock());
    if (kinds.length > 0) return kinds;
    return isDeepStrictEqual(before.state, after.state) ? [] : ['old-account'];
  };

interface Standing {
  readonly holders: readonly ReaderId[];
  readonly held: Holdings;
  /** Undefined: nothing that an account page could show. */
  readonly state: CustomerState | undefined;
}

const standingOf = async (
  { customers, entitlements }: RefetchDeps,
  customer: CustomerId,
): Promise<Standing> => {
  const record = await customers.customer(customer);
  return {
    holders: holdersOf(record),
    held: await holdingsBy(entitlements, customer, record),
    state: shownOf(record?.state),
  };
};

const refreshed = async (deps: RefetchDeps, customer: CustomerId): Promise<Standing> => {
  await deps.refreshCustomer(customer);
  return standingOf(deps, customer);
};

/** What a refresh would make of it; nothing is written. */
const wouldBe = async (
  { billing, readers, policy, clock }: RefetchDeps,
  customer: CustomerId,
  before: Standing,
): Promise<Standing> => {
  const state = await billing.customerState(customer);
  const found = before.holders.length === 0 && state ? await findOwner(readers, state) : undefined;
  const holders = found ? [found.reader] : before.holders;
  const rights = state ? derive(state, policy(), clock()) : [];
  return {
    holders,
    held: new Map(holders.map((reader) => [reader, rights])),
    state: holders.length > 0 ? shownOf(state) : undefined,
  };
};

/** As the store would give it back, so that both sides can be compared; of a deleted customer nothing is shown. */
const shownOf = (state: CustomerState | undefined): CustomerState | undefined => {
  if (state === undefined || state.deleted) return undefined;
  const { email, ...others } = state;
  // A refresh writes the address in small letters to Stripe, after it was read.
  const address = email === undefined ? {} : { email: plainAddress(email) };
  return JSON.parse(JSON.stringify({ ...others, ...address }));
};
