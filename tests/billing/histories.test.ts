/** After any history, with webhooks delayed, repeated, reordered and dropped, every reader's access is what Stripe's state gives. */
import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { holdersOf } from '../../src/billing/refresh-customer.ts';
import { derive } from '../../src/entitlements/derive.ts';
import type { Entitlement } from '../../src/entitlements/entitlement.ts';
import type { ReaderId } from '../../src/readers/reader.ts';
import type { Mischief } from '../../src/sandbox/sandbox.ts';
import { testSeed, times } from '../support/effort.ts';
import { sandboxTest } from '../support/stripe-under-test.ts';
import {
  type Action,
  act,
  actionKinds,
  anyHistory,
  type Household,
  newHousehold,
} from './history-actions.ts';
import { type HistorySite, startHistorySite } from './history-site.ts';

const rounds = times(3);
const historiesPerRound = 128;
const [hour, day] = [3_600_000, 86_400_000];

/** All histories of a round share the sandbox and its clock; so that a round stays short, months pass only a few times. */
const anyRound = fc.record({
  mischief: fc.record<Mischief>({
    delayMs: fc.nat(40),
    copies: fc.constantFrom(1, 1, 2),
    shuffle: fc.boolean(),
    dropOfTen: fc.constantFrom(0, 3, 6, 9),
  }),
  trouble: fc.constantFrom(0, 5, 20),
  histories: fc.array(anyHistory, {
    minLength: historiesPerRound,
    maxLength: historiesPerRound,
    size: 'max',
  }),
  waits: fc.shuffledSubarray([hour, 3 * hour, day, 3 * day, 8 * day, 27 * day, 28 * day], { minLength: 5 }),
});

const done: Record<string, number> = Object.fromEntries(actionKinds.map((kind) => [kind, 0]));

sandboxTest.each(
  fc.sample(anyRound, { numRuns: rounds, seed: testSeed }).map((round, index) => ({ index, round })),
)(`round $index of seed ${testSeed}`, async ({ round, index }) => {
  const site = await startHistorySite();
  try {
    const households = await Promise.all(
      round.histories.map((_, place) => newHousehold(site, `${index}-${place}`)),
    );
    await site.sandbox.controls.setMischief(round.mischief);
    site.trouble.oneOf = round.trouble;
    await play(site, households, round.histories, round.waits);
    site.trouble.oneOf = 0;
    await bringHome(site);
    const compared = await Promise.all(
      households.map(async (household, place) => {
        const [expected, found] = await Promise.all([expectedOf(site, household), foundOf(site, household)]);
        return { history: round.histories[place], household, expected, found };
      }),
    );
    const wrong = compared.find(({ expected, found }) => !isDeepStrictEqual(expected, found));
    if (wrong) {
      const { history, household, expected, found } = wrong;
      const facts = {
        seed: testSeed,
        history,
        mischief: round.mischief,
        customers: await customersOf(site, household),
      };
      expect({ ...facts, access: found }).toEqual({ ...facts, access: expected });
    }
    expect(site.warnings).toEqual([]);
  } finally {
    await site.close();
  }
});

sandboxTest('the kinds of actions were carried out, not only refused', () => {
  // By chance a rare one may find nothing to do in all histories of a run; two, only if something is wrong.
  expect(actionKinds.filter((kind) => (done[kind] ?? 0) === 0).length).toBeLessThan(2);
});

/** The first actions of all histories, time, the second actions of all, and so on. */
const play = async (
  site: HistorySite,
  households: readonly Household[],
  histories: readonly (readonly Action[])[],
  waits: readonly number[],
): Promise<void> => {
  let sinceReconcile = 0;
  const longest = Math.max(...histories.map(({ length }) => length));
  for (let place = 0; place < longest; place += 1) {
    const turns = histories.flatMap((history, index) => {
      const [action, household] = [history[place], households[index]];
      return action && household ? [{ action, household }] : [];
    });
    await inTurns(turns, 8, async ({ action, household }) => {
      if (await act(site, household, action)) done[action.do] = (done[action.do] ?? 0) + 1;
    });
    const wait = place % 2 === 1 || place < 4 ? waits[place % 12] : undefined;
    if (wait === undefined) continue;
    // As the schedule does it: Stripe remembers events for thirty days, and a refund shows in nothing else.
    sinceReconcile += wait;
    if (sinceReconcile > 28 * day) {
      await site.reconcile();
      sinceReconcile = wait;
    }
    await site.sandbox.controls.moveClock(site.sandbox.now() + wait);
  }
};

const inTurns = async <Item>(
  items: readonly Item[],
  atOnce: number,
  run: (item: Item) => Promise<void>,
): Promise<void> => {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await run(item);
    }),
  );
};

/** Mischief ends, what is under way arrives, and one reconcile makes up for what was dropped or failed. */
const bringHome = async ({ sandbox, reconcile, outcomes }: HistorySite): Promise<void> => {
  await sandbox.controls.setMischief({ delayMs: 0, copies: 1, shuffle: false, dropOfTen: 0 });
  await sandbox.controls.settled();
  const before = outcomes.length;
  const outcome = await reconcile();
  expect(outcome).toMatchObject({ kind: 'done', report: { failed: [] } });
  await sandbox.controls.settled();
  expect(outcomes.slice(before).filter(({ kind }) => kind === 'failed')).toEqual([]);
  // A second one finds nothing left to do.
  const again = await reconcile();
  expect(again).toMatchObject({ kind: 'done', report: { differing: 0, failed: [] } });
};

type Access = Readonly<Record<ReaderId, readonly Entitlement[]>>;

const sorted = (list: readonly Entitlement[], now: number): readonly Entitlement[] =>
  list.filter(({ endsAt }) => endsAt > now).sort((one, other) => (one.id < other.id ? -1 : 1));

/** By what the sandbox says now, and by whose the customers are. */
const expectedOf = async (site: HistorySite, household: Household): Promise<Access> => {
  const access = new Map<ReaderId, Entitlement[]>([...household.readers].map((reader) => [reader, []]));
  for (const id of household.customers) {
    const [state, record] = await Promise.all([
      site.billing.customerState(id),
      site.stores.customers.customer(id),
    ]);
    const list = state ? derive(state, site.policy, site.sandbox.now()) : [];
    for (const reader of new Set(holdersOf(record)))
      access.set(reader, [...(access.get(reader) ?? []), ...list]);
  }
  return shown(access, site.sandbox.now());
};

/** For a failure: what Stripe says beside what was kept. */
const customersOf = ({ billing, stores }: HistorySite, { customers }: Household) =>
  Promise.all(
    [...customers].map(async (id) => ({
      atStripe: await billing.customerState(id),
      kept: await stores.customers.customer(id),
    })),
  );

const foundOf = async ({ stores, sandbox }: HistorySite, { readers }: Household): Promise<Access> => {
  const lists = await Promise.all(
    [...readers].map(async (reader) => [reader, await stores.entitlements.of(reader)] as const),
  );
  return shown(new Map(lists), sandbox.now());
};

const shown = (access: ReadonlyMap<ReaderId, readonly Entitlement[]>, now: number): Access =>
  Object.fromEntries([...access].map(([reader, list]) => [reader, sorted(list, now)])) as Access;
