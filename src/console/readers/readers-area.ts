/** Readers: the list, each reader's page, what can be done about them, and the calls that do the same. */
import { planNameOf } from '../../billing/account-subscriptions.ts';
import type { CustomerStore } from '../../billing/customer-store.ts';
import type { RefreshCustomer } from '../../billing/refresh-customer.ts';
import type { EntitlementStore } from '../../entitlements/entitlement-store.ts';
import type { MeterStore } from '../../meter/meter-store.ts';
import type { Clock } from '../../ops/clock.ts';
import type { Policy } from '../../policy/policy.ts';
import type { ReaderStore } from '../../readers/reader-store.ts';
import type { Area } from '../area.ts';
import type { Audit } from '../operators/audit.ts';
import { createChangeReader } from './change-reader.ts';
import { createFindReader } from './find-reader.ts';
import { createReaderList } from './reader-list.ts';
import { readerRoutes } from './reader-routes.ts';
import { createSheetOf } from './reader-sheet.ts';
import { readersCalls } from './readers-calls.ts';
import type { ReadersContext } from './readers-context.ts';
import { readersRoutes } from './readers-routes.ts';

interface Options {
  readonly stores: {
    readonly readers: ReaderStore;
    readonly entitlements: EntitlementStore;
    readonly customers: CustomerStore;
  };
  readonly meters: Pick<MeterStore, 'reads'>;
  /** Absent: nothing is sold here. */
  readonly refresh?: RefreshCustomer;
  readonly audit: Audit;
  readonly policy: () => Policy;
  /** The site's: the sandbox's, where there is one. */
  readonly siteNow: Clock;
  readonly random: (bytes: number) => string;
  /** Of Stripe; absent: its customers aren't real. */
  readonly mode?: 'live' | 'test';
}

export const readersArea =
  ({ stores, meters, refresh, audit, policy, siteNow, random, mode }: Options): Area =>
  (shared) => {
    const { customers } = stores;
    const context: ReadersContext = {
      ...shared,
      readers: stores.readers,
      customers,
      list: createReaderList(stores),
      find: createFindReader(stores),
      sheetOf: createSheetOf({ ...stores, meters, policy }),
      change: createChangeReader({
        ...stores,
        audit,
        policy,
        siteNow,
        random,
        ...(refresh ? { refresh } : {}),
      }),
      audit,
      policy,
      siteNow,
      plans: {
        ofSubscription: (subscription) => planNameOf(subscription, policy()),
        ofPrice: (price) => policy().plans.find((plan) => plan.price === price)?.name ?? '',
      },
      sells: refresh !== undefined,
      ...(mode ? { dashboard: dashboards[mode] } : {}),
    };
    return {
      pages: readersRoutes(context).use(readerRoutes(context)),
      calls: readersCalls(context),
    };
  };

const dashboards = {
  live: 'https://dashboard.stripe.com/customers',
  test: 'https://dashboard.stripe.com/test/customers',
} as const;
