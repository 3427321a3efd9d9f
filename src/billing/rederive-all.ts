/** A changed policy reaches every customer: what their readers may read is derived again from what is kept of them. */
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type { AccessTerms } from '../entitlements/derive.ts';
import type { EntitlementStore } from '../entitlements/entitlement-store.ts';
import { faultOf, type Log } from '../ops/log.ts';
import type { CustomerRecord, CustomerStore } from './customer-store.ts';
import type { AccessDeps } from './give-access.ts';
import { holdingsBy } from './holdings.ts';
import { inParallel } from './in-parallel.ts';
import { holdersHave } from './in-step.ts';
import { applyKeptState } from './refresh-customer.ts';
import { createStorePatience } from './store-patience.ts';
import { underLease } from './under-lease.ts';

export interface RederiveAll {
  /** To be told of each policy that is in force; nothing happens where no access hangs on what differs. */
  policyChanged(): void;
  /** When nothing is under way any more, whatever came of it. */
  settled(): Promise<void>;
  /** Ends what is under way at its next customer; resolves when it has. */
  close(): Promise<void>;
}

export interface RederiveOptions extends AccessDeps {
  readonly customers: AccessDeps['customers'] & Pick<CustomerStore, 'all' | 'lease' | 'release'>;
  readonly entitlements: AccessDeps['entitlements'] & Pick<EntitlementStore, 'of'>;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** Milliseconds that pass in reality. */
  readonly realNow: () => number;
  readonly random: (bytes: number) => string;
  readonly pauses?: Partial<Pauses>;
}

interface Pauses {
  /**
   * From the change to the first customer: longer than a store takes to answer, so that nothing derived by the policy
   * before is still being written. Milliseconds, as all of these.
   */
  readonly settleMs: number;
  /** While another instance is at it. */
  readonly lookMs: number;
  /** How long an instance that was killed keeps others waiting. */
  readonly leaseMs: number;
  /** Before a store that failed is asked again; doubles with each try. */
  readonly retryMs: number;
}

const usual: Pauses = { settleMs: 1_000, lookMs: 2_000, leaseMs: 30_000, retryMs: 200 };

/**
 * Every instance goes through all customers, one instance at a time: only then has none of them left behind what it
 * derived while it still had the policy before. Those that come after the first find nothing to change, and only read.
 *
 * Stripe isn't asked. Each reader's list is replaced in one step, so that nobody who pays is locked out meanwhile. What
 * fails is left to the next reconcile, which finds it.
 */
export const createRederiveAll = (options: RederiveOptions): RederiveAll => {
  let known = partsThatCount(options.policy());
  let stop = new AbortController();
  let current: Promise<void> = Promise.resolve();
  let closed = false;
  return {
    policyChanged: () => {
      const parts = partsThatCount(options.policy());
      if (closed || parts === known) return;
      known = parts;
      stop.abort();
      stop = new AbortController();
      const { signal } = stop;
      current = current.then(() => run(options, signal));
    },
    settled: async () => {
      for (let seen: unknown; seen !== current; ) {
        seen = current;
        await current;
      }
    },
    close: async () => {
      closed = true;
      stop.abort();
      await current;
    },
  };
};

/** As a text that differs when they do. */
const partsThatCount = ({ plans, products, billing }: AccessTerms): string =>
  JSON.stringify([
    plans.map((plan) => [plan.price, plan.products, plan.passDays]),
    products.map(({ id }) => id),
    [billing.graceDays, billing.refunded, billing.disputed],
  ]);

/** Never rejects. */
async function run(options: RederiveOptions, signal: AbortSignal): Promise<void> {
  const { customers, random, realNow, log } = options;
  const { settleMs, lookMs, leaseMs, retryMs } = { ...usual, ...options.pauses };
  const patiently = createStorePatience({ signal, pauseMs: retryMs });
  const lease = { customers, name: 'rederive', holder: random(12), realNow, leaseMs, signal };
  try {
    await wait(settleMs, undefined, { signal, ref: false });
    for (;;) {
      const done = await patiently(() => underLease(lease, (held) => rederive(options, held)));
      // A newer change came with the last customer: its own run says how it went.
      if (signal.aborted) return;
      if (done) return tell(log, done);
      await wait(lookMs, undefined, { signal, ref: false });
    }
  } catch (error) {
    if (signal.aborted) return;
    log.warn({ fault: faultOf(error) }, `the changed policy did not reach all customers; ${mended}`);
  }
}

const mended = 'the next reconcile mends it';

interface Counts {
  readonly checked: number;
  readonly changed: number;
  readonly failed: number;
  /** Why the first of them failed. */
  readonly error?: unknown;
}

const tell = (log: RederiveOptions['log'], { error, ...counts }: Counts): void => {
  if (counts.failed === 0) log.info(counts, 'the changed policy has reached all customers');
  else
    log.warn(
      { fault: faultOf(error), ...counts },
      `the changed policy did not reach some customers; ${mended}`,
    );
};

const atOnce = 16;
/** Then it isn't the customers. */
const maxFailedInARow = 25;

/** Rejects when it is to stop, or nearly nothing works any more. */
async function rederive(options: RederiveOptions, signal: AbortSignal): Promise<Counts> {
  const patiently = createStorePatience({ signal, pauseMs: options.pauses?.retryMs ?? usual.retryMs });
  const counts = { checked: 0, changed: 0, failed: 0 };
  const failures: unknown[] = [];
  let failedInARow = 0;
  const bring = async (record: CustomerRecord): Promise<void> => {
    signal.throwIfAborted();
    // The embedded store answers at once, and readers' requests would wait for all of them.
    await nextTurn();
    counts.checked += 1;
    try {
      if (await patiently(() => bringInLine(options, record))) counts.changed += 1;
      failedInARow = 0;
    } catch (error) {
      signal.throwIfAborted();
      counts.failed += 1;
      failedInARow += 1;
      if (failures.length === 0) failures.push(error);
      if (failedInARow >= maxFailedInARow) throw error;
    }
  };
  for await (const records of options.customers.all()) await inParallel(records, atOnce, bring);
  return { ...counts, ...(failures.length > 0 ? { error: failures[0] } : {}) };
}

/** Answers whether anything had to be changed. */
async function bringInLine(options: RederiveOptions, record: CustomerRecord): Promise<boolean> {
  const { entitlements, policy, clock } = options;
  if (record.state === undefined) return false;
  const held = await holdingsBy(entitlements, record.id, record);
  if (holdersHave(held, record, policy(), clock())) return false;
  await applyKeptState(options, record.id);
  return true;
}
