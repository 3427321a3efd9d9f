/** Everything that every store guarantees. */
import { concurrencyContract } from './concurrency-contract.ts';
import { entitlementContract } from './entitlement-contract.ts';
import { meterContract } from './meter-contract.ts';
import { readerContract } from './reader-contract.ts';
import type { StoreUnderTest } from './store-under-test.ts';

export function allContracts(name: string, store: () => StoreUnderTest): void {
  meterContract(name, store);
  concurrencyContract(name, store);
  readerContract(name, store);
  entitlementContract(name, store);
}
