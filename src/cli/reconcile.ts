/** `gatefold reconcile`: everything compared with Stripe now, with how far it is and what was found. */
import { createReconcile } from '../billing/reconcile.ts';
import { hasDrift, type ReconcileOutcome } from '../billing/reconcile-report.ts';
import { createRefreshCustomer } from '../billing/refresh-customer.ts';
import type { CommandBilling } from '../gateway/open-command-billing.ts';
import { systemClock } from '../ops/clock.ts';
import { randomText } from '../ops/random.ts';
import { createProgressLine } from './progress-line.ts';
import { reconcileProgress } from './reconcile-progress.ts';
import { reportLines } from './report-lines.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { type CommandFacts, withStores } from './with-stores.ts';

export type OpenBilling = (facts: CommandFacts) => Promise<CommandBilling>;

/**
 * The exit code is 0 when nothing differs any more, 2 when a dry run found something that does, and 1 when it could not
 * be found out: Stripe or the store failed, some customers couldn't be read, it was stopped, or another run is under way.
 */
export const createReconcileCommand =
  (openBilling: OpenBilling) =>
  ({ dryRun = false }: { readonly dryRun?: boolean }): Promise<void> =>
    withStores(async (facts) => {
      const opened = await openBilling(facts);
      try {
        const outcome = await reconcile(facts, opened, dryRun);
        for (const line of reportLines(outcome)) console.log(line);
        process.exitCode = exitCodeOf(outcome);
      } finally {
        await opened.close();
      }
    });

const reconcile = async (
  { stores, policy }: CommandFacts,
  { billing, clock, callsMade }: CommandBilling,
  dryRun: boolean,
): Promise<ReconcileOutcome> => {
  const { customers, entitlements, readers } = stores;
  const shared = { billing, customers, entitlements, readers, policy: () => policy, clock };
  const run = createReconcile({
    ...shared,
    refreshCustomer: createRefreshCustomer(shared),
    realNow: systemClock,
    random: randomText,
    callsMade,
  });
  const line = createProgressLine(process.stderr, systemClock, reconcileProgress);
  try {
    return await stopOnSignal((signal) => run({ dryRun, signal, onProgress: line.show }));
  } finally {
    line.end();
  }
};

const exitCodeOf = (outcome: ReconcileOutcome): number => {
  if (outcome.kind !== 'done' || outcome.report.failed.length > 0) return 1;
  return outcome.report.dryRun && hasDrift(outcome.report) ? 2 : 0;
};
