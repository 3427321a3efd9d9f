/** A reconcile in a process of its own, slow enough to be killed in the middle. */
import { createReconcile } from '../../src/billing/reconcile.ts';
import { createRefreshCustomer } from '../../src/billing/refresh-customer.ts';
import { createStripeBilling } from '../../src/billing/stripe-billing.ts';
import { randomText } from '../../src/ops/random.ts';
import { openStores } from '../../src/stores/open-stores.ts';
import { terms } from './customer-facts.ts';

const [apiBase = '', secretKey = '', redisUrl = ''] = process.argv.slice(2);
const policy = terms();
let calls = 0;
const clock = (): number => Date.now();
const billing = createStripeBilling({
  apiBase,
  secretKey,
  webhookSecrets: ['whsec_not_used_by_this_process'],
  plans: () => policy.plans,
  billing: () => policy.billing,
  clock,
  onCall: () => {
    calls += 1;
  },
});
const { customers, entitlements, readers } = await openStores({ redisUrl, dataDir: '', warn: () => {} });
const shared = { billing, customers, entitlements, readers, policy: () => policy as never, clock };
await createReconcile({
  ...shared,
  refreshCustomer: createRefreshCustomer(shared),
  realNow: clock,
  random: randomText,
  callsMade: () => calls,
  settings: { callsPerSecond: 300, leaseMs: 2_000 },
})();
