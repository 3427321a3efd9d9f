/** How much room both stores give to what is counted. */
import type { ChartLimits } from '../insight/insight-store.ts';

/** Rows of one day's table, beside those for what found no room. About 100 bytes each in Redis. */
export const rowsPerDay: ChartLimits = { funnel: 2000, reads: 500, sellers: 1000, doors: 500 };

/** A year back, and the same month of the year before beside it. */
export const daysKept = 400;

export const idKeptMs = 3 * 86_400_000;
export const dayMs = 86_400_000;
