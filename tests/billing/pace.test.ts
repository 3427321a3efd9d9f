/** The pace keeps to so many calls a second, whatever a question costs, and waits for what passes. */
import { expect, test } from '@jest/globals';
import { BillingFault } from '../../src/billing/billing.ts';
import { createPace } from '../../src/billing/pace.ts';

/** Never aborted; one for each question, as many of them wait at once. */
const never = () => new AbortController().signal;

const paceOf = (callsPerSecond: number, retryMs = 1) => {
  const made = { calls: 0 };
  const realNow = () => performance.now();
  return { made, pace: createPace({ callsPerSecond, callsMade: () => made.calls, realNow, retryMs }) };
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

test('what a question cost more than one call is waited for afterwards', async () => {
  const { made, pace } = paceOf(200);
  const ask = (calls: number) =>
    pace.ask(never(), async () => {
      made.calls += calls;
    });
  // A second's worth may go at once; the next hundred calls take half a second.
  const took = await timed(async () => {
    for (let asked = 0; asked < 75; asked += 1) await ask(4);
    await ask(1);
  });
  expect(took).toBeGreaterThan(450);
  expect(took).toBeLessThan(900);
});

test('many at once can’t overspend before their calls are counted', async () => {
  const { made, pace } = paceOf(100);
  const ask = () =>
    pace.ask(never(), async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      made.calls += 1;
    });
  const took = await timed(() => Promise.all(Array.from({ length: 150 }, ask)));
  expect(took).toBeGreaterThan(440);
  expect(took).toBeLessThan(900);
});

test('a 429 stops everybody for a while, and the question is put again', async () => {
  const { pace } = paceOf(1_000_000, 50);
  let refused = false;
  const first = pace.ask(never(), async () => {
    if (refused) return 'answer';
    refused = true;
    throw new BillingFault('rate-limited', 'slow down');
  });
  await new Promise((resolve) => setTimeout(resolve, 1));
  const took = await timed(() => pace.ask(never(), async () => 'other'));
  expect(took).toBeGreaterThan(40);
  expect(await first).toBe('answer');
});

test('what does not pass is told at once, what does not pass soon at last', async () => {
  const { pace } = paceOf(1_000_000);
  let asked = 0;
  const failing = (kind: 'refused' | 'unreachable') => () => {
    asked += 1;
    return Promise.reject(new BillingFault(kind, 'no'));
  };
  await expect(pace.ask(never(), failing('refused'))).rejects.toMatchObject({ kind: 'refused' });
  expect(asked).toBe(1);
  await expect(pace.ask(never(), failing('unreachable'))).rejects.toMatchObject({ kind: 'unreachable' });
  expect(asked).toBe(7);
});

test('a signal ends the waiting', async () => {
  const { pace } = paceOf(1);
  const stop = new AbortController();
  await pace.ask(stop.signal, async () => {});
  const waiting = pace.ask(stop.signal, async () => {}).then(() => pace.ask(stop.signal, async () => {}));
  setTimeout(() => stop.abort(), 20);
  await expect(waiting).rejects.toThrow();
});
