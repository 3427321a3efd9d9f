/** Reads a reader's customers from Stripe again, and tells what that changed. */
import { isDeepStrictEqual } from 'node:util';
import { BillingFault } from '../../billing/billing.ts';
import type { CustomerRecord, CustomerStore } from '../../billing/customer-store.ts';
import { sameRights } from '../../billing/drift.ts';
import type { RefreshCustomer } from '../../billing/refresh-customer.ts';
import type { CustomerId } from '../../billing/subscription.ts';
import type { Entitlement } from '../../entitlements/entitlement.ts';
import type { EntitlementStore } from '../../entitlements/entitlement-store.ts';
import type { Clock } from '../../ops/clock.ts';
import type { ReaderId } from '../../readers/reader.ts';
import { type Audit, actorOf } from '../operators/audit.ts';
import type { Operator } from '../operators/operator.ts';

export type Resynced =
  | {
      readonly kind: 'resynced';
      readonly customers: readonly CustomerId[];
      readonly changes: readonly RightChange[];
      /** What was kept of Stripe was old, whether or not rights followed from it. */
      readonly stateChanged: boolean;
    }
  /** Nothing was ever bought: there is nothing at Stripe to be read. */
  | { readonly kind: 'customer-unknown' }
  | { readonly kind: 'nothing-sold' }
  /** In words without secrets and addresses. */
  | { readonly kind: 'stripe-unavailable'; readonly why: string };

export type RightChange =
  | { readonly kind: 'gained' | 'lost'; readonly entitlement: Entitlement }
  | { readonly kind: 'moved'; readonly from: Entitlement; readonly to: Entitlement };

interface Options {
  readonly customers: Pick<CustomerStore, 'customersOf'>;
  readonly entitlements: Pick<EntitlementStore, 'of'>;
  /** Absent: nothing is sold here. */
  readonly refresh?: RefreshCustomer;
  readonly audit: Audit;
  readonly siteNow: Clock;
}

export const createResync =
  (options: Options) =>
  async (reader: ReaderId, by: Operator, at: number): Promise<Resynced> => {
    const { audit, customers, entitlements, refresh, siteNow } = options;
    if (!refresh) return { kind: 'nothing-sold' };
    const records = await customers.customersOf(reader);
    if (records.length === 0) return { kind: 'customer-unknown' };
    const ids = records.map(({ id }) => id);
    const before = await entitlements.of(reader);
    const deed = {
      who: actorOf(by),
      what: 'resync',
      about: [reader, ...ids],
      changed: 'read from Stripe again',
    } as const;
    try {
      await audit.carryOut(deed, at, {
        run: async () => {
          for (const id of ids) await refresh(id);
        },
      });
    } catch (error) {
      if (error instanceof BillingFault) return { kind: 'stripe-unavailable', why: error.message };
      throw error;
    }
    const [after, recordsAfter] = await Promise.all([entitlements.of(reader), customers.customersOf(reader)]);
    return {
      kind: 'resynced',
      customers: ids,
      changes: rightChanges(before, after, siteNow()),
      stateChanged: !isDeepStrictEqual(statesOf(records), statesOf(recordsAfter)),
    };
  };

/** By the entitlements' ids; what has ended on both sides is no change. */
export const rightChanges = (
  before: readonly Entitlement[],
  after: readonly Entitlement[],
  now: number,
): readonly RightChange[] => {
  const [was, is] = [before, after].map((list) => list.filter(({ endsAt }) => now < endsAt)) as [
    Entitlement[],
    Entitlement[],
  ];
  const gained = is
    .filter(({ id }) => !was.some((each) => each.id === id))
    .map((entitlement) => ({ kind: 'gained', entitlement }) as const);
  const others = was.flatMap((from): RightChange[] => {
    const to = is.find(({ id }) => id === from.id);
    if (!to) return [{ kind: 'lost', entitlement: from }];
    return sameRights([from], [to], now) ? [] : [{ kind: 'moved', from, to }];
  });
  return [...gained, ...others];
};

const statesOf = (records: readonly CustomerRecord[]): unknown =>
  JSON.parse(JSON.stringify(Object.fromEntries(records.map(({ id, state }) => [id, state ?? null]))));
