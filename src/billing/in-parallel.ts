/** The same work on each of a list, some at a time. */

/** Stops taking more at the first failure; resolves, or rejects with that failure, when nothing is under way any more. */
export const inParallel = async <Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> => {
  const waiting = items[Symbol.iterator]();
  let broken = false;
  const takeOn = async (): Promise<void> => {
    for (const item of waiting) {
      if (broken) return;
      try {
        await work(item);
      } catch (error) {
        broken = true;
        throw error;
      }
    }
  };
  const workers = Array.from({ length: Math.min(atOnce, items.length) }, takeOn);
  const failed = (await Promise.allSettled(workers)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
};
