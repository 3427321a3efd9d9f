/** Which customers differed is kept from run to run, the newest of them, and of a bounded number. */
import { expect, test } from '@jest/globals';
import type { ReconcileProgress } from '../../src/billing/customer-store.ts';
import { beginRun } from '../../src/billing/reconcile-progress.ts';
import { createTally } from '../../src/billing/reconcile-tally.ts';
import type { CustomerId } from '../../src/billing/subscription.ts';

const customer = (n: number): CustomerId => `cus_${n}` as CustomerId;
const clocks = { callsMade: () => 0, realNow: () => 1000, dryRun: false };

test('the newest 300 are kept, with what was found of each and when', () => {
  const foundBefore = Array.from(
    { length: 299 },
    (_, n) => ({ customer: customer(n), kinds: ['old-account'], at: n }) as const,
  );
  const tally = createTally({ ...clocks, foundBefore });
  tally.found(customer(500), []);
  tally.found(customer(501), ['paid-but-stopped', 'other-dates']);
  tally.found(customer(502), ['not-paid-but-let-in']);
  const kept = tally.foundToKeep();
  expect(kept).toHaveLength(300);
  expect(kept[0]).toEqual(foundBefore[1]);
  expect(kept.slice(-2)).toEqual([
    { customer: customer(501), kinds: ['paid-but-stopped', 'other-dates'], at: 1000 },
    { customer: customer(502), kinds: ['not-paid-but-let-in'], at: 1000 },
  ]);
});

test('a new run goes on with what those before it found', async () => {
  const found = [{ customer: customer(1), kinds: ['old-account'] as const, at: 5 }];
  let put: ReconcileProgress = {
    ...{ run: 'last', startedAt: 0, phase: 'done', eventsUntil: 0, counts: {}, finishedAt: 9, found },
  };
  const customers = {
    progress: async () => put,
    putProgress: async (next: ReconcileProgress) => {
      put = next;
    },
  };
  const { progress } = await beginRun({ customers, dryRun: false, run: 'next', now: 10 });
  expect([progress.run, progress.found]).toEqual(['next', found]);
  expect(put).toEqual(progress);
});
