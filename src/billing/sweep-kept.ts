/** Last step of a reconcile: customers that are kept, let somebody in, and were not listed by Stripe. */
import { derive } from '../entitlements/derive.ts';
import type { EntitlementStore } from '../entitlements/entitlement-store.ts';
import type { Clock } from '../ops/clock.ts';
import type { Policy } from '../policy/policy.ts';
import type { CustomerRecord, CustomerStore } from './customer-store.ts';
import { notEnded } from './drift.ts';
import { holdingsBy } from './holdings.ts';
import { causesOf, holdersHave } from './in-step.ts';
import type { LookAgain } from './look-again.ts';
import type { SweptMarks } from './swept-marks.ts';

interface Options {
  readonly customers: Pick<CustomerStore, 'all'>;
  readonly entitlements: Pick<EntitlementStore, 'of'>;
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly marks: SweptMarks;
  readonly look: LookAgain['look'];
  readonly signal: AbortSignal;
}

/** @param sweptSince when the list of subscriptions was begun: whoever came later isn't on it. Milliseconds. */
export const sweepKept = async (options: Options, sweptSince: number): Promise<void> => {
  const { customers, marks, look, signal } = options;
  for await (const records of customers.all()) {
    signal.throwIfAborted();
    const unmarked = records.filter((record) => !marks.isMarked(record));
    const judged = await Promise.all(
      unmarked.map(async (record) => ((await isDoubtful(options, record, sweptSince)) ? [record.id] : [])),
    );
    await marks.mark(await look(judged.flat()));
  }
};

const isDoubtful = async (
  { entitlements, policy, clock }: Options,
  record: CustomerRecord,
  sweptSince: number,
): Promise<boolean> => {
  const now = clock();
  const held = await holdingsBy(entitlements, record.id, record);
  const isInStep = holdersHave(held, record, policy(), now);
  if (isInStep && record.readAt > sweptSince) return false;
  if (causesOf(held, now).size > 0) return true;
  // Nobody is let in: then only whoever should be is worth a question, such as the buyer of a pass.
  return record.state !== undefined && notEnded(derive(record.state, policy(), now), now).length > 0;
};
