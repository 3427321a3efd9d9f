/** What a reader pays for, as the account needs it: read from what is kept, looked up at Stripe, ended, let go. */
import type { Clock } from '../ops/clock.ts';
import { within } from '../ops/within.ts';
import type { Policy } from '../policy/policy.ts';
import type { ReaderId } from '../readers/reader.ts';
import type { ReaderBilling } from '../readers/reader-billing.ts';
import { accountBilling, boughtHere, planNameOf } from './account-subscriptions.ts';
import { type Billing, BillingFault } from './billing.ts';
import type { CustomerRecord, CustomerStore } from './customer-store.ts';
import type { RefreshCustomer } from './refresh-customer.ts';
import { isLive, type SubscriptionState } from './subscription.ts';

interface Options {
  readonly billing: Pick<Billing, 'assignCustomer' | 'cancelNow' | 'openCheckouts' | 'expireCheckout'>;
  readonly customers: Pick<CustomerStore, 'customersOf' | 'assign' | 'forget'>;
  readonly refresh: RefreshCustomer;
  readonly policy: () => Policy;
  readonly clock: Clock;
  /** Told when Stripe couldn't be asked for the account page. */
  readonly report: (error: unknown) => void;
}

export const createReaderBilling = (options: Options): ReaderBilling => ({
  shown: (reader, fresh) => shown(options, reader, fresh),
  exported: async (reader) =>
    (await options.customers.customersOf(reader)).map((record) => exported(record, reader)),
  standing: async (reader) => {
    const owned = await asStripeHasThem(options, reader);
    const running = owned.flatMap((record) => charging(options, record).filter(isLive));
    return {
      running: running.map((subscription) => planNameOf(subscription, options.policy())),
      customer: owned.length > 0,
    };
  },
  endAll: (reader) => endAll(options, reader),
  release: (reader) => release(options, reader),
});

/** Webhooks keep the rest in step; this is for the reader who looks while one is late. */
const freshMs = 60_000;
/** Longer, and the reader gets what is kept, with a word. */
const patienceMs = 2_000;

async function shown(options: Options, reader: ReaderId, fresh: boolean) {
  const { customers, refresh, policy, clock, report } = options;
  const kept = await customers.customersOf(reader);
  const old = kept.filter(({ readAt }) => fresh || clock() - readAt > freshMs);
  const unread = await Promise.all(
    old.map(async (record) => {
      const outcome = await within(refresh(record.id), patienceMs).catch((error: unknown) => {
        report(error);
        return 'failed' as const;
      });
      return outcome === 'late' || outcome === 'failed' ? [record.readAt] : [];
    }),
  );
  const records = old.length > 0 ? await customers.customersOf(reader) : kept;
  const billing = accountBilling(records, reader, policy(), clock());
  const knownSince = unread.flat();
  if (knownSince.length === 0) return billing;
  const knownAt = Math.min(...knownSince);
  return { ...billing, stale: knownAt > 0 ? { knownAt } : {} };
}

/** Of a customer that somebody else manages no more than that it was paid for: the rest is the owner's. */
const exported = ({ id, owner, state, readAt }: CustomerRecord, reader: ReaderId) =>
  owner === reader ? { id, role: 'owner', readAt, state: state ?? null } : { id, role: 'payer' };

/** Rejects while Stripe can't be asked: what it would go on charging must be known first. */
async function asStripeHasThem(
  { customers, refresh }: Options,
  reader: ReaderId,
): Promise<readonly CustomerRecord[]> {
  const ownedBy = async () => (await customers.customersOf(reader)).filter(({ owner }) => owner === reader);
  for (const { id } of await ownedBy()) await refresh(id);
  return ownedBy();
}

/** An unfinished first payment can still be made, and would then go on being charged too. */
const charging = ({ policy, clock }: Options, { state }: CustomerRecord): readonly SubscriptionState[] =>
  state === undefined
    ? []
    : boughtHere(state, policy(), clock()).filter((each) => isLive(each) || each.status === 'incomplete');

async function endAll(options: Options, reader: ReaderId): Promise<number> {
  const { billing, refresh } = options;
  let ended = 0;
  for (const record of await asStripeHasThem(options, reader)) {
    // What is only begun now would be paid afterwards.
    for (const checkout of await unlessGone(() => billing.openCheckouts(record.id), []))
      await billing.expireCheckout(checkout.id);
    for (const subscription of charging(options, record)) {
      await unlessGone(() => billing.cancelNow(subscription.id), undefined);
      if (isLive(subscription)) ended += 1;
    }
    await refresh(record.id);
  }
  return ended;
}

/** Somebody else may have ended or deleted it meanwhile: then there is nothing left to do. */
async function unlessGone<Answer>(ask: () => Promise<Answer>, gone: Answer): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof BillingFault && error.code === 'resource_missing') return gone;
    throw error;
  }
}

/** Stripe takes an empty value for "no such field". */
const nobody = '' as ReaderId;

async function release({ billing, customers }: Options, reader: ReaderId): Promise<void> {
  for (const { id, owner, state } of await customers.customersOf(reader)) {
    if (owner !== reader) {
      await customers.assign(id, { owner });
      continue;
    }
    // At Stripe first: named there, the customer would find its way back to the reader by the next event.
    if (state?.deleted !== true)
      await unlessGone(() => billing.assignCustomer(id, { reader: nobody }), undefined);
    await customers.forget(id);
  }
}
