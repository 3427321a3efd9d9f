/** Lets a long command end in good order when it is told to. */

/** `run` is given a signal that SIGINT and SIGTERM abort; a second one ends the process at once, and nothing is lost by that either. */
export const stopOnSignal = async <Result>(
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  try {
    return await run(stop.signal);
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
  }
};
