/** Replays as jobs: one for each pair of policies, few at once, given up when nobody asks, and readers notice nothing. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createReplayJobs } from '../../../src/console/replay/replay-jobs.ts';
import { encodeChunk } from '../../../src/insight/decision-chunk.ts';
import type { LogChunk } from '../../../src/insight/decision-log-store.ts';
import { policyOf } from '../../gate/policy-facts.ts';
import { aView, metered } from '../../insight/views.ts';
import { type ArticleOrigin, startArticleOrigin } from '../../support/article-origin.ts';
import { operatorAt } from '../../support/console-browser.ts';
import { noon, type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';
import { draft, logViews, policyWith } from '../insight/logged.ts';

const policies = { before: policyOf(policyWith(3)), after: policyOf(policyWith(1)) };

/** A log whose chunks come one by one, as often as `let` is called. */
const slowLog = async () => {
  const data = await encodeChunk([aView()]);
  let [allowed, begun, given, ended] = [0, 0, 0, 0];
  return {
    begun: () => begun,
    given: () => given,
    ended: () => ended,
    letThrough: (count: number): void => {
      allowed += count;
    },
    log: {
      size: async () => 1000,
      chunks: async function* (): AsyncIterable<LogChunk> {
        begun += 1;
        try {
          for (let n = 0; n < 1000; n += 1) {
            while (allowed < 1) await nextTurn();
            allowed -= 1;
            given += 1;
            yield { id: `c${n}`, from: noon + n, count: 1, data };
          }
        } finally {
          ended += 1;
        }
      },
    },
  };
};

const fast = { size: async () => 0, chunks: async function* (): AsyncIterable<LogChunk> {} };

test('two who ask the same at the same time wait for one run, and its report is kept', async () => {
  let begun = 0;
  const log = {
    ...fast,
    chunks: () => {
      begun += 1;
      return fast.chunks();
    },
  };
  const jobs = createReplayJobs({ log, clock: () => noon, report: fail });
  const asked = { name: 'a b', policies };
  expect(jobs.kept(asked)).toBeUndefined();
  const both = await Promise.all([jobs.run(asked), jobs.run(asked)]);
  expect(both[0].kind).toBe('done');
  expect((await jobs.run(asked)).kind).toBe('done');
  expect(jobs.kept(asked)?.kind).toBe('done');
  expect(begun).toBe(1);
});

test('whoever asks for a newer one gets it once, by whichever clock the moment was told', async () => {
  let [begun, now] = [0, noon];
  const log = {
    ...fast,
    chunks: () => {
      begun += 1;
      return fast.chunks();
    },
  };
  const jobs = createReplayJobs({ log, clock: () => now, report: fail });
  const asked = { name: 'a b', policies };
  await jobs.run(asked);
  now += 1000;
  for (const since of [now, now, now + 60_000, now + 60_000]) await jobs.run({ ...asked, since });
  expect(begun).toBe(3);
  // Too far ahead to be meant: it isn't run anew each time.
  for (let n = 0; n < 3; n += 1) await jobs.run({ ...asked, since: now + 86_400_000 });
  expect(begun).toBe(3);
});

test('at most two run; one that nobody asks for any more makes room, and its reading of the log ends', async () => {
  let now = noon;
  const slow = await slowLog();
  const jobs = createReplayJobs({ log: slow.log, clock: () => now, report: fail });
  for (const name of ['one', 'two']) expect((await jobs.run({ name, policies })).kind).toBe('running');
  expect((await jobs.run({ name: 'three', policies })).kind).toBe('busy');
  now += 11_000;
  await jobs.run({ name: 'two', policies });
  expect((await jobs.run({ name: 'three', policies })).kind).toBe('running');
  expect(jobs.kept({ name: 'one' })).toBeUndefined();
  slow.letThrough(50);
  await until(() => slow.ended() === 1, 'the end of the first');
  now += 61_000;
  slow.letThrough(50);
  await until(() => slow.ended() === 3, 'the end of all that nobody asked for');
  expect(slow.given()).toBeLessThan(150);
});

test('a log that can’t be read is told once, and the next who asks tries again', async () => {
  const told: unknown[] = [];
  let down = true;
  const log = {
    size: async () => {
      if (down) throw new Error('down');
      return 0;
    },
    chunks: fast.chunks,
  };
  const jobs = createReplayJobs({ log, clock: () => noon, report: (error) => void told.push(error) });
  const asked = { name: 'a b', policies };
  expect((await jobs.run(asked)).kind).toBe('failed');
  down = false;
  expect((await jobs.run(asked)).kind).toBe('done');
  expect(told).toHaveLength(1);
});

const fail = (error: unknown): never => {
  throw error;
};

let [origin, site] = [] as unknown as [ArticleOrigin, RunningGateway];
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url });
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

test('100,000 views are replayed in seconds, with a bar that moves, while articles are answered', async () => {
  await logViews(
    site,
    Array.from({ length: 100_000 }, (_, n) => ({
      ...aView({
        at: noon - 200_000_000 + n * 1000,
        article: `/tidewater/story-${n % 700}`,
        section: `S${n % 40}`,
        reader: `reader-${n % 20_011}`,
        outcome: n < 60_033 ? 'full' : 'preview',
        reason: n < 60_033 ? 'free-read' : 'meter-exhausted',
        standing: metered(3, Math.max(0, 2 - Math.floor(n / 20_011))),
      }),
    })),
  );
  await draft(site, policyWith(1));
  const viewer = await operatorAt(site, 'viewer');
  const first = await viewer.get('/-/console/replay?run=1');
  expect(first.text).toContain('<progress');
  expect(first.text).toContain('<noscript><meta http-equiv="refresh"');
  const seen: number[] = [];
  let report: { total: { readers: number } } | undefined;
  await until(async () => {
    expect((await site.ask('/tidewater/some-story')).status).toBe(200);
    const { body } = await viewer.api('GET', '/replay');
    if (body.state === 'running') seen.push(body.done);
    else report = body;
    return body.state === 'done';
  }, 'the report');
  expect(report?.total.readers).toBe(20_011);
  // Between one of these and the next a reader was answered: it gives way.
  expect(new Set(seen).size).toBeGreaterThan(2);
  expect(seen).toEqual(seen.toSorted((one, other) => one - other));
});
