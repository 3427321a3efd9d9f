/**
 * How much a piece of code does, counted by V8: each pass through a loop's body, a branch or a function's end is one. It
 * is the same for the same input on every machine, however busy, so that no clock is asked whether something takes long.
 */
import { Session } from 'node:inspector';
import { expect } from '@jest/globals';

const session = new Session();
session.connect();
// Once and for all: only functions that are compiled after this are counted. Those of the code under test are compiled
// when they are called first.
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/** What V8 does by itself (a regular expression, a copy, a sort) counts as nothing, only how often it is asked to. */
export function workOf(run: () => unknown): number {
  takeCounts();
  run();
  return counted(takeCounts());
}

/** The same of what takes turns of the event loop; whatever else runs meanwhile is counted too. */
export async function workOfAsync(run: () => Promise<unknown>): Promise<number> {
  takeCounts();
  await run();
  return workSinceLast();
}

/** What was done since anybody asked last: asking takes longer than most of what is asked about. */
export function workSinceLast(): number {
  return counted(takeCounts());
}

/**
 * Holds where the work grows with the size: at four times the size it is four times as much, and what grew with the
 * square would be sixteen.
 */
export function expectLinear(run: (size: number) => unknown, size: number): void {
  // What is made once, and kept, is made here.
  run(size);
  const small = workOf(() => run(size));
  expect(workOf(() => run(4 * size))).toBeLessThan(5 * small);
}

function counted(passes: number): number {
  if (passes === 0) throw new Error('Nothing was counted: import this before what is to be counted.');
  return passes;
}

/** Since the last time. */
function takeCounts(): number {
  let passes = 0;
  session.post('Profiler.takePreciseCoverage', (error, taken) => {
    if (error) throw error;
    for (const { functions } of taken.result) {
      // The first range is the function as a whole: calls of optimised code aren't in its count.
      for (const { ranges } of functions) for (const { count } of ranges.slice(1)) passes += count;
    }
  });
  return passes;
}
