/** The sandbox's clock: real time and how far it was moved ahead, and everything that happens on the way. */
import type { Books } from './ledger/books.ts';
import { runNextDue } from './life/run-due.ts';
import type { SandboxOptions } from './sandbox.ts';

export interface Clock {
  /** Does what real time has made due. */
  catchUp(): void;
  /** Resolves when everything on the way was done, each thing at its own moment. */
  moveTo(to: number): Promise<void>;
  stop(): void;
}

type Options = Pick<SandboxOptions, 'realNow' | 'warn'> & {
  readonly books: Books;
  /** After each moment at which something happened. */
  readonly changed: () => void;
};

const longestSleepMs = 3_600_000;

export const createClock = ({ books, changed, realNow, warn }: Options): Clock => {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let moving: Promise<void> = Promise.resolve();

  const catchUp = (): void => {
    let any = false;
    while (runNextDue(books)) any = true;
    if (any) {
      books.commit();
      changed();
    }
    plan();
  };

  const plan = (): void => {
    clearTimeout(timer);
    const due = books.nextDue();
    if (stopped || !due) return;
    timer = setTimeout(
      () => {
        try {
          catchUp();
        } catch (error) {
          warn(`The sandbox’s clock failed: ${error instanceof Error ? error.message : String(error)}`);
        }
      },
      Math.min(Math.max(0, due.at * 1_000 - books.nowMs()), longestSleepMs),
    );
    timer.unref();
  };

  const setNow = (to: number): void => {
    if (to > books.nowMs()) books.changeSettings({ aheadMs: to - realNow(), shownMs: to });
  };

  const move = async (to: number): Promise<void> => {
    for (let due = books.nextDue(); due && due.at * 1_000 <= to && !stopped; due = books.nextDue()) {
      setNow(due.at * 1_000);
      catchUp();
      // Requests and webhooks go on meanwhile.
      await new Promise((resolve) => setImmediate(resolve));
    }
    setNow(to);
    books.commit();
    catchUp();
    changed();
  };

  return {
    catchUp,
    moveTo: (to) => {
      moving = moving.catch(() => undefined).then(() => move(to));
      return moving;
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
};
