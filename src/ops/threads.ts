/** Work that would hold up everybody else, done in threads beside: bounded in time, in memory, and in how much of it waits. */
import { availableParallelism, totalmem } from 'node:os';
import { Piscina } from 'piscina';

/** Functions of one argument by name. What goes in and comes out is copied from thread to thread: data, and no functions. */
export type ThreadTasks = object;

type TaskName<Tasks> = keyof Tasks & string;
type Task<Tasks, Name extends TaskName<Tasks>> = Tasks[Name] extends (input: infer Input) => infer Result
  ? { readonly input: Input; readonly result: Awaited<Result> }
  : never;

export interface Threads<Tasks extends ThreadTasks> {
  /**
   * @param weight of the input, in characters or bytes.
   * @throws Unfinished
   */
  run<Name extends TaskName<Tasks>>(
    name: Name,
    input: Task<Tasks, Name>['input'],
    weight: number,
  ): Promise<Task<Tasks, Name>['result']>;
  /** What runs is ended, and what waits is refused. */
  close(): Promise<void>;
}

/**
 * `overloaded`: so much waits already that this wasn't begun. `too-slow`: its time was over. `broken-off`: its thread
 * ended, most likely since it wanted more memory than it may have; or it threw.
 */
export class Unfinished extends Error {
  readonly why: 'overloaded' | 'too-slow' | 'broken-off';

  constructor(why: Unfinished['why'], options?: ErrorOptions) {
    super(`work in a thread wasn't finished: ${why}`, options);
    this.name = 'Unfinished';
    this.why = why;
  }
}

export interface ThreadBounds {
  /** How long a task may take, the start of its thread included: what takes longer is ended with its thread. */
  readonly seconds?: number;
  readonly heapMib?: number;
  /** How much may wait, by weight. */
  readonly mostWaiting?: number;
  readonly mostThreads?: number;
}

export interface ThreadsOptions extends ThreadBounds {
  /** A module that exports the tasks. */
  readonly file: URL;
  /** Told of each task's end. */
  readonly onEnd?: (task: string, ended: 'done' | Unfinished['why']) => void;
}

const mebibyte = 1_048_576;

/**
 * All threads together a quarter of the memory that the machine or the container has, and never less than twice what
 * the worst page of 7 MB was seen to need (300 MiB): where one large allocation finds no room, V8 ends the process and
 * not the thread alone. What a page may hold is bounded where it is parsed; this is the second line.
 */
const heapFor = (threads: number): number => {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return Math.max(640, Math.min(1024, Math.floor(memory / 4 / threads / mebibyte)));
};

/** No thread is started before there is work for one, and one that has none for a while is ended with its memory. */
export const createThreads = <Tasks extends ThreadTasks>({
  file,
  seconds = 20,
  mostThreads = Math.max(1, Math.min(4, availableParallelism() - 1)),
  heapMib = heapFor(mostThreads),
  mostWaiting = 64 * mebibyte,
  onEnd = () => undefined,
}: ThreadsOptions): Threads<Tasks> => {
  let pool: Piscina | undefined;
  let closed = false;
  const turns = createTurns(mostThreads, mostWaiting);

  const openPool = (): Piscina => {
    const opened = new Piscina({
      filename: file.href,
      minThreads: 0,
      maxThreads: mostThreads,
      idleTimeout: 30_000,
      // A thread has nothing to do with the process's secrets.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: heapMib, maxYoungGenerationSizeMb: 64 },
    });
    // A thread that ends without a task is nobody's fault; unheard, it would end the process.
    opened.on('error', () => undefined);
    return opened;
  };

  const runNow = async (name: string, input: unknown): Promise<unknown> => {
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(), seconds * 1000);
    try {
      pool ??= openPool();
      return await pool.run(input, { name, signal: ending.signal });
    } catch (error) {
      throw new Unfinished(ending.signal.aborted ? 'too-slow' : 'broken-off', { cause: error });
    } finally {
      clearTimeout(timer);
    }
  };

  const run = async (name: string, input: unknown, weight: number): Promise<unknown> => {
    try {
      await turns.take(weight);
      try {
        if (closed) throw new Unfinished('broken-off');
        const result = await runNow(name, input);
        onEnd(name, 'done');
        return result;
      } finally {
        turns.give();
      }
    } catch (error) {
      onEnd(name, error instanceof Unfinished ? error.why : 'broken-off');
      throw error;
    }
  };

  return {
    run: run as Threads<Tasks>['run'],
    close: async () => {
      closed = true;
      await pool?.destroy();
    },
  };
};

/** So many at once, the others in the order in which they came; those who would make too many wait are refused. */
const createTurns = (atOnce: number, mostWaiting: number) => {
  const waiting: { readonly begin: () => void; readonly weight: number }[] = [];
  let running = 0;
  let weightWaiting = 0;
  return {
    take: (weight: number): Promise<void> => {
      if (running < atOnce) {
        running += 1;
        return Promise.resolve();
      }
      if (weightWaiting + weight > mostWaiting) return Promise.reject(new Unfinished('overloaded'));
      weightWaiting += weight;
      return new Promise((begin) => waiting.push({ begin, weight }));
    },
    give: (): void => {
      const next = waiting.shift();
      if (!next) {
        running -= 1;
        return;
      }
      weightWaiting -= next.weight;
      next.begin();
    },
  };
};
