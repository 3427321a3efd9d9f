/** Removes counts whose window is long over, a few at a time, so that no reader waits for it. */
import type { Database } from './database.ts';

interface Pruning {
  /** Part of a write transaction. Does something at most once a minute, or every time while there is more to remove. */
  step(now: number): void;
}

const rowsPerStep = 200;
const everyMs = 60_000;

export function createPruning(database: Database): Pruning {
  const reads = database.prepare(`
    DELETE FROM reads WHERE (subject, meter, window, article) IN (
      SELECT subject, meter, window, article FROM reads WHERE prune_at <= ? LIMIT ${rowsPerStep})`);
  const networkFirsts = database.prepare(`
    DELETE FROM network_firsts WHERE (slot, meter, window) IN (
      SELECT slot, meter, window FROM network_firsts WHERE prune_at <= ? LIMIT ${rowsPerStep})`);
  let nextAt = Number.NEGATIVE_INFINITY;
  return {
    step: (now) => {
      if (now < nextAt) return;
      const removed = [reads.run(now).changes, networkFirsts.run(now).changes];
      nextAt = removed.includes(rowsPerStep) ? now : now + everyMs;
    },
  };
}
