/** One gateway's billing rules on real stores, with a listed Stripe: what the tests of rules stand on. */
import { createClaimAfterProof } from '../../src/billing/link-customers.ts';
import { createRefreshCustomer } from '../../src/billing/refresh-customer.ts';
import type { CustomerId } from '../../src/billing/subscription.ts';
import { randomText } from '../../src/ops/random.ts';
import type { Email, ProvedReader, ReaderId, ReaderRecord } from '../../src/readers/reader.ts';
import type { Stores } from '../../src/stores/open-stores.ts';
import { noon, terms } from './customer-facts.ts';
import type { ListedStripe } from './listed-stripe.ts';

export const ruleBench = (stores: Stores, stripe: ListedStripe) => {
  const time = { now: noon };
  const policy = { ...terms() };
  const deps = {
    billing: stripe,
    customers: stores.customers,
    entitlements: stores.entitlements,
    readers: stores.readers,
    policy: () => policy,
    clock: () => time.now,
  };
  const refresh = createRefreshCustomer(deps);
  return {
    ...deps,
    time,
    terms: policy,
    refresh,
    claimAfterProof: createClaimAfterProof({ ...deps, refresh }),
    /** A browser that paid: a reader without an address. */
    browser: async (): Promise<ReaderRecord> => {
      const record = { id: randomText(12) as ReaderId, createdAt: noon };
      await stores.readers.putUnproved(record);
      return record;
    },
    /** Whoever has opened a mailed link to that address, in that browser or in a new one. */
    proved: (email: string, browser?: ReaderRecord): Promise<ProvedReader> =>
      stores.readers.findOrCreate({
        id: browser?.id ?? (randomText(12) as ReaderId),
        email: email as Email,
        createdAt: noon,
      }),
    /** Products that the reader may read, by customer. */
    readsBy: async (reader: Pick<ReaderRecord, 'id'>): Promise<readonly string[]> =>
      (await stores.entitlements.of(reader.id))
        .filter(({ startsAt, endsAt }) => startsAt <= time.now && time.now < endsAt)
        .map(({ id, product }) => `${id.split('/')[0]} ${product}`)
        .sort(),
  };
};

export type RuleBench = ReturnType<typeof ruleBench>;

let customersMade = 0;
/** A customer id that no test had before: the stores are shared. */
export const newCustomerId = (): CustomerId => `cus_test${++customersMade}` as CustomerId;
