/** What a customer's readers hold by it, as the stores have it now. */
import type { EntitlementStore } from '../entitlements/entitlement-store.ts';
import type { CustomerRecord } from './customer-store.ts';
import type { Holdings } from './drift.ts';
import { holdersOf } from './refresh-customer.ts';
import type { CustomerId } from './subscription.ts';

/** Of the owner and the payer; empty where nobody is known. */
export const holdingsBy = async (
  entitlements: Pick<EntitlementStore, 'of'>,
  customer: CustomerId,
  record: Pick<CustomerRecord, 'owner' | 'payer'> | undefined,
): Promise<Holdings> => {
  const held = holdersOf(record).map(async (reader) => {
    const list = await entitlements.of(reader);
    return [reader, list.filter(({ id }) => id.startsWith(`${customer}/`))] as const;
  });
  return new Map(await Promise.all(held));
};
