/** The schedule reconciles when it is time, on one instance, whatever went wrong before. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ReconcileProgress } from '../../src/billing/customer-store.ts';
import type { ReconcileAsked } from '../../src/billing/reconcile-deps.ts';
import type { ReconcileOutcome, ReconcileReport } from '../../src/billing/reconcile-report.ts';
import { type ReconcileSchedule, startReconciling } from '../../src/billing/reconcile-schedule.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { randomText } from '../../src/ops/random.ts';
import { until } from '../support/until.ts';
import { noon } from './customer-facts.ts';
import { noDrift } from './reconcile-bench.ts';

const minuteMs = 60_000;
/** What the instances share. */
let store: { last: ReconcileProgress | undefined; now: number; everyMinutes: number };
let runs: number;
let lines: { level: string; fields: object; words: string }[];
let answer: (asked: ReconcileAsked) => Promise<ReconcileOutcome>;
let started: ReconcileSchedule[];
let metrics: ReturnType<typeof createMetrics>;

const report: ReconcileReport = {
  run: 'r',
  dryRun: false,
  resumed: false,
  checked: 3,
  events: 0,
  refetched: 1,
  differing: 1,
  healed: 1,
  drift: { ...noDrift, 'paid-but-stopped': 1 },
  examples: { 'paid-but-stopped': [], 'not-paid-but-let-in': [], 'other-dates': [], 'old-account': [] },
  failed: [],
  calls: 9,
  seconds: 2,
};

beforeEach(() => {
  store = { last: undefined, now: noon, everyMinutes: 60 };
  [runs, lines, started, metrics] = [0, [], [], createMetrics()];
  answer = async () => {
    store.last = {
      run: 'r',
      startedAt: store.now - 2000,
      finishedAt: store.now,
      phase: 'done',
      eventsUntil: store.now,
      counts: { checked: 3, seconds: 2, 'paid-but-stopped': 1 },
    };
    return { kind: 'done', report };
  };
});
afterEach(async () => {
  await Promise.all(started.map((schedule) => schedule.close()));
});

const line = (level: string) => (fields: object, words: string) => void lines.push({ level, fields, words });

const start = (progress = async () => store.last): ReconcileSchedule => {
  const schedule = startReconciling({
    reconcile: (asked = {}) => {
      runs += 1;
      return answer(asked);
    },
    customers: { progress },
    everyMinutes: () => store.everyMinutes,
    metrics,
    log: { info: line('info') as never, warn: line('warn') as never },
    realNow: () => store.now,
    random: randomText,
    pauses: { firstMs: 2, lookMs: 2, retryMs: minuteMs },
  });
  started.push(schedule);
  return schedule;
};

const pause = (ms = 40) => new Promise((resolve) => setTimeout(resolve, ms));

test('runs soon after the start, and again when the policy’s time has passed', async () => {
  start();
  await until(() => runs === 1, 'the first run');
  await pause();
  expect(runs).toBe(1);
  store.now += 59 * minuteMs;
  await pause();
  expect(runs).toBe(1);
  store.now += minuteMs;
  await until(() => runs === 2, 'the second run');
});

test('a changed policy counts from the next look on', async () => {
  start();
  await until(() => runs === 1, 'the first run');
  store.now += 10 * minuteMs;
  store.everyMinutes = 10;
  await until(() => runs === 2, 'a run by the new policy');
});

test('instances that share a store run as often as one would', async () => {
  start();
  start();
  start();
  await until(() => runs >= 1, 'the first run');
  await pause();
  store.now += 60 * minuteMs;
  await until(() => runs > 1, 'a second run');
  await pause();
  // Two that look at the same moment both try: the lease lets one of them in.
  expect(runs).toBeLessThanOrEqual(6);
  const before = runs;
  await pause();
  expect(runs).toBe(before);
});

test('an instance that starts just after a run leaves it at that', async () => {
  await answer({});
  store.now += 2 * minuteMs;
  start();
  await pause();
  expect(runs).toBe(0);
  store.now += 3 * minuteMs;
  start();
  await until(() => runs === 1, 'a run after five minutes');
});

test('a run that was broken off is taken up again, later and later while it fails', async () => {
  const done = answer;
  answer = async () => ({ kind: 'broken-off', report, error: new Error('no') });
  start();
  await until(() => runs === 1, 'the first run');
  await pause();
  expect(runs).toBe(1);
  store.now += minuteMs;
  await until(() => runs === 2, 'a second try');
  store.now += minuteMs;
  await pause();
  expect(runs).toBe(2);
  answer = done;
  store.now += minuteMs;
  await until(() => runs === 3, 'a third try');
  expect(lines.map(({ level }) => level)).toEqual(['warn', 'warn', 'warn']);
  expect(await metrics.text()).toContain('gatefold_reconciles_total{outcome="broken-off"} 2');
});

test('a store that is down is survived', async () => {
  let down = true;
  start(async () => {
    if (down) throw new Error('Redis is gone');
    return store.last;
  });
  await until(() => lines.length === 1, 'a line in the log');
  expect(lines[0]).toMatchObject({ level: 'warn', fields: { fault: { message: 'Redis is gone' } } });
  down = false;
  store.now += minuteMs;
  await until(() => runs === 1, 'a run');
});

test('closing ends the run that is under way, and waits for it', async () => {
  let ended = false;
  answer = ({ signal }) =>
    new Promise((resolve) => {
      signal?.addEventListener('abort', () =>
        setTimeout(() => {
          ended = true;
          resolve({ kind: 'stopped', report });
        }, 20),
      );
    });
  const schedule = start();
  await until(() => runs === 1, 'the first run');
  await schedule.close();
  expect(ended).toBe(true);
  await pause();
  expect(runs).toBe(1);
});

test('every instance shows the last complete run, also one that another made', async () => {
  await answer({});
  start();
  await until(
    async () => (await metrics.text()).includes('gatefold_reconcile_last_subscriptions 3'),
    'the figures',
  );
  const text = await metrics.text();
  expect(runs).toBe(0);
  expect(text).toContain(`gatefold_reconcile_last_success_timestamp_seconds ${noon / 1000}`);
  expect(text).toContain('gatefold_reconcile_last_duration_seconds 2');
  expect(text).toContain('gatefold_reconcile_last_drift{kind="paid-but-stopped"} 1');
});

test('before the first run no figure pretends that there was one', async () => {
  expect(await metrics.text()).not.toMatch(/^gatefold_reconcile_last_\w+(\{.*\})? /m);
});
