/** A replay decides as the gate would have: nothing differs where nothing was changed, and what differs follows from the change. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createEarlierReads } from '../../src/insight/earlier-reads.ts';
import type { LoggedView } from '../../src/insight/logged-view.ts';
import { createReplay, replay, replayLog } from '../../src/insight/replay.ts';
import { simulatePolicy } from '../../src/insight/simulate-policy.ts';
import type { Meter, Policy } from '../../src/policy/policy.ts';
import { policyOf } from '../gate/policy-facts.ts';
import { dayMs } from '../policy/arbitrary-policies.ts';
import { noon } from '../support/start-gateway.ts';
import { decidedIn, impossibleLogs, loggedIn, policiesWith, worlds } from './arbitrary-logs.ts';
import { aView, metered } from './views.ts';

const calendar = fc.constantFrom<Meter['window']>({ kind: 'day' }, { kind: 'week' }, { kind: 'month' });

const withLarger = (policy: Policy, more: number): Policy => ({
  ...policy,
  meters: policy.meters.map((meter) => ({
    ...meter,
    allowance: {
      visitor: meter.allowance.visitor + more,
      registered: meter.allowance.registered + more,
    },
  })),
});

describe('for any policy and readers', () => {
  test('each view of the log is decided as the gate decided it', async () => {
    await fc.assert(
      fc.asyncProperty(policiesWith(), worlds(40), async (policy, world) => {
        const made = await decidedIn(world, policy);
        const earlierReads = createEarlierReads(policy);
        const simulation = simulatePolicy(policy);
        for (const [index, view] of loggedIn(world, made).entries()) {
          const earlier = earlierReads(view);
          if (earlier) simulation.learn(view, earlier);
          const { decision } = simulation.decide(view);
          const { entitlement, ...real } = { entitlement: undefined, ...made[index]!.decision };
          const { entitlement: held, ...simulated } = { entitlement: undefined, ...decision };
          expect(simulated).toEqual(real);
          expect(held && { product: held.product, source: held.source }).toEqual(
            entitlement && { product: entitlement.product, source: entitlement.source },
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the same policy again changes nothing, whatever the log says', () => {
    fc.assert(
      fc.property(
        policiesWith().chain((policy) => fc.tuple(fc.constant(policy), impossibleLogs(policy))),
        ([policy, log]) => {
          const { newlyStopped, newlyLetIn, total, byRule, byReason, ...rest } = replay(log, {
            before: policy,
            after: { ...policy },
          });
          const none = { views: 0, readers: 0 };
          expect([newlyStopped, newlyLetIn, rest.articles, rest.readers]).toEqual([none, none, [], []]);
          expect(total.stoppedAfter).toEqual(total.stoppedBefore);
          for (const { before, after } of byRule) expect(after).toEqual(before);
          for (const { before, after } of byReason) expect(after).toBe(before);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a larger allowance stops no view that a smaller one let in, in a calendar window', async () => {
    await fc.assert(
      fc.asyncProperty(
        policiesWith(calendar),
        worlds(40),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(20),
        async (policy, world, more, from) => {
          // From the middle on, so that reads from before the log are in it as well.
          const log = loggedIn(world, await decidedIn(world, policy)).slice(from);
          const { newlyStopped } = replay(log, { before: policy, after: withLarger(policy, more) });
          expect(newlyStopped).toEqual({ views: 0, readers: 0 });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a larger allowance stops no view in a rolling window either where nobody comes back to an article', async () => {
    const rolling = fc.constant<Meter['window']>({ kind: 'rolling', days: 2 });
    await fc.assert(
      fc.asyncProperty(
        policiesWith(rolling),
        worlds(30),
        fc.integer({ min: 1, max: 3 }),
        async (policy, world, more) => {
          const log = loggedIn(world, await decidedIn(world, policy)).map((view, index) => ({
            ...view,
            article: { ...view.article, id: `/only-${index}` as LoggedView['article']['id'] },
          }));
          const { newlyStopped } = replay(log, { before: policy, after: withLarger(policy, more) });
          expect(newlyStopped.views).toBe(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a log in pieces says what it says in one', async () => {
    await fc.assert(
      fc.asyncProperty(
        policiesWith(),
        policiesWith(),
        worlds(40),
        fc.nat(40),
        async (before, after, world, cut) => {
          const log = loggedIn(world, await decidedIn(world, before));
          const pieces = createReplay({ before, after });
          pieces.add(log.slice(0, cut));
          pieces.add(log.slice(cut));
          expect(pieces.report()).toEqual(replay(log, { before, after }));
        },
      ),
      { numRuns: 100 },
    );
  });

  test('each part of the report adds up to the whole', async () => {
    await fc.assert(
      fc.asyncProperty(policiesWith(), policiesWith(), worlds(40), async (before, after, world) => {
        const log = loggedIn(world, await decidedIn(world, before));
        const { total, byRule, bySection, byAudience, byReason, logged, leftOut, ...rest } = replay(log, {
          before,
          after,
        });
        const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
        expect(logged + leftOut).toBe(log.length);
        expect(sum(bySection.map(({ views }) => views))).toBe(total.views);
        expect(sum(byAudience.map(({ stoppedAfter }) => stoppedAfter.views))).toBe(total.stoppedAfter.views);
        expect(sum(byRule.map(({ before: { stopped } }) => stopped.views))).toBe(total.stoppedBefore.views);
        expect(sum(byRule.map(({ after: { stopped } }) => stopped.views))).toBe(total.stoppedAfter.views);
        expect(sum(byReason.map(({ after: views }) => views))).toBe(total.views);
        expect(total.stoppedBefore.views + rest.newlyStopped.views - rest.newlyLetIn.views).toBe(
          total.stoppedAfter.views,
        );
      }),
      { numRuns: 100 },
    );
  });
});

const monthly = (allowance: number, more = ''): Policy =>
  policyOf(`
site: { name: Test, timeZone: UTC }
meters: { main: { window: month, visitor: ${allowance}, registered: ${allowance} ${more} } }
otherwise: { access: metered, meter: main, products: all }
`);

describe('a smaller allowance', () => {
  const log = [1, 2, 3].map((n) => aView({ at: noon + n, article: `/${n}`, standing: metered(3, 3 - n) }));

  test('stops what the larger let in, and names articles and readers that change', () => {
    const report = replay(log, { before: monthly(3), after: monthly(1) });
    expect(report.total).toMatchObject({
      views: 3,
      readers: 1,
      stoppedBefore: { views: 0, readers: 0 },
      stoppedAfter: { views: 2, readers: 1 },
    });
    expect(report.newlyStopped).toEqual({ views: 2, readers: 1 });
    expect(report.articles.map(({ article }) => article).sort()).toEqual(['/2', '/3']);
    expect(report.readers).toEqual([
      { reader: 'anna', audience: 'visitor', views: 3, stoppedBefore: 0, stoppedAfter: 2 },
    ]);
    expect(report.byReason).toContainEqual({ reason: 'meter-exhausted', before: 0, after: 2 });
  });

  test('stops a reader whose first reads were before the log began, as its standings tell', () => {
    const { total } = replay(log.slice(2), { before: monthly(3), after: monthly(2) });
    expect(total).toMatchObject({ stoppedBefore: { views: 0 }, stoppedAfter: { views: 1 } });
  });

  test('doesn’t stop at an article that the log says was read before it began', () => {
    const again = aView({ at: noon, article: '/1', reason: 'already-read', standing: metered(3, 0) });
    const { total } = replay([again], { before: monthly(3), after: monthly(1) });
    expect(total.stoppedAfter.views).toBe(0);
  });

  test('knows an article again that was among the reads before the log began', () => {
    const last = aView({ at: noon, article: '/3', standing: metered(3, 0) });
    const again = aView({ at: noon + 1, article: '/1', reason: 'already-read', standing: metered(3, 0) });
    const { total, articles } = replay([last, again], { before: monthly(3), after: monthly(1) });
    expect(total.stoppedAfter.views).toBe(1);
    expect(articles.map(({ article }) => article)).toEqual(['/3']);
  });
});

describe('a log', () => {
  test('made under a more generous policy than the one in force counts each read once', () => {
    const log = [1, 2, 3, 4].map((n) =>
      aView({ at: noon + n, article: `/${n}`, standing: metered(5, 5 - n) }),
    );
    const { total } = replay(log, { before: monthly(2), after: monthly(4) });
    expect(total).toMatchObject({ stoppedBefore: { views: 2 }, stoppedAfter: { views: 0 } });
  });

  test('of some readers is told of as an estimate of all', () => {
    const log = [1, 2].map((n) =>
      aView({ at: noon + n, article: `/${n}`, weight: 4, standing: metered(3, 3 - n) }),
    );
    const report = replay(log, { before: monthly(3), after: monthly(1) });
    expect(report).toMatchObject({
      logged: 2,
      estimated: true,
      total: { views: 8, readers: 4, stoppedAfter: { views: 4, readers: 4 } },
    });
  });

  test('of crawlers and looks ahead isn’t told of', () => {
    const log = [aView({ crawler: true }), aView({ purpose: 'prefetch' }), aView({ purpose: 'head' })];
    expect(replay(log, { before: monthly(3), after: monthly(0) })).toMatchObject({
      logged: 0,
      leftOut: 3,
      from: undefined,
      total: { views: 0 },
    });
  });

  test('with nothing to withhold under the present cutoff stays open until the new one is shorter', () => {
    const short = aView({ reason: 'open', nothingToWithhold: true });
    const cutAt = (characters: number): Policy => ({
      ...monthly(0),
      otherwise: {
        ...monthly(0).otherwise,
        cutoff: { by: 'characters', count: characters, ending: 'exact' },
      },
    });
    const stoppedAt = (characters: number): number =>
      replay([short], { before: cutAt(200), after: cutAt(characters) }).total.stoppedAfter.views;
    expect([stoppedAt(200), stoppedAt(300), stoppedAt(100)]).toEqual([0, 0, 1]);
  });

  test('whose network had no free read left tells how many it had given', () => {
    const stopped = aView({
      at: noon,
      outcome: 'preview',
      reason: 'network-exhausted',
      network: 'office',
      standing: metered(3, 3),
    });
    const next = aView({ at: noon + 1, reader: 'ben', network: 'office', standing: metered(3, 2) });
    const of = (networkAllowance: number): Policy => monthly(3, `, networkAllowance: ${networkAllowance}`);
    const stoppedBy = (after: Policy): number =>
      replay([stopped, next], { before: of(5), after }).total.stoppedAfter.views;
    expect([stoppedBy(of(5)), stoppedBy(of(6)), stoppedBy(of(7))]).toEqual([2, 1, 0]);
  });

  test('tells of its subscribers, who are let in by what they held', () => {
    const locked: Policy = policyOf('site: { name: Test }\notherwise: { access: locked, products: all }');
    const views = [
      aView({ audience: 'subscriber', held: ['all'] }),
      aView({ reader: 'ben', audience: 'subscriber', held: ['other'] }),
    ];
    const { byAudience } = replay(views, { before: monthly(3), after: locked });
    expect(byAudience).toMatchObject([{ audience: 'subscriber', views: 2, stoppedAfter: { views: 1 } }]);
  });

  test('is replayed with its progress told, and given up when nobody waits any more', async () => {
    const batches = async function* () {
      for (let n = 0; n < 3; n += 1) yield [aView({ at: noon + n * dayMs })];
    };
    const progress: number[] = [];
    const policies = { before: monthly(3), after: monthly(0) };
    const report = await replayLog(batches(), policies, { onProgress: (done) => progress.push(done) });
    expect(progress).toEqual([1, 2, 3]);
    expect(report.total.stoppedAfter.views).toBe(3);
    const abort = new AbortController();
    const given = replayLog(batches(), policies, {
      signal: abort.signal,
      onProgress: () => abort.abort(new Error('gone')),
    });
    await expect(given).rejects.toThrow('gone');
  });
});
