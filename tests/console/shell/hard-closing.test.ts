/** A gateway that is stopped while a replay runs: without waiting for it, and without a fault in its log. */
import { expect, test } from '@jest/globals';
import { createReplayJobs } from '../../../src/console/replay/replay-jobs.ts';
import { policyOf } from '../../gate/policy-facts.ts';
import { aView } from '../../insight/views.ts';
import { operatorAt } from '../../support/console-browser.ts';
import { startRedis } from '../../support/redis-server.ts';
import { noon, type RunningGateway, startGateway, testPolicy } from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';
import { logViews } from '../insight/logged.ts';

const stopDuringReplay = async (
  site: RunningGateway,
  beforeStop: () => void = () => undefined,
): Promise<readonly unknown[]> => {
  const faults: unknown[] = [];
  Object.assign(site.gateway.log, { error: (facts: unknown) => faults.push(facts) });
  const views = Array.from({ length: 40_000 }, (_, n) =>
    aView({ at: noon - 80_000_000 + n * 1000, reader: `reader-${n % 900}`, article: `/a/${n % 500}` }),
  );
  await logViews(site, views);
  const editor = await operatorAt(site, 'editor');
  const { body } = await editor.api('GET', '/replay');
  expect(body.state).toBe('running');
  beforeStop();
  await site.stop();
  // What was running has had its time to fail.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return faults;
};

test('over SQLite', async () => {
  expect(await stopDuringReplay(await startGateway())).toEqual([]);
});

test('over Redis', async () => {
  const redis = await startRedis();
  try {
    expect(await stopDuringReplay(await startGateway({ redisUrl: redis.url }))).toEqual([]);
  } finally {
    await redis.stop();
  }
});

test('over a Redis that says nothing more: the replay, which waits for it, is not waited for', async () => {
  const redis = await startRedis();
  try {
    await stopDuringReplay(await startGateway({ redisUrl: redis.url }), redis.pause);
  } finally {
    redis.resume();
    await redis.stop();
  }
});

test('a log that fails before anything is closed is reported', async () => {
  const faults: unknown[] = [];
  const jobs = createReplayJobs({
    log: { size: () => Promise.reject(new Error('away')), chunks: async function* () {} },
    clock: () => noon,
    report: (error) => faults.push(error),
    closing: new AbortController().signal,
  });
  const policies = { before: policyOf(testPolicy), after: policyOf(testPolicy) };
  await jobs.run({ name: 'a', policies });
  await until(() => faults.length === 1, 'it to be reported');
});
