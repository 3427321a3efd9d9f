/** When learning begins by itself, and that it goes on doing so whatever happens. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { createMetrics } from '../../../src/ops/metrics.ts';
import { randomText } from '../../../src/ops/random.ts';
import type { LearnOutcome } from '../../../src/sentry/learn/learn-deps.ts';
import { type LearnSchedule, startLearning } from '../../../src/sentry/learn/learn-schedule.ts';
import type { LearnCounts, LearnRound } from '../../../src/sentry/learn/learn-store.ts';
import { until } from '../../support/until.ts';

const counts = (facts: Partial<LearnCounts> = {}): LearnCounts => ({
  ...{ known: 0, of: 0, visited: 0, learnt: 0, unchanged: 0, failed: 0, forgotten: 0, leftOut: 0 },
  ...facts,
});
const done = (facts: Partial<LearnCounts> = {}): LearnOutcome => ({
  kind: 'done',
  counts: counts(facts),
  failed: [],
});

const started: LearnSchedule[] = [];
afterEach(() => Promise.all(started.splice(0).map((each) => each.close())));

interface World {
  last?: LearnRound | undefined;
  outcome?: () => Promise<LearnOutcome | { readonly kind: 'running-already' }>;
  on?: boolean;
  policyVersion?: string;
  loaded?: Promise<void>;
}

const [minuteMs, hourMs] = [60_000, 3_600_000];

const schedule = (world: World) => {
  const time = { now: 1_800_000_000_000 };
  const logged: string[] = [];
  const state = { rounds: 0, looks: 0 };
  const log = (_: object, message?: string): void => void logged.push(message ?? '');
  const metrics = createMetrics();
  const running = startLearning({
    learn: async () => {
      state.rounds += 1;
      const outcome = await (world.outcome?.() ?? Promise.resolve(done()));
      if (outcome.kind === 'done')
        world.last = {
          ...{ startedAt: time.now, finishedAt: time.now, counts: outcome.counts },
          policyVersion: world.policyVersion ?? 'one',
        };
      return outcome;
    },
    store: {
      round: async () => {
        state.looks += 1;
        return world.last;
      },
    },
    isOn: () => world.on ?? true,
    terms: () => ({ everyMs: hourMs, policyVersion: world.policyVersion ?? 'one' }),
    loaded: world.loaded ?? Promise.resolve(),
    metrics,
    log: { info: log, warn: log } as never,
    realNow: () => time.now,
    random: randomText,
    pauses: { startMs: 1, soonMs: 1, lookMs: 5 },
  });
  started.push(running);
  /** So many more looks were taken: whatever was to begin has begun. */
  const looks = async (more: number): Promise<void> => {
    const goal = state.looks + more;
    await until(() => state.looks >= goal, `${more} looks`);
  };
  return { time, logged, state, looks, metrics, running };
};

describe('a round begins', () => {
  test('at the start when nothing was learnt yet, and when the last one was broken off', async () => {
    for (const last of [
      undefined,
      { startedAt: 1, policyVersion: 'one', counts: counts() } satisfies LearnRound,
    ]) {
      const { state } = schedule({ last });
      await until(() => state.rounds === 1, 'a round');
    }
  });

  test('at the start when the last one is some minutes ago, not when it is some seconds', async () => {
    const finished = (ago: number): LearnRound => ({
      startedAt: 1,
      finishedAt: 1_800_000_000_000 - ago,
      policyVersion: 'one',
      counts: counts(),
    });
    const fresh = schedule({ last: finished(minuteMs) });
    await fresh.looks(3);
    expect(fresh.state.rounds).toBe(0);
    const old = schedule({ last: finished(10 * minuteMs) });
    await until(() => old.state.rounds === 1, 'a round');
  });

  test('again after as long as the policy says, and no sooner', async () => {
    const { time, state, looks } = schedule({});
    await until(() => state.rounds === 1, 'the first round');
    time.now += hourMs - 1;
    await looks(3);
    expect(state.rounds).toBe(1);
    time.now += 1;
    await until(() => state.rounds === 2, 'the second round');
  });

  test('when another policy is in force, and when the site itself has changed', async () => {
    const world: World = {};
    const { state, looks, running } = schedule(world);
    await until(() => state.rounds === 1, 'the first round');
    world.policyVersion = 'two';
    await until(() => state.rounds === 2, 'a round by the new policy');
    await looks(2);
    expect(state.rounds).toBe(2);
    running.lookSoon('changed');
    await until(() => state.rounds === 3, 'a round of what has changed');
  });

  test('never while the policy says no, and at once when it says yes', async () => {
    const world: World = { on: false };
    const { state } = schedule(world);
    world.on = true;
    await until(() => state.rounds === 1, 'a round');
  });

  test('only once everything that is known is in memory', async () => {
    let load: () => void = () => undefined;
    const { state } = schedule({
      loaded: new Promise((resolve) => {
        load = resolve;
      }),
    });
    expect(state.looks).toBe(0);
    load();
    await until(() => state.rounds === 1, 'a round');
  });
});

describe('after a round', () => {
  test('that found no article, it is said what to do', async () => {
    const { state, logged } = schedule({ outcome: async () => done({ visited: 12 }) });
    await until(() => state.rounds === 1, 'a round');
    await until(() => logged.length > 0, 'the line');
    expect(logged.join('\n')).toContain('none of its pages is an article: name their paths');
  });

  test('that was broken off, the next one waits longer each time', async () => {
    const world: World = {
      outcome: async () => ({ kind: 'broken-off', counts: counts(), why: 'the origin does not answer' }),
    };
    const { time, state, logged, metrics } = schedule(world);
    await until(() => state.rounds === 1, 'the first round');
    for (const [after, rounds] of [
      [minuteMs, 2],
      [2 * minuteMs, 3],
      [4 * minuteMs, 4],
    ] as const) {
      time.now += after;
      await until(() => state.rounds === rounds, `round ${rounds}`);
    }
    expect(logged).toContain('learning the site was broken off; it goes on from there');
    expect(await metrics.text()).toMatch(/gatefold_sentry_rounds_total\{outcome="broken-off"\} 4/);
  });

  test('that the store failed, it is tried again', async () => {
    let failures = 1;
    const { time, state, logged } = schedule({
      outcome: async () => {
        failures -= 1;
        if (failures >= 0) throw new Error('store away');
        return done();
      },
    });
    await until(() => state.rounds === 1, 'the first round');
    time.now += minuteMs;
    await until(() => state.rounds === 2, 'the second round');
    expect(logged[0]).toMatch(/could not ask the store/);
  });

  test('its end is told: what is known, what failed, what was left out', async () => {
    const ends: readonly (readonly [LearnOutcome, RegExp])[] = [
      [done({ known: 4210, of: 9800, learnt: 5 }), /4,210 of 9,800 articles known/],
      [{ kind: 'done', counts: counts({ failed: 1 }), failed: ['/a'] }, /could not be learnt/],
      [done({ leftOut: 7 }), /maxArticles/],
    ];
    for (const [outcome, words] of ends) {
      const { logged, metrics } = schedule({ outcome: async () => outcome });
      await until(() => logged.some((line) => words.test(line)), String(words));
      if (outcome.counts.of > 0) {
        const figures = await metrics.text();
        expect(figures).toMatch(/^gatefold_sentry_learnt 4210$/m);
        expect(figures).toMatch(/^gatefold_sentry_to_learn 5590$/m);
      }
    }
  });
});
