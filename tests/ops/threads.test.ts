/** Work in threads ends within its bounds, whatever becomes of it, and the process goes on. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { createThreads, type Threads, type ThreadsOptions, Unfinished } from '../../src/ops/threads.ts';

type Tasks = typeof import('./tasks-child.ts');

const opened: Threads<Tasks>[] = [];

const open = (options: Partial<ThreadsOptions> = {}): Threads<Tasks> => {
  const threads = createThreads<Tasks>({
    file: new URL('./tasks-child.ts', import.meta.url),
    mostThreads: 1,
    seconds: 30,
    ...options,
  });
  opened.push(threads);
  return threads;
};

afterEach(async () => {
  await Promise.all(opened.splice(0).map((threads) => threads.close()));
});

const whyOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'finished',
    (error: unknown) => (error instanceof Unfinished ? error.why : String(error)),
  );

/** One task that runs until it is called, so that all others wait. */
const occupy = (threads: Threads<Tasks>): { readonly call: () => void; readonly ended: Promise<string> } => {
  const shared = new Int32Array(new SharedArrayBuffer(4));
  const ended = threads.run('waiting', shared, 0);
  return {
    call: () => {
      Atomics.store(shared, 0, 1);
      Atomics.notify(shared, 0);
    },
    ended,
  };
};

describe('a task', () => {
  test('is done, and told of', async () => {
    const ends: string[] = [];
    const threads = open({ onEnd: (task, ended) => ends.push(`${task} ${ended}`) });
    expect(await threads.run('doubled', 21, 0)).toBe(42);
    expect(ends).toEqual(['doubled done']);
  });

  test('that never ends is ended, and those after it are done', async () => {
    const threads = open({ seconds: 5 });
    const [endless, next] = [threads.run('forever', undefined, 0), threads.run('doubled', 2, 0)];
    expect(await whyOf(endless)).toBe('too-slow');
    expect(await next).toBe(4);
  });

  test.each(['throwing', 'ending', 'hoarding'] as const)(
    'that is %s ends nothing but itself',
    async (name) => {
      const threads = open({ heapMib: 64, seconds: 60 });
      expect(await whyOf(threads.run(name, undefined, 0))).toBe('broken-off');
      expect(await threads.run('doubled', 2, 0)).toBe(4);
    },
  );

  test('knows none of the process’s settings', async () => {
    expect(await open().run('environment', undefined, 0)).not.toContain('PATH');
  });
});

describe('what waits', () => {
  test('is done in the order in which it came', async () => {
    const threads = open();
    const first = occupy(threads);
    const order: number[] = [];
    const others = [1, 2, 3].map((input) =>
      threads.run('doubled', input, 1).then((result) => order.push(result)),
    );
    first.call();
    await Promise.all(others);
    expect(order).toEqual([2, 4, 6]);
    expect(await first.ended).toBe('called');
  });

  test('is bounded by weight: what would be too much is refused, and room that is made is used', async () => {
    const threads = open({ mostWaiting: 10 });
    const first = occupy(threads);
    const waits = threads.run('doubled', 1, 10);
    expect(await whyOf(threads.run('doubled', 2, 1))).toBe('overloaded');
    first.call();
    expect(await waits).toBe(2);
    expect(await threads.run('doubled', 3, 1_000)).toBe(6);
  });

  test('and what runs is ended when the threads are closed', async () => {
    const threads = open();
    const runs = whyOf(threads.run('forever', undefined, 0));
    const waits = whyOf(threads.run('doubled', 1, 0));
    await threads.close();
    expect(await runs).toBe('broken-off');
    expect(await waits).toBe('broken-off');
  });
});
