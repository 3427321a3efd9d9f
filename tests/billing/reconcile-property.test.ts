/** Whatever was lost, changed or made up, and however often the reconcile was broken off: in the end access is what Stripe says. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BillingFault } from '../../src/billing/billing.ts';
import type { CustomerId, CustomerState } from '../../src/billing/subscription.ts';
import type { Entitlement } from '../../src/entitlements/entitlement.ts';
import type { ReaderId } from '../../src/readers/reader.ts';
import { openStores } from '../../src/stores/open-stores.ts';
import { dayMs, item, noon, pass, subscription } from './customer-facts.ts';
import { newSubscriptionId, type ReconcileBench, reconcileBench, reportOf } from './reconcile-bench.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatefold-reconcile-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const days = fc.integer({ min: -40, max: 40 }).map((count) => noon + count * dayMs);

const anySubscription = fc
  .record({
    status: fc.constantFrom(
      ...['active', 'trialing', 'past_due', 'unpaid', 'canceled', 'incomplete', 'paused', 'yet_unknown'],
    ),
    price: fc.constantFrom('price_monthly', 'price_yearly', 'price_puzzles', 'price_of_another_service'),
    ends: days,
    created: days,
    quantity: fc.integer({ min: 0, max: 2 }),
    cancelAt: fc.option(days, { nil: undefined }),
    owedSince: fc.option(days, { nil: undefined }),
    reversal: fc.option(fc.constantFrom('refunded', 'disputed'), { nil: undefined, freq: 4 }),
  })
  .map(({ price, ends, created, quantity, ...facts }) =>
    subscription({
      id: newSubscriptionId(),
      createdAt: Math.min(created, noon),
      startedAt: Math.min(created, noon),
      items: [item(price, { periodStartsAt: ends - 30 * dayMs, periodEndsAt: ends, quantity })],
      ...defined(facts),
    }),
  );

const anyPass = fc
  .record({
    paid: fc.integer({ min: -9, max: 0 }),
    reversal: fc.option(fc.constant('refunded'), { nil: undefined }),
  })
  .map(({ paid, ...facts }) =>
    pass({
      checkout: newSubscriptionId().replace('sub', 'cs'),
      paidAt: noon + paid * dayMs,
      ...defined(facts),
    }),
  );

const anyState = fc.record({
  subscriptions: fc.array(anySubscription, { maxLength: 3 }),
  passes: fc.array(anyPass, { maxLength: 2 }),
  features: fc.subarray(['archive', 'puzzles', 'unknown']),
  email: fc.constantFrom('a@example.com', 'b@example.com'),
});

/** Absent and undefined are not the same. */
const defined = (facts: object): object =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));

const mishaps = [
  'nothing',
  'webhook lost',
  'customer deleted',
  'customer gone',
  'rights lost',
  'right made up',
  'record lost',
  'subscription gone',
] as const;

const anyCustomer = fc.record({ before: anyState, after: anyState, mishap: fc.constantFrom(...mishaps) });

type Mishap = (typeof mishaps)[number];

const strike = async (
  bench: ReconcileBench,
  { id, reader }: { id: CustomerId; reader: ReaderId },
  mishap: Mishap,
  after: Partial<CustomerState>,
): Promise<void> => {
  const { stores, stripe } = bench;
  switch (mishap) {
    case 'nothing':
      return;
    case 'webhook lost':
      bench.change(id, after);
      stripe.undelivered.push({
        id: 'evt',
        type: 'x',
        createdAt: noon,
        subject: { customer: id, refers: {} },
      });
      return;
    case 'customer deleted':
      stripe.delete(id);
      return;
    case 'customer gone':
      stripe.customers.delete(id);
      return;
    case 'rights lost':
      await stores.entitlements.forgetReader(reader);
      return;
    case 'right made up':
      await stores.entitlements.put(reader, {
        id: `${id}/sub_made_up/all`,
        product: 'all',
        source: 'subscription',
        startsAt: noon - 1,
        endsAt: noon + dayMs,
      } as Entitlement);
      return;
    case 'record lost':
      await stores.customers.forget(id);
      return;
    case 'subscription gone':
      bench.change(id, { subscriptions: (stripe.customers.get(id)?.subscriptions ?? []).slice(1) });
      return;
    default:
      mishap satisfies never;
  }
};

let runs = 0;

const holds = async (
  customers: readonly { before: Partial<CustomerState>; after: Partial<CustomerState>; mishap: Mishap }[],
  faults: readonly boolean[],
): Promise<void> => {
  const stores = await openStores({ dataDir: join(directory, String(++runs)), warn: () => {} });
  try {
    const bench = reconcileBench(stores);
    const made = [];
    for (const { before, after, mishap } of customers) {
      const one = await bench.known(before);
      await strike(bench, one, mishap, after);
      made.push(one);
    }
    const dry = reportOf(await bench.reconcile({ dryRun: true }));
    let asked = 0;
    bench.stripe.before = () => {
      if (faults[asked++]) throw new BillingFault('nonsense', 'as the test says');
    };
    const wet = await untilDone(bench);
    bench.stripe.before = () => {};
    for (const { id, reader } of made) expect(await bench.accessOf(reader)).toEqual(bench.due(id));
    if (!faults.includes(true)) expect(wet.drift).toEqual(dry.drift);
    const again = reportOf(await bench.reconcile());
    expect(again).toMatchObject({ differing: 0, failed: [] });
  } finally {
    await stores.close();
  }
};

const untilDone = async (bench: ReconcileBench) => {
  for (;;) {
    const outcome = await bench.reconcile();
    if (outcome.kind === 'broken-off') continue;
    const report = reportOf(outcome);
    if (report.failed.length === 0) return report;
  }
};

test('access is what Stripe says, a dry run has foretold it, and a second run finds nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyCustomer, { minLength: 1, maxLength: 8 }),
      fc.oneof(fc.constant([]), fc.array(fc.boolean(), { maxLength: 20 })),
      holds,
    ),
    { numRuns: 120 },
  );
});
