/** A clock that goes on only when nothing is left to do before its next moment: hours pass at once, and the same in each run. */

export interface DrivenClock {
  readonly now: () => number;
  /** Resolves once the clock has come so far; rejects as soon as the signal is aborted. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Drives the clock until the work is done, and gives what it came to. */
  run<Result>(work: Promise<Result>): Promise<Result>;
}

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

export const drivenClock = (start = 0): DrivenClock => {
  let now = start;
  let alarms: readonly Alarm[] = [];
  const wait: DrivenClock['wait'] = (ms, signal) =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => {
        alarms = alarms.filter((each) => each !== alarm);
        reject(signal?.reason);
      };
      const ring = (): void => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const alarm = { at: now + ms, ring };
      alarms = [...alarms, alarm].sort((one, other) => one.at - other.at);
      signal?.addEventListener('abort', giveUp);
    });
  const goOn = (): void => {
    const [next, ...others] = alarms;
    if (!next) throw new Error('Nothing is waited for any more, and the work isn’t done.');
    alarms = others;
    now = Math.max(now, next.at);
    next.ring();
  };
  return {
    now: () => now,
    wait,
    run: async (work) => {
      let done = false;
      const ended = work.finally(() => {
        done = true;
      });
      ended.catch(() => undefined);
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (done) return ended;
        goOn();
      }
    },
  };
};
