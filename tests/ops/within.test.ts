/** Waiting for an answer, and not for ever. */
import { expect, test } from '@jest/globals';
import { within } from '../../src/ops/within.ts';

test('an answer in time is the answer, a failure in time the failure', async () => {
  expect(await within(Promise.resolve('answer'), 1_000)).toBe('answer');
  await expect(within(Promise.reject(new Error('no')), 1_000)).rejects.toThrow('no');
});

test('one that doesn’t come in time is late, and its failure afterwards disturbs nobody', async () => {
  let fail = (): void => {};
  const never = new Promise<string>((_, reject) => {
    fail = () => reject(new Error('too late'));
  });
  expect(await within(never, 5)).toBe('late');
  fail();
  await new Promise((resolve) => setImmediate(resolve));
});
