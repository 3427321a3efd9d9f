/** Does something some time after it was wanted, once for however often it was wanted meanwhile. */

export interface Later {
  want(): void;
  /** What was wanted isn't done any more. */
  stop(): void;
}

/** The process doesn't wait for it. */
export const later = (ms: number, run: () => void): Later => {
  let timer: NodeJS.Timeout | undefined;
  return {
    want: () => {
      if (timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        run();
      }, ms);
      timer.unref();
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
};
