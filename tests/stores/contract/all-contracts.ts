/** Everything that every store guarantees. */
import { accountContract } from './account-contract.ts';
import { auditContract } from './audit-contract.ts';
import { causeContract } from './cause-contract.ts';
import { concurrencyContract } from './concurrency-contract.ts';
import { customerConcurrencyContract } from './customer-concurrency-contract.ts';
import { customerContract } from './customer-contract.ts';
import { decisionCodeContract } from './decision-code-contract.ts';
import { decisionLogContract } from './decision-log-contract.ts';
import { entitlementContract } from './entitlement-contract.ts';
import { insightContract } from './insight-contract.ts';
import { knownArticleContract } from './known-article-contract.ts';
import { learnContract } from './learn-contract.ts';
import { meterContract } from './meter-contract.ts';
import { operatorContract } from './operator-contract.ts';
import { purgeContract } from './purge-contract.ts';
import { readerContract } from './reader-contract.ts';
import { readersPageContract } from './readers-page-contract.ts';
import { reconcileContract } from './reconcile-contract.ts';
import type { StoreUnderTest } from './store-under-test.ts';
import { versionConcurrencyContract } from './version-concurrency-contract.ts';
import { versionContract } from './version-contract.ts';

export function allContracts(name: string, store: () => StoreUnderTest): void {
  meterContract(name, store);
  concurrencyContract(name, store);
  readerContract(name, store);
  accountContract(name, store);
  readersPageContract(name, store);
  entitlementContract(name, store);
  causeContract(name, store);
  customerContract(name, store);
  customerConcurrencyContract(name, store);
  reconcileContract(name, store);
  operatorContract(name, store);
  auditContract(name, store);
  versionContract(name, store);
  versionConcurrencyContract(name, store);
  decisionCodeContract(name, store);
  decisionLogContract(name, store);
  insightContract(name, store);
  knownArticleContract(name, store);
  learnContract(name, store);
  purgeContract(name, store);
}
