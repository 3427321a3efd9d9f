/** From what a store keeps of purges to what came after a number. */
import type { Purge } from '../gate/purge.ts';
import type { PurgesSince } from '../gate/purge-store.ts';

/** @param found those after `number` that are kept; undefined: one that can't be read */
export const purgesIn = (
  number: number,
  newest: number,
  found: readonly (Purge | undefined)[],
): PurgesSince => {
  const purges = found.filter((purge) => purge !== undefined);
  return { purges, newest, lost: purges.length !== newest - number };
};
