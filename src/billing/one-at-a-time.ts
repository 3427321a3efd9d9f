/** Runs a task once at a time for each key: whoever asks meanwhile shares the one run that begins when this one is over. */

/**
 * Every caller gets the answer of a run that began after its call; a hundred calls at once cost two runs. A run that
 * fails fails those who wait for it, and nobody else.
 */
export const oneAtATime = <Key, Answer>(
  run: (key: Key) => Promise<Answer>,
): ((key: Key) => Promise<Answer>) => {
  const running = new Map<Key, Promise<Answer>>();
  const waiting = new Map<Key, Promise<Answer>>();

  const start = (key: Key): Promise<Answer> => {
    const answer = run(key).finally(() => running.delete(key));
    running.set(key, answer);
    return answer;
  };

  const queue = (key: Key, current: Promise<Answer>): Promise<Answer> => {
    const next = (): Promise<Answer> => {
      waiting.delete(key);
      return start(key);
    };
    const answer = current.then(next, next);
    waiting.set(key, answer);
    return answer;
  };

  return (key) => {
    const queued = waiting.get(key);
    if (queued) return queued;
    const current = running.get(key);
    return current ? queue(key, current) : start(key);
  };
};
