/** Gives and takes what readers may read by a customer, in the order of the readings and not of the answers. */
import { type AccessTerms, derive } from '../entitlements/derive.ts';
import type { EntitlementStore } from '../entitlements/entitlement-store.ts';
import type { Clock } from '../ops/clock.ts';
import type { ReaderId } from '../readers/reader.ts';
import type { CustomerStore } from './customer-store.ts';
import type { CustomerId, CustomerState } from './subscription.ts';

export interface AccessDeps {
  readonly customers: Pick<CustomerStore, 'customer' | 'assign' | 'drawTicket' | 'putState'>;
  readonly entitlements: Pick<EntitlementStore, 'replaceCause'>;
  readonly policy: () => AccessTerms;
  readonly clock: Clock;
}

interface Giving {
  readonly id: CustomerId;
  readonly ticket: number;
  readonly state: CustomerState | undefined;
  readonly holders: readonly ReaderId[];
}

/** Answers whether anybody's access is another now, and the highest ticket of those that had been used already; 0: none. */
export async function giveAccess(
  { entitlements, policy, clock }: AccessDeps,
  { id, ticket, state, holders }: Giving,
): Promise<{ readonly changed: boolean; readonly usedBefore: number }> {
  const list = state ? derive(state, policy(), clock()) : [];
  const answers = await Promise.all(
    holders.map((reader) => entitlements.replaceCause(reader, id, ticket, list)),
  );
  return {
    changed: answers.some(({ kind }) => kind === 'replaced'),
    usedBefore: Math.max(
      0,
      ...answers.flatMap(({ kind, usedBefore }) => (kind === 'stale' ? usedBefore : [])),
    ),
  };
}

export interface TakeDeps {
  readonly customers: Pick<CustomerStore, 'drawTicket'>;
  readonly entitlements: Pick<EntitlementStore, 'replaceCause'>;
}

/**
 * Takes from those readers what they have by the customer. Once its record names them no longer, nothing gives it back:
 * whoever read the record before holds a lower ticket.
 */
export const takeAccess = async (
  { customers, entitlements }: TakeDeps,
  id: CustomerId,
  readers: readonly ReaderId[],
): Promise<void> => {
  if (readers.length === 0) return;
  const ticket = await customers.drawTicket(id);
  await Promise.all(
    readers.map(async (reader) => {
      const { kind, usedBefore } = await entitlements.replaceCause(reader, id, ticket, []);
      // Higher than any that was drawn: the store has lost its count since.
      if (kind === 'stale')
        await entitlements.replaceCause(reader, id, await customers.drawTicket(id, usedBefore), []);
    }),
  );
};

export const without = (some: readonly ReaderId[], others: readonly ReaderId[]): readonly ReaderId[] =>
  some.filter((reader) => !others.includes(reader));
