import { expect, test } from '@jest/globals';
import { inTurn } from '../../../src/policy/versions/in-turn.ts';

test('a hundred calls cost two runs, never two at once, and each waits for one that began after it', async () => {
  let [runs, running] = [0, 0];
  const look = inTurn(async () => {
    running += 1;
    expect(running).toBe(1);
    await new Promise(setImmediate);
    runs += 1;
    running -= 1;
  });
  const first = look();
  const others = Array.from({ length: 99 }, look);
  await first;
  expect(runs).toBe(1);
  await Promise.all(others);
  expect(runs).toBe(2);
  await look();
  expect(runs).toBe(3);
});
