/** Runs a task once at a time: whoever asks meanwhile shares the one run that begins when this one is over. */

/** Each call resolves with a run that began after it; a hundred calls at once cost two runs. The task must not reject. */
export const inTurn = (run: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;

  const start = (): Promise<void> => {
    waiting = undefined;
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  };

  return () => {
    if (running === undefined) return start();
    waiting ??= running.then(start);
    return waiting;
  };
};
