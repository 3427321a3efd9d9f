/** How many free reads a reader has left, as they may be told. */
import type { MeterId } from '../policy/policy.ts';
import type { MeterReading } from './meter-store.ts';

export interface Standing {
  readonly meter: MeterId;
  /** Never below 0 nor above `of`. */
  readonly left: number;
  readonly of: number;
  /** Milliseconds since the epoch. */
  readonly resetsAt: number;
}

/**
 * The standing once this view is over. More than the allowance can have been used (it was lowered since, or a
 * visitor's reads were merged into an account): that is none left, never fewer than none.
 *
 * @param counting the view gets the article: a read that is only `available` is told as if it were charged, so that
 *   HEAD and explain say what the GET would.
 */
export function standingAfter(
  meter: MeterId,
  reading: MeterReading,
  allowance: number,
  counting: boolean,
): Standing {
  const of = Math.max(0, allowance);
  const used = reading.used + (counting && reading.outcome === 'available' ? 1 : 0);
  return { meter, left: Math.min(of, Math.max(0, of - used)), of, resetsAt: reading.resetsAt };
}
