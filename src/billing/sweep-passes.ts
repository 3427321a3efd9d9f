/** After the subscriptions: every pass that was paid for and may still be good, beside what is kept of it. */
import type { EntitlementStore } from '../entitlements/entitlement-store.ts';
import type { Clock } from '../ops/clock.ts';
import type { Policy } from '../policy/policy.ts';
import type { ReaderStore } from '../readers/reader-store.ts';
import type { Billing, SweptPass } from './billing.ts';
import type { CustomerRecord, CustomerStore } from './customer-store.ts';
import { holdingsBy } from './holdings.ts';
import { causesOf, holdersHave } from './in-step.ts';
import type { LookAgain } from './look-again.ts';
import { bringBack } from './lost-owner.ts';
import { ownerField } from './owner-by-stripe.ts';
import type { Pace } from './pace.ts';
import { pacedPages } from './paced-pages.ts';
import { settlePage, type Verdict } from './settle-page.ts';
import type { StorePatience } from './store-patience.ts';
import type { SweptMarks } from './swept-marks.ts';

interface Options {
  readonly billing: Pick<Billing, 'paidPasses' | 'customerState'>;
  readonly customers: Pick<CustomerStore, 'customer'>;
  readonly entitlements: Pick<EntitlementStore, 'of'>;
  readonly readers: Pick<ReaderStore, 'byId' | 'byEmail' | 'putUnproved'>;
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly marks: SweptMarks;
  readonly look: LookAgain['look'];
  readonly patiently: StorePatience;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

const dayMs = 86_400_000;

/** Some ways to pay bring the money weeks after the checkout, and the pass begins only then. */
const latePaymentDays = 30;

/** Nothing is asked where the policy sells no passes. */
export const sweepPasses = async (options: Options): Promise<void> => {
  const { billing, policy, clock, pace, signal } = options;
  const longestDays = Math.max(0, ...policy().plans.map(({ passDays = 0 }) => passDays));
  if (longestDays === 0) return;
  const since = clock() - (longestDays + latePaymentDays) * dayMs;
  // Short beside the subscriptions, and harmless to begin anew: it keeps no cursor.
  const open = (): AsyncIterable<readonly SweptPass[]> => billing.paidPasses(since);
  for await (const { items, askedAt } of pacedPages({ open, pace, clock, signal }))
    await settlePage(options, items, (swept) => judge(options, swept, askedAt));
};

const judge = async (options: Options, swept: SweptPass, askedAt: number): Promise<Verdict> => {
  const { customers, entitlements, policy, clock, marks } = options;
  const record = await customers.customer(swept.customer);
  if (!record) return (await becomesOurs(options, swept)) ? 'doubtful' : 'not-ours';
  if (record.readAt <= askedAt && !saysTheSame(swept, record)) return 'doubtful';
  const held = await holdingsBy(entitlements, swept.customer, record);
  const now = clock();
  if (!holdersHave(held, record, policy(), now)) return 'doubtful';
  return marks.isComplete(swept.customer, swept.checkout, causesOf(held, now)) ? 'listed' : 'partly-listed';
};

const saysTheSame = ({ checkout, contested }: SweptPass, { state }: CustomerRecord): boolean => {
  if (state?.deleted) return true;
  const kept = state?.passes.find((pass) => pass.checkout === checkout);
  // What was contested once may be settled by now: only the customer's own state tells, each time.
  return kept !== undefined && !contested && kept.reversal === undefined;
};

/** Only Gatefold's own checkouts name a reader. Whose the customer is now, its own metadata says, which is one call away. */
const becomesOurs = async (options: Options, { customer, metadata }: SweptPass): Promise<boolean> => {
  if (metadata[ownerField] === undefined) return false;
  const state = await options.pace.ask(options.signal, () => options.billing.customerState(customer));
  return state !== undefined && (await bringBack(options, state)) !== undefined;
};
