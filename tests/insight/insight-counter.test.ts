/** What was counted is what happened: once, on every instance, by the site's own days, and in the tables of the console. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { DecisionMade } from '../../src/gate/on-decision.ts';
import { readFunnelRow, readReadsRow, readSellerRow } from '../../src/insight/chart-rows.ts';
import { funnel, ruleMatches, sellers } from '../../src/insight/charts.ts';
import { dayAt, daysBetween } from '../../src/insight/days.ts';
import { distribution } from '../../src/insight/distribution.ts';
import { createInsightCounter, type InsightCounter } from '../../src/insight/insight-counter.ts';
import type { InsightStore } from '../../src/insight/insight-store.ts';
import { randomText } from '../../src/ops/random.ts';
import type { Meter, Policy } from '../../src/policy/policy.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { policyOf } from '../gate/policy-facts.ts';
import { dayMs, noon } from '../support/start-gateway.ts';
import { until } from '../support/until.ts';
import { decidedIn, policiesWith, worlds } from './arbitrary-logs.ts';

const directory = mkdtempSync(join(tmpdir(), 'gatefold-insight-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let run = 0;
let stores: Stores;
let counters: InsightCounter[];
const troubles: unknown[] = [];
beforeEach(async () => {
  run += 1;
  counters = [];
  troubles.length = 0;
  stores = await openStores({ dataDir: join(directory, String(run)), warn: () => undefined });
});
afterEach(async () => {
  await Promise.all(counters.map((each) => each.close()));
  await stores.close();
});

const instance = (store: Pick<InsightStore, 'add'> = stores.insight, timeZone = 'UTC', flushMs = 60_000) => {
  const counter = createInsightCounter({
    store,
    timeZone: () => timeZone,
    random: randomText,
    onTrouble: (error) => troubles.push(error),
    flushMs,
  });
  counters.push(counter);
  return counter;
};

const monthly = policyOf(`
site: { name: Test, timeZone: UTC }
meters: { main: { window: month, visitor: 3, registered: 5 } }
rules: [{ name: news, when: { section: News }, access: metered, meter: main, products: all }]
otherwise: { access: locked, products: all }
`);

interface Reading {
  readonly who: number;
  readonly story?: number;
  readonly section?: string;
  readonly at?: number;
}

/** Visitors who read, each decided by the gate's own functions. */
const readings = (policy: Policy, all: readonly Reading[]): Promise<DecisionMade[]> => {
  const stories = all.map(({ story = 0, section = 'News' }) => ({
    id: `/${section}-${story}` as DecisionMade['article']['id'],
    path: `/${section}-${story}`,
    title: '',
    publication: '',
    section,
    tags: [],
    authors: [],
    language: 'en',
  }));
  return decidedIn(
    {
      stories,
      readers: all.map(() => undefined),
      networks: all.map(() => 0),
      steps: all.map(({ who, at = 0 }, story) => ({
        who,
        story,
        purpose: 'read',
        passes: at - (all[story - 1]?.at ?? 0),
        meterDown: false,
        viewDown: false,
        uncuttable: false,
        crawler: false,
      })),
    },
    policy,
  );
};

const today = '2026-11-23';
const span = { from: today, to: today };

describe('the funnel', () => {
  test('tells what became of views by day, section and rule, and how far sales got by plan', async () => {
    const counter = instance();
    for (const made of await readings(monthly, [
      ...[0, 1, 2, 3].map((story) => ({ who: 0, story })),
      { who: 0, story: 0 },
      { who: 1, section: 'Sport' },
    ]))
      counter.view(made);
    const facts = { at: noon, section: 'News', rule: 'news', article: '/News-3' };
    counter.reached('promptSeen', facts);
    counter.reached('plansPage', facts);
    counter.reached('checkoutBegun', { ...facts, plan: 'year' });
    counter.subscribed('cs_1', { ...facts, plan: 'year' });
    await counter.flush();

    const [day, ...rest] = await funnel(stores.insight, { ...span, by: 'day' });
    expect(rest).toEqual([]);
    expect(day).toEqual({
      name: today,
      views: 6,
      stopRate: 2 / 6,
      stages: {
        open: 0,
        entitled: 0,
        registered: 0,
        freeRead: 3,
        readAgain: 1,
        degraded: 0,
        preview: 2,
        promptSeen: 1,
        plansPage: 1,
        checkoutBegun: 1,
        subscribed: 1,
      },
    });
    expect(
      (await funnel(stores.insight, { ...span, by: 'section' })).map(({ name, views }) => [name, views]),
    ).toEqual([
      ['News', 5],
      ['Sport', 1],
    ]);
    const byPlan = await funnel(stores.insight, { ...span, by: 'plan', only: { section: 'News' } });
    expect(byPlan.find(({ name }) => name === 'year')).toMatchObject({
      views: 0,
      stopRate: undefined,
      stages: { checkoutBegun: 1, subscribed: 1 },
    });
    expect(await ruleMatches(stores.insight, today)).toEqual(
      new Map([
        ['news', { views: 5, previews: 1 }],
        ['otherwise', { views: 1, previews: 1 }],
      ]),
    );
  });

  test('counts every view once, whatever was decided of it', async () => {
    await fc.assert(
      fc.asyncProperty(policiesWith(), worlds(30), async (policy, world) => {
        const rows = new Map<string, number>();
        const counter = instance({
          add: async (_, increments) => {
            for (const { chart, row, by } of increments)
              if (chart === 'funnel') rows.set(row, (rows.get(row) ?? 0) + by);
          },
        });
        const made = await decidedIn(world, policy);
        for (const each of made) counter.view(each);
        await counter.flush();
        expect([...rows.values()].reduce((sum, by) => sum + by, 0)).toBe(made.length);
        const previews = [...rows].filter(([row]) => readFunnelRow(row)?.stage === 'preview');
        expect(previews.reduce((sum, [, by]) => sum + by, 0)).toBe(
          made.filter(({ decision }) => decision.outcome === 'preview').length,
        );
      }),
      { numRuns: 50 },
    );
  });

  test('has a line for each day of the span, by the site’s clocks', async () => {
    const counter = instance(stores.insight, 'Pacific/Auckland');
    for (const made of await readings(monthly, [{ who: 0 }])) counter.view(made);
    await counter.flush();
    const lines = await funnel(stores.insight, { from: '2026-11-22', to: '2026-11-24', by: 'day' });
    expect(lines.map(({ name, views }) => [name, views])).toEqual([
      ['2026-11-22', 0],
      ['2026-11-23', 0],
      ['2026-11-24', 1],
    ]);
  });

  test('of too many sections in a day tells the rest as other, which no section can call itself', async () => {
    const counter = instance();
    const [made] = await readings(monthly, [{ who: 0 }]);
    if (!made) throw new Error('no view');
    for (let n = 0; n < 2100; n += 1)
      counter.view({ ...made, article: { ...made.article, section: n === 0 ? 'null' : `section ${n}` } });
    await counter.flush();
    const lines = await funnel(stores.insight, { ...span, by: 'section' });
    expect(lines.reduce((sum, { views }) => sum + views, 0)).toBe(2100);
    expect(lines.at(-1)).toMatchObject({ name: null, views: 100 });
    expect(lines).toContainEqual(expect.objectContaining({ name: 'null', views: 1 }));
  });
});

describe('free reads left', () => {
  const left = async (meter: Meter | undefined, at: number, timeZone = 'UTC') => {
    if (!meter) throw new Error('no meter');
    return (await distribution(stores.insight, { meter, timeZone, at })).map(
      ({ audience, of, left: n, readers }) => [audience, of, n, readers] as const,
    );
  };

  test('are told of everybody who has read in the window: 0, 1, 2 …, a reader in one line', async () => {
    const counter = instance();
    const all = [
      ...[0, 1, 2, 3].map((story) => ({ who: 0, story })),
      ...[0, 1, 0].map((story) => ({ who: 1, story, at: dayMs })),
      ...[2, 3, 4].map((who) => ({ who, story: 5, at: 2 * dayMs })),
      { who: 2, story: 6, at: 3 * dayMs },
    ];
    for (const made of await readings(monthly, all)) counter.view(made);
    await counter.flush();
    const [main] = monthly.meters;
    expect(await left(main, noon)).toEqual([['visitor', 3, 0, 1]]);
    expect(await left(main, noon + 3 * dayMs)).toEqual([
      ['visitor', 3, 0, 1],
      ['visitor', 3, 1, 2],
      ['visitor', 3, 2, 2],
    ]);
    expect(await left(main, noon + 20 * dayMs)).toEqual([]);
  });

  test('of a calendar window are exactly what the meter says, for any readers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ who: fc.nat(5), story: fc.nat(6) }), { maxLength: 40 }),
        async (all) => {
          const store = await openStores({
            dataDir: join(directory, randomText(6)),
            warn: () => undefined,
          });
          const counter = instance(store.insight);
          const made = await readings(monthly, all);
          for (const each of made) counter.view(each);
          await counter.close();
          const last = new Map(
            made.map(({ asker, decision }) => [asker.meterSubject, decision.standing?.left]),
          );
          const expected = [0, 1, 2].map((n) => [...last.values()].filter((value) => value === n).length);
          const [main] = monthly.meters;
          if (!main) throw new Error('no meter');
          const lines = await distribution(store.insight, { meter: main, timeZone: 'UTC', at: noon });
          await store.close();
          expect([0, 1, 2].map((n) => lines.find((line) => line.left === n)?.readers ?? 0)).toEqual(expected);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('of a rolling window forget what has expired, and are never fewer than none', async () => {
    const rolling = policyOf(`
site: { name: Test, timeZone: UTC }
meters: { main: { window: 2 days, visitor: 3 } }
otherwise: { access: metered, meter: main, products: all }
`);
    const counter = instance();
    const all = [0, 1, 2].map((story) => ({ who: 0, story, at: story * dayMs }));
    for (const made of await readings(rolling, all)) counter.view(made);
    await counter.flush();
    const [main] = rolling.meters;
    expect(await left(main, noon)).toEqual([['visitor', 3, 2, 1]]);
    expect(await left(main, noon + dayMs)).toEqual([['visitor', 3, 1, 1]]);
    const later = await left(main, noon + 3 * dayMs);
    expect(later.reduce((sum, [, , , readers]) => sum + readers, 0)).toBe(1);
    expect(await left(main, noon + 9 * dayMs)).toEqual([]);
  });
});

describe('what articles sell', () => {
  test('is told from the plans page to the subscription, the best sellers first', async () => {
    const counter = instance();
    for (const [article, begun, sold] of [
      ['/a', 3, 1],
      ['/b', 2, 2],
    ] as const) {
      for (let n = 0; n < begun; n += 1)
        counter.reached('checkoutBegun', { at: noon, article, plan: 'year' });
      for (let n = 0; n < sold; n += 1)
        counter.subscribed(`cs_${article}_${n}`, { at: noon, article, plan: 'year' });
    }
    counter.reached('plansPage', { at: noon });
    await counter.flush();
    expect(await sellers(stores.insight, span)).toEqual([
      { article: '/b', sales: { plansPage: 0, checkoutBegun: 2, subscribed: 2 } },
      { article: '/a', sales: { plansPage: 0, checkoutBegun: 3, subscribed: 1 } },
      { article: '', sales: { plansPage: 1, checkoutBegun: 0, subscribed: 0 } },
    ]);
  });

  test('counts a checkout once, whether its page or its webhook is heard first, on any instance', async () => {
    const [one, another] = [instance(), instance()];
    for (const each of [one, another, one]) {
      each.subscribed('cs_9', { at: noon, article: '/a', plan: 'year' });
      await each.flush();
    }
    expect((await sellers(stores.insight, span))[0]?.sales.subscribed).toBe(1);
    expect((await funnel(stores.insight, { ...span, by: 'plan' }))[0]?.stages.subscribed).toBe(1);
  });
});

describe('counting', () => {
  test('reaches the store within the flush time, without anybody asking', async () => {
    const counter = instance(stores.insight, 'UTC', 50);
    counter.reached('plansPage', { at: noon });
    await until(async () => (await sellers(stores.insight, span)).length === 1, 'the count');
  });

  test('survives a store that is away, or that answers only after it has counted', async () => {
    let fails = 2;
    const counter = instance({
      add: async (...batch) => {
        fails -= 1;
        if (fails >= 0) {
          if (fails === 0) await stores.insight.add(...batch);
          throw new Error('no answer');
        }
        await stores.insight.add(...batch);
      },
    });
    for (let n = 0; n < 4; n += 1) {
      counter.reached('plansPage', { at: noon });
      await counter.flush();
    }
    expect(troubles).toHaveLength(2);
    expect((await sellers(stores.insight, span))[0]?.sales.plansPage).toBe(4);
  });

  test('while the store stays away gives up what is too much, and says so', async () => {
    const counter = instance({ add: async () => Promise.reject(new Error('away')) });
    for (let n = 0; n < 250; n += 1) counter.subscribed(`cs_${n}`, { at: noon });
    await counter.flush();
    expect(troubles).toHaveLength(51);
  });

  test('keeps nothing that names a reader or a checkout', async () => {
    const added: unknown[] = [];
    const counter = instance({ add: async (...batch) => void added.push(batch) });
    for (const made of await readings(monthly, [{ who: 0 }])) counter.view(made);
    counter.subscribed('cs_test_abcdef', { at: noon });
    await counter.flush();
    const text = JSON.stringify(added);
    for (const secret of ['visitor-0', 'network-0', 'cs_test', 'abcdef']) expect(text).not.toContain(secret);
  });
});

describe('rows and days', () => {
  test('that nobody here wrote are passed over', () => {
    for (const row of ['', '{}', '[]', '[1,2,3,4]', '["a","b","c","unheard-of"]', 'null', '["a"]'])
      expect([readFunnelRow(row), readReadsRow(row), readSellerRow(row)]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
  });

  test('follow each other, and there are none in a span that is none', () => {
    expect(daysBetween('2028-02-28', '2028-03-01')).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
    for (const [from, to] of [
      ['2026-01-02', '2026-01-01'],
      ['yesterday', '2026-01-01'],
      ['2026-13-01', '2026-14-01'],
    ] as const)
      expect(daysBetween(from, to)).toEqual([]);
    expect(dayAt('Pacific/Auckland', noon)).toBe('2026-11-24');
  });
});
