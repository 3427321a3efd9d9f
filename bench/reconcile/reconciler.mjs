/** One reconcile in a process of its own: prints its report and what the process took. */
import { createReconcile } from '../../dist/billing/reconcile.js';
import { createRefreshCustomer } from '../../dist/billing/refresh-customer.js';
import { randomText } from '../../dist/ops/random.js';
import { openGatefold } from './open-gatefold.mjs';
import { usage } from './usage.mjs';

const { policy, billing, stores, calls } = await openGatefold(JSON.parse(process.argv[2]));
const { customers, entitlements, readers } = stores;
const shared = { billing, customers, entitlements, readers, policy: () => policy, clock: () => Date.now() };
const measured = usage();
const outcome = await createReconcile({
  ...shared,
  refreshCustomer: createRefreshCustomer(shared),
  realNow: () => Date.now(),
  random: randomText,
  callsMade: () => calls.made,
  // What it can do is measured, not what it allows itself beside a site's own calls.
  settings: { callsPerSecond: 1_000_000 },
})({ onProgress: measured.look });
if (outcome.kind !== 'done') throw outcome.error ?? new Error(`it ended ${outcome.kind}`);
const { checked, differing, failed } = outcome.report;
process.stdout.write(
  JSON.stringify({ ...measured.end(), checked, differing, failed: failed.length, calls: calls.made }),
);
await stores.close();
