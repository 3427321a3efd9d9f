/** Which customers a run has found listed by Stripe; whoever isn't among them at its end must be asked for one by one. */
import { LRUCache } from 'lru-cache';
import type { CustomerRecord, CustomerStore } from './customer-store.ts';
import { createSeenFilter } from './seen-filter.ts';
import type { CheckoutId, CustomerId, SubscriptionId } from './subscription.ts';

export interface SweptMarks {
  /**
   * True once every cause of the customer's access was listed: one subscription that is still there doesn't vouch for
   * another that isn't.
   */
  isComplete(customer: CustomerId, listed: SubscriptionId | CheckoutId, causes: ReadonlySet<string>): boolean;
  mark(customers: readonly CustomerId[]): Promise<void>;
  isMarked(record: CustomerRecord): boolean;
}

interface Options {
  readonly customers: Pick<CustomerStore, 'markSwept'>;
  readonly run: string;
  readonly dryRun: boolean;
}

export const createSweptMarks = ({ customers, run, dryRun }: Options): SweptMarks => ({
  isComplete: createCompleteness(),
  ...(dryRun ? marksInMemory() : marksInStore(customers, run)),
});

/** Customers with several causes that wait for the rest of their subscriptions. One that is forgotten is asked for at the end. */
const maxWaiting = 10_000;

const createCompleteness = (): SweptMarks['isComplete'] => {
  const listedOf = new LRUCache<CustomerId, Set<string>>({ max: maxWaiting });
  return (customer, listed, causes) => {
    if (!causes.has(listed)) return false;
    if (causes.size === 1) return true;
    const seen = (listedOf.get(customer) ?? new Set()).add(listed);
    listedOf.set(customer, seen);
    return [...causes].every((cause) => seen.has(cause));
  };
};

const marksInStore = (
  customers: Pick<CustomerStore, 'markSwept'>,
  run: string,
): Pick<SweptMarks, 'mark' | 'isMarked'> => ({
  mark: async (ids) => {
    if (ids.length > 0) await customers.markSwept(ids, run);
  },
  isMarked: ({ sweptBy }) => sweptBy === run,
});

/** A dry run leaves no mark in the store. */
const marksInMemory = (): Pick<SweptMarks, 'mark' | 'isMarked'> => {
  const seen = createSeenFilter();
  return {
    mark: async (ids) => {
      for (const id of ids) seen.add(id);
    },
    isMarked: ({ id }) => seen.has(id),
  };
};
