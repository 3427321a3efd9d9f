/** Where purges are told to every instance: the newest few, in their order. */
import type { Purge } from './purge.ts';

export interface PurgeStore {
  announce(purge: Purge): Promise<void>;
  /** How many have been announced so far. */
  newest(): Promise<number>;
  /** Those after that number, the oldest first. */
  since(number: number): Promise<PurgesSince>;
  /** Told when something may have been announced. */
  onChange(listener: () => void): void;
  /** Differs from the last answer when an announcement may have been missed. */
  generation(): number;
}

export interface PurgesSince {
  readonly purges: readonly Purge[];
  /** The number of the last; what was asked with, where there is none. */
  readonly newest: number;
  /** Some are kept no more, or can't be read: whatever they were about is to be asked for anew. */
  readonly lost: boolean;
}
