/** A reconcile that is stopped, killed, refused, told to hurry less or run twice loses nothing and disturbs nobody. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { BillingFault, type BillingFaultKind } from '../../src/billing/billing.ts';
import { createReconcile } from '../../src/billing/reconcile.ts';
import type { CustomerId } from '../../src/billing/subscription.ts';
import { LeaseLost } from '../../src/billing/under-lease.ts';
import type { ReaderId } from '../../src/readers/reader.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { dayMs, noon, subscription } from './customer-facts.ts';
import {
  newSubscriptionId,
  noDrift,
  type ReconcileBench,
  reconcileBench,
  reportOf,
} from './reconcile-bench.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatefold-reconcile-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let files = 0;
let stores: Stores;
let bench: ReconcileBench;
beforeEach(async () => {
  stores = await openStores({ dataDir: join(directory, String(++files)), warn: () => {} });
  bench = reconcileBench(stores);
});
afterEach(() => stores.close());

const run = async (asked = {}) => reportOf(await bench.reconcile(asked));

/** So many customers who paid and are stopped, newest subscription first. */
const stopped = async (count: number) => {
  const all = [];
  for (let n = 0; n < count; n += 1) {
    const made = await bench.known({ subscriptions: [] });
    const facts = { id: newSubscriptionId(), createdAt: noon - (n + 1) * dayMs };
    bench.change(made.id, { subscriptions: [subscription(facts)] });
    all.push(made);
  }
  return all;
};

const letIn = async (customers: readonly { reader: ReaderId }[]): Promise<number> => {
  const lists = await Promise.all(customers.map(({ reader }) => bench.accessOf(reader)));
  return lists.filter((list) => list.length > 0).length;
};

const pagesAsked = () =>
  bench.stripe.asked.flatMap((question) => (question.what === 'page' ? [question.after] : []));

/** @param from of those questions, the first that fails; 0 is the first of all. */
const failing = (
  what: 'state' | 'page' | 'events',
  kind: BillingFaultKind,
  { from = 0, times = Number.POSITIVE_INFINITY } = {},
): void => {
  let asked = 0;
  bench.stripe.before = (question) => {
    if (question.what !== what) return;
    asked += 1;
    if (asked > from && asked <= from + times) throw new BillingFault(kind, 'as the test says');
  };
};

describe('a run that is broken off', () => {
  test('by a signal goes on behind its last page, and counts on', async () => {
    const customers = await stopped(9);
    const stop = new AbortController();
    bench.stripe.before = ({ what }) => {
      if (what === 'page' && pagesAsked().length === 3) stop.abort();
    };
    const outcome = await bench.reconcile({ signal: stop.signal });
    expect(outcome).toMatchObject({ kind: 'stopped', report: { checked: 6, healed: 6 } });
    expect(await letIn(customers)).toBe(6);
    const [, , sixth] = pagesAsked();
    bench.stripe.asked.length = 0;
    bench.stripe.before = () => {};
    expect(await run()).toMatchObject({ resumed: true, checked: 9, healed: 9 });
    expect(pagesAsked()[0]).toBe(sixth);
    expect(await letIn(customers)).toBe(9);
  });

  test('because Stripe can’t be asked says so, and the next one goes on', async () => {
    const customers = await stopped(9);
    failing('page', 'unreachable', { from: 2 });
    expect(await bench.reconcile()).toMatchObject({
      kind: 'broken-off',
      error: { kind: 'unreachable' },
      report: { checked: 6 },
    });
    bench.stripe.before = () => {};
    expect(await run()).toMatchObject({ resumed: true, checked: 9, healed: 9 });
    expect(await letIn(customers)).toBe(9);
  });

  test('long ago is not gone on with: what it compared may have changed since', async () => {
    await stopped(9);
    failing('page', 'not-allowed', { from: 2 });
    await bench.reconcile();
    bench.stripe.before = () => {};
    const progress = await stores.customers.progress();
    if (!progress) throw new Error('no progress was kept');
    await stores.customers.putProgress({ ...progress, startedAt: progress.startedAt - dayMs });
    bench.stripe.asked.length = 0;
    expect(await run()).toMatchObject({ resumed: false, checked: 9 });
    expect(pagesAsked()[0]).toBeUndefined();
  });

  test('begins anew where its last subscription is gone from Stripe', async () => {
    await stopped(9);
    failing('page', 'not-allowed', { from: 2 });
    await bench.reconcile();
    bench.stripe.before = (question) => {
      if (question.what === 'page' && question.after && pagesAsked().length === 1)
        throw new BillingFault('refused', 'No such subscription', 'resource_missing');
    };
    bench.stripe.asked.length = 0;
    expect(await run()).toMatchObject({ resumed: true });
    expect(pagesAsked()[1]).toBeUndefined();
  });

  test('a store that fails now and then breaks nothing off', async () => {
    const customers = await stopped(9);
    let asked = 0;
    const hiccup = <Args extends unknown[], Answer>(call: (...args: Args) => Promise<Answer>) => {
      return async (...args: Args): Promise<Answer> => {
        asked += 1;
        if (asked % 5 === 0) throw new Error('Command timed out');
        return call(...args);
      };
    };
    const { customer, markSwept, putProgress, all } = stores.customers;
    const shaky = {
      ...stores.customers,
      customer: hiccup(customer),
      markSwept: hiccup(markSwept),
      putProgress: hiccup(putProgress),
      all: async function* () {
        asked += 1;
        yield* all();
        if (asked % 2 === 0) throw new Error('Command timed out');
      },
    };
    const entitlements = { of: hiccup(stores.entitlements.of) };
    const outcome = await createReconcile({ ...bench.deps, customers: shaky, entitlements })();
    expect(outcome).toMatchObject({ kind: 'done', report: { checked: 9, healed: 9, failed: [] } });
    expect(await letIn(customers)).toBe(9);
  });

  test('by a store that went away rejects with nothing lost', async () => {
    const customers = await stopped(3);
    const { putProgress } = stores.customers;
    let kept = 0;
    const failingStore = {
      ...stores.customers,
      putProgress: async (progress: Parameters<typeof putProgress>[0]) => {
        kept += 1;
        if (kept > 2) throw new Error('the store is down');
        await putProgress(progress);
      },
    };
    const reconcile = createReconcile({ ...bench.deps, customers: failingStore });
    expect(await reconcile()).toMatchObject({ kind: 'broken-off', error: { message: 'the store is down' } });
    expect(await run()).toMatchObject({ resumed: true });
    expect(await letIn(customers)).toBe(3);
  });
});

describe('what passes is waited for', () => {
  test.each(['rate-limited', 'stripe-down', 'unreachable'] as const)(
    '%s: the same question is put again',
    async (kind) => {
      const customers = await stopped(4);
      failing('state', kind, { from: 1, times: 3 });
      expect(await run()).toMatchObject({ healed: 4, failed: [] });
      failing('page', kind, { from: 1, times: 3 });
      expect(await run()).toMatchObject({ checked: 4 });
      failing('events', kind, { times: 3 });
      expect(await run()).toMatchObject({ failed: [] });
      expect(await letIn(customers)).toBe(4);
    },
  );
});

describe('a customer that can’t be read', () => {
  const failFor = (customer: CustomerId, times: number): void => {
    let asked = 0;
    bench.stripe.before = (question) => {
      if (question.what !== 'state' || question.customer !== customer) return;
      asked += 1;
      if (asked <= times) throw new BillingFault('nonsense', 'not a customer');
    };
  };

  test('keeps nobody else from being mended, and is tried again at the end', async () => {
    const customers = await stopped(9);
    failFor(customers[1]?.id as CustomerId, 1);
    expect(await run()).toMatchObject({ checked: 9, healed: 9, failed: [] });
    expect(await letIn(customers)).toBe(9);
  });

  test('twice is named in the report, and the next run begins with what the last one left', async () => {
    const customers = await stopped(9);
    const bad = customers[1]?.id as CustomerId;
    failFor(bad, 2);
    const report = await run();
    expect(report).toMatchObject({ healed: 8, failed: [{ customer: bad, why: 'not a customer' }] });
    expect(await letIn(customers)).toBe(8);
    expect((await stores.customers.progress())?.failed).toEqual([bad]);
    expect(await run()).toMatchObject({ healed: 1, failed: [] });
    expect((await stores.customers.progress())?.failed).toEqual([]);
  });

  test('is not lost with the event that named it', async () => {
    const { id, reader } = await bench.known();
    const [current] = bench.stripe.customers.get(id)?.subscriptions ?? [];
    // What no list tells: only the event does.
    bench.change(id, { subscriptions: [{ ...current, reversal: 'refunded' } as never] });
    bench.stripe.undelivered.push({
      id: 'evt_1',
      type: 'charge.refunded',
      createdAt: noon,
      subject: { customer: id, refers: {} },
    });
    failFor(id, 2);
    bench.time.now += 3_600_000;
    expect(await run()).toMatchObject({ failed: [{ customer: id }] });
    expect(await run()).toMatchObject({ events: 0, healed: 1, failed: [] });
    expect(await bench.accessOf(reader)).toEqual([]);
  });

  test('is remembered by a run that is killed after the cursor has passed it', async () => {
    const customers = await stopped(9);
    const bad = customers[1]?.id as CustomerId;
    const stop = new AbortController();
    bench.stripe.before = (question) => {
      if (question.what === 'state' && question.customer === bad) throw new BillingFault('nonsense', 'no');
      if (question.what === 'page' && pagesAsked().length === 3) stop.abort();
    };
    expect(await bench.reconcile({ signal: stop.signal })).toMatchObject({ kind: 'stopped' });
    bench.stripe.before = () => {};
    expect(await run()).toMatchObject({ resumed: true, healed: 9, failed: [] });
    expect(await letIn(customers)).toBe(9);
  });

  test('and another, and another: then the run is broken off instead of failing for everybody', async () => {
    bench = reconcileBench(stores, { atOnce: 1 });
    await stopped(40);
    failing('state', 'nonsense');
    expect(await bench.reconcile()).toMatchObject({ kind: 'broken-off', error: { kind: 'nonsense' } });
    expect(bench.stripe.asked.filter(({ what }) => what === 'state').length).toBeLessThan(40 + 26);
  });
});

describe('two at once', () => {
  test('one runs, and the other says since when', async () => {
    await stopped(3);
    let other: unknown;
    bench.stripe.before = async ({ what }) => {
      if (what === 'page' && other === undefined) other = await bench.reconcile();
    };
    const report = await run();
    expect(other).toEqual({ kind: 'running-already', since: expect.any(Number) });
    expect(report).toMatchObject({ checked: 3, healed: 3 });
    expect((await run()).checked).toBe(3);
  });

  test('one that was killed keeps the next one waiting for no longer than its lease', async () => {
    const realNow = Date.now();
    await stores.customers.lease('reconcile', 'killed', realNow, realNow + 30_000);
    expect(await bench.reconcile()).toEqual({ kind: 'running-already' });
    await stores.customers.lease('reconcile', 'killed', realNow, realNow - 1);
    expect(await bench.reconcile()).toMatchObject({ kind: 'done' });
  });

  test('one whose lease another took stops', async () => {
    bench = reconcileBench(stores, { leaseMs: 40 });
    await stopped(3);
    const { lease, release, progress, putProgress } = stores.customers;
    let held = '';
    bench.stripe.before = async ({ what }) => {
      if (what !== 'page') return;
      await release('reconcile', held);
      await lease('reconcile', 'another', Date.now(), Date.now() + 60_000);
      await putProgress({ ...(await progress()), run: 'of the other' } as never);
      await new Promise((resolve) => setTimeout(resolve, 60));
    };
    const watched = {
      ...stores.customers,
      lease: (name: string, by: string, now: number, until: number) => {
        held = by;
        return lease(name, by, now, until);
      },
    };
    const outcome = await createReconcile({ ...bench.deps, customers: watched })();
    expect(outcome).toMatchObject({ kind: 'broken-off' });
    if (outcome.kind === 'broken-off') expect(outcome.error).toBeInstanceOf(LeaseLost);
    expect((await progress())?.run).toBe('of the other');
  });
});

describe('a dry run', () => {
  /** Everything that is kept of customers and rights. */
  const kept = async (readers: readonly ReaderId[]) => {
    const records = [];
    for await (const page of stores.customers.all()) records.push(...page);
    return {
      records,
      progress: await stores.customers.progress(),
      rights: await Promise.all(readers.map((reader) => stores.entitlements.of(reader))),
      accounts: await Promise.all(readers.map((reader) => stores.readers.byId(reader))),
    };
  };

  test('changes nothing, and finds what a run then mends', async () => {
    const customers = await stopped(4);
    const gone = await bench.known();
    bench.stripe.customers.delete(gone.id);
    const ended = await bench.known();
    bench.change(ended.id, { subscriptions: [] });
    const lost = await bench.unheardOf();
    await bench.unheardOf({ metadata: { gatefold_reader: 'a-lost-reader' } });
    await bench.known();
    bench.stripe.undelivered.push({
      id: 'evt_1',
      type: 'x',
      createdAt: noon,
      subject: { customer: customers[0]?.id as CustomerId, refers: {} },
    });
    const readers = [...customers, gone, ended, lost].map(({ reader }) => reader);
    const before = await kept([...readers, 'a-lost-reader' as ReaderId]);
    const dry = await run({ dryRun: true });
    expect(await kept([...readers, 'a-lost-reader' as ReaderId])).toEqual(before);
    expect(dry).toMatchObject({
      dryRun: true,
      healed: 0,
      drift: { ...noDrift, 'paid-but-stopped': 6, 'not-paid-but-let-in': 2 },
    });
    const wet = await run();
    expect(wet.drift).toEqual(dry.drift);
    expect(wet.healed).toBe(8);
    expect(await run({ dryRun: true })).toMatchObject({ drift: noDrift });
  });

  test('leaves a run that was broken off where it was', async () => {
    await stopped(9);
    failing('page', 'not-allowed', { from: 2 });
    await bench.reconcile();
    bench.stripe.before = () => {};
    const before = await stores.customers.progress();
    await run({ dryRun: true });
    expect(await stores.customers.progress()).toEqual(before);
    expect(await run()).toMatchObject({ resumed: true, checked: 9 });
  });
});

test('tells how far it is, and how far the last run went', async () => {
  await stopped(7);
  await run();
  const told: unknown[] = [];
  await run({ onProgress: (standing: object) => told.push(standing) });
  expect(told[0]).toMatchObject({ phase: 'events', checked: 0, expected: 7 });
  expect(told.at(-1)).toMatchObject({ phase: 'kept', checked: 7, expected: 7, failed: 0 });
});
