/** Waits for something that happens soon, without guessing how soon. */
import { setTimeout as pause } from 'node:timers/promises';
import { patienceMs } from './patience.ts';

/**
 * @param withinMs only where coming later would be the fault itself
 * @throws Error that names `what` when it hasn't come true in time.
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  withinMs = patienceMs,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms for ${what}`);
    await pause(20);
  }
}
