/** The subscription that an address names. */
import { missing } from '../api/refusal.ts';
import type { Books } from '../ledger/books.ts';
import type { SubscriptionRecord } from '../ledger/records.ts';

/** @throws Refusal when it is unknown. */
export const subscriptionOf = (books: Books, id: string, param?: string): SubscriptionRecord => {
  const subscription = books.subscriptions.get(id);
  if (!subscription) throw missing('subscription', id, param);
  return subscription;
};
