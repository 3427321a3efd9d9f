/** Does something again and again, a while after it was done last, at moments of this instance's own. */

export interface Repeated {
  /** The first time, or sooner than it was due; nothing while it is being done. */
  startIn(pauseMs: number): void;
  /** True once it was to start. */
  isStarted(): boolean;
  /** Ends what is under way by its signal; resolves when it has. */
  close(): Promise<void>;
}

interface Options {
  /** Never rejects. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  /** From the end of one to the beginning of the next. Milliseconds. */
  readonly pauseMs: () => number;
  readonly random: (bytes: number) => string;
}

export const repeatedly = ({ run, pauseMs, random }: Options): Repeated => {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  const wait = (untilMs: number): void => {
    if (stop.signal.aborted) return;
    clearTimeout(timer);
    // Between a half and one and a half of it: instances that were started together don't stay together.
    timer = setTimeout(go, untilMs * (0.5 + fraction(random)));
    timer.unref();
  };
  const go = (): void => {
    running = run(stop.signal).finally(() => {
      running = undefined;
      wait(pauseMs());
    });
  };
  return {
    startIn: (untilMs) => {
      if (running === undefined) wait(untilMs);
    },
    isStarted: () => timer !== undefined,
    close: async () => {
      stop.abort();
      clearTimeout(timer);
      await running;
    },
  };
};

/** From 0 to 1, without 1. */
const fraction = (random: (bytes: number) => string): number =>
  Buffer.from(random(2), 'base64url').readUInt16BE() / 65_536;
