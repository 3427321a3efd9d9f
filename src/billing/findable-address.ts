/** Makes an address that was typed at checkout one that its owner is found by, once they have proved it. */
import type { ReaderStore } from '../readers/reader-store.ts';
import { type Billing, BillingFault } from './billing.ts';
import type { CustomerRecord } from './customer-store.ts';
import { ownerField, plainAddress } from './owner-by-stripe.ts';
import type { CustomerState } from './subscription.ts';

interface Dependencies {
  readonly billing: Partial<Pick<Billing, 'assignCustomer'>>;
  readonly readers: Pick<ReaderStore, 'byId'>;
}

/**
 * Stripe looks for addresses letter by letter: `Ann@example.com` is not found for whoever proves `ann@example.com`, in
 * another browser than the one that paid. Only where nobody has proved the address, and only on customers that Gatefold
 * made. What Stripe refuses or can't do now, the next refresh tries again.
 */
export const makeAddressFindable = async (
  { billing, readers }: Dependencies,
  { deleted, email, metadata }: CustomerState,
  { id, owner }: CustomerRecord,
): Promise<void> => {
  if (deleted || email === undefined || email === plainAddress(email)) return;
  if (metadata[ownerField] !== owner || (await readers.byId(owner))?.email !== undefined) return;
  try {
    await billing.assignCustomer?.(id, { reader: owner, email: plainAddress(email) });
  } catch (error) {
    if (!(error instanceof BillingFault)) throw error;
  }
};
