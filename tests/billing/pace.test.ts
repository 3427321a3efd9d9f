/** The pace keeps to so many calls a second, whatever a question costs, and waits for what passes. */
import { expect, test } from '@jest/globals';
import { BillingFault } from '../../src/billing/billing.ts';
import { createPace } from '../../src/billing/pace.ts';
import { drivenClock } from '../support/driven-clock.ts';

/** Never aborted; one for each question, as many of them wait at once. */
const never = () => new AbortController().signal;

const paceOf = (callsPerSecond: number, retryMs = 1) => {
  const made = { calls: 0 };
  const clock = drivenClock();
  const terms = {
    callsPerSecond,
    callsMade: () => made.calls,
    realNow: clock.now,
    wait: clock.wait,
    retryMs,
  };
  return { made, clock, pace: createPace(terms) };
};

test('what a question cost more than one call is waited for afterwards', async () => {
  const { made, clock, pace } = paceOf(200);
  const ask = (calls: number) =>
    pace.ask(never(), async () => {
      made.calls += calls;
    });
  const all = async () => {
    for (let asked = 0; asked < 75; asked += 1) await ask(4);
    await ask(1);
  };
  await clock.run(all());
  // A second's worth may go at once; the next hundred calls take half a second.
  expect(clock.now()).toBe(500);
});

test('many at once can’t overspend before their calls are counted', async () => {
  const { made, clock, pace } = paceOf(100);
  const ask = () =>
    pace.ask(never(), async () => {
      await clock.wait(5);
      made.calls += 1;
    });
  await clock.run(Promise.all(Array.from({ length: 150 }, ask)));
  // Fifty more than a second's worth, the last of them with its own five milliseconds.
  expect(clock.now()).toBeGreaterThanOrEqual(490);
  expect(clock.now()).toBeLessThanOrEqual(505);
});

test('a 429 stops everybody for a while, and the question is put again', async () => {
  const { clock, pace } = paceOf(1_000_000, 50);
  let refused = false;
  const first = pace.ask(never(), async () => {
    if (refused) return 'answer';
    refused = true;
    throw new BillingFault('rate-limited', 'slow down');
  });
  await new Promise((resolve) => setImmediate(resolve));
  const other = pace.ask(never(), async () => clock.now());
  expect(await clock.run(other)).toBe(50);
  expect(await clock.run(first)).toBe('answer');
});

test('what does not pass is told at once, what does not pass soon at last', async () => {
  const { clock, pace } = paceOf(1_000_000);
  let asked = 0;
  const failing = (kind: 'refused' | 'unreachable') => () => {
    asked += 1;
    return Promise.reject(new BillingFault(kind, 'no'));
  };
  await expect(clock.run(pace.ask(never(), failing('refused')))).rejects.toMatchObject({ kind: 'refused' });
  expect([asked, clock.now()]).toEqual([1, 0]);
  const unreachable = clock.run(pace.ask(never(), failing('unreachable')));
  await expect(unreachable).rejects.toMatchObject({ kind: 'unreachable' });
  // Five pauses, each twice as long as the one before.
  expect([asked, clock.now()]).toEqual([7, 31]);
});

test('a signal ends the waiting', async () => {
  const { pace } = paceOf(1);
  const stop = new AbortController();
  await pace.ask(stop.signal, async () => {});
  const waiting = pace.ask(stop.signal, async () => {}).then(() => pace.ask(stop.signal, async () => {}));
  await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  await expect(waiting).rejects.toThrow();
});
