/** Second step of a reconcile: every subscription that Stripe lists, beside what is kept of it. */
import type { EntitlementStore } from '../entitlements/entitlement-store.ts';
import type { Clock } from '../ops/clock.ts';
import type { Policy } from '../policy/policy.ts';
import type { ReaderStore } from '../readers/reader-store.ts';
import type { Billing, SweptSubscription } from './billing.ts';
import type { CustomerStore } from './customer-store.ts';
import { holdingsBy } from './holdings.ts';
import { causesOf, holdersHave, saysTheSame } from './in-step.ts';
import type { LookAgain } from './look-again.ts';
import { bringBack } from './lost-owner.ts';
import type { Pace } from './pace.ts';
import { pacedPages } from './paced-pages.ts';
import type { Tally } from './reconcile-tally.ts';
import { settlePage, type Verdict } from './settle-page.ts';
import type { StorePatience } from './store-patience.ts';
import type { SubscriptionId } from './subscription.ts';
import type { SweptMarks } from './swept-marks.ts';

interface Options {
  readonly billing: Pick<Billing, 'allSubscriptions'>;
  readonly customers: Pick<CustomerStore, 'customer'>;
  readonly entitlements: Pick<EntitlementStore, 'of'>;
  readonly readers: Pick<ReaderStore, 'byId' | 'byEmail' | 'putUnproved'>;
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly tally: Tally;
  readonly marks: SweptMarks;
  readonly look: LookAgain['look'];
  readonly patiently: StorePatience;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  /** Everything up to this one has been dealt with. */
  readonly onPage: (last: SubscriptionId) => Promise<void>;
}

/** @param after go on from behind this one. */
export const sweepSubscriptions = async (
  options: Options,
  after: SubscriptionId | undefined,
): Promise<void> => {
  const { billing, pace, clock, signal, tally, onPage } = options;
  const open = (last: SweptSubscription | undefined): AsyncIterable<readonly SweptSubscription[]> =>
    billing.allSubscriptions(last?.subscription.id ?? after);
  for await (const { items, askedAt } of pacedPages({ open, pace, clock, signal })) {
    await settlePage(options, items, (swept) => judge(options, swept, askedAt));
    tally.add('checked', items.length);
    const last = items.at(-1);
    if (last) await onPage(last.subscription.id);
  }
};

const judge = async (options: Options, swept: SweptSubscription, askedAt: number): Promise<Verdict> => {
  const { customers, entitlements, policy, clock, marks } = options;
  const { customer, subscription } = swept;
  const record = await customers.customer(customer);
  if (!record) return (await becomesOurs(options, swept)) ? 'doubtful' : 'not-ours';
  // A record that was read later than the list knows better.
  if (record.readAt <= askedAt && !saysTheSame(swept, record)) return 'doubtful';
  const held = await holdingsBy(entitlements, customer, record);
  const now = clock();
  if (!holdersHave(held, record, policy(), now)) return 'doubtful';
  return marks.isComplete(customer, subscription.id, causesOf(held, now)) ? 'listed' : 'partly-listed';
};

/** Nobody's yet: its owner is found by what Stripe holds. */
const becomesOurs = async (
  options: Options,
  { customerMetadata, customerEmail, subscription }: SweptSubscription,
): Promise<boolean> => {
  const owner = await bringBack(options, {
    deleted: false,
    metadata: customerMetadata,
    subscriptions: [subscription],
    passes: [],
    ...(customerEmail === undefined ? {} : { email: customerEmail }),
  });
  return owner !== undefined && (owner.named || isSoldHere(subscription, options.policy()));
};

const isSoldHere = ({ items }: SweptSubscription['subscription'], { plans }: Policy): boolean =>
  items.some((item) => plans.some(({ price }) => price === item.price));
