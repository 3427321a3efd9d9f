/** Customers read again one by one, with what came of it counted; those that can't be read are kept for a second try. */
import { inParallel } from './in-parallel.ts';
import type { FailedCustomer } from './reconcile-report.ts';
import type { Tally } from './reconcile-tally.ts';
import type { Refetch } from './refetch.ts';
import { createSeenFilter } from './seen-filter.ts';
import type { CustomerId } from './subscription.ts';

export interface LookAgain {
  /**
   * Answers those that were read. Rejects when so many can't be read, one after the other or altogether, that going on
   * makes no sense.
   */
  look(customers: readonly CustomerId[]): Promise<readonly CustomerId[]>;
  /** Once more, those that couldn't be read. */
  lookAtFailed(): Promise<void>;
  failed(): readonly FailedCustomer[];
}

interface Options {
  readonly refetch: Refetch;
  readonly tally: Tally;
  readonly atOnce: number;
  /** Left by an earlier run, or by this one before it was broken off. */
  readonly failedBefore: readonly CustomerId[];
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  /** Called after each. */
  readonly onLooked: () => void;
}

const maxFailedInARow = 25;
const maxFailed = 1000;

export const createLookAgain = (options: Options): LookAgain => {
  const { refetch, tally, atOnce, failedBefore, dryRun, signal, onLooked } = options;
  const failed = new Map(failedBefore.map((customer) => [customer, 'not tried again yet']));
  // What a dry run found is found again by the next step, since nothing was mended: it counts once.
  const found = dryRun ? createSeenFilter() : undefined;
  let failedInARow = 0;

  const lookAt = async (customer: CustomerId): Promise<boolean> => {
    signal.throwIfAborted();
    try {
      const kinds = await refetch(customer, signal);
      tally.found(customer, kinds);
      failed.delete(customer);
      failedInARow = 0;
      return true;
    } catch (error) {
      if (signal.aborted) throw error;
      failed.set(customer, whyOf(error));
      failedInARow += 1;
      if (failedInARow >= maxFailedInARow || failed.size > maxFailed) throw error;
      return false;
    } finally {
      onLooked();
    }
  };

  const look = async (customers: readonly CustomerId[]): Promise<readonly CustomerId[]> => {
    const read: CustomerId[] = [];
    await inParallel(customers, atOnce, async (customer) => {
      if (found?.has(customer)) return;
      if (!(await lookAt(customer))) return;
      found?.add(customer);
      read.push(customer);
    });
    return read;
  };

  return {
    look,
    lookAtFailed: async () => void (await look([...failed.keys()])),
    failed: () => [...failed].map(([customer, why]) => ({ customer, why })),
  };
};

/** A fault's words hold no secrets and no addresses; another error's might. */
const whyOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');
