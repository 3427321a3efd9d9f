/** A cardholder disputes a payment, and the bank decides. */
import type { Books } from '../ledger/books.ts';
import type { DisputeRecord } from '../ledger/records.ts';
import { showDispute } from '../shapes/dispute.ts';
import { announce } from './announce.ts';

/** Undefined: nothing was paid by that intent, or it is disputed already. */
export const openDispute = (
  books: Books,
  intentId: string,
  reason = 'fraudulent',
): DisputeRecord | undefined => {
  const intent = books.intents.get(intentId);
  const charge = books.charges.get(intent?.latestCharge ?? '');
  if (charge?.status !== 'succeeded' || charge.dispute !== null) return undefined;
  const dispute: DisputeRecord = {
    id: books.newId('du'),
    created: books.now(),
    charge: charge.id,
    intent: intentId,
    amount: charge.amount,
    currency: charge.currency,
    reason,
    status: 'needs_response',
    metadata: {},
  };
  books.disputes.put(dispute);
  books.charges.put({ ...charge, dispute: dispute.id });
  announce(books, 'charge.dispute.created', showDispute(dispute));
  announce(books, 'charge.dispute.funds_withdrawn', showDispute(dispute));
  return dispute;
};

/** Won: the publisher keeps the money. A dispute that was decided stays as it is. */
export const closeDispute = (books: Books, dispute: DisputeRecord, status: 'lost' | 'won'): DisputeRecord => {
  if (dispute.status !== 'needs_response') return dispute;
  const closed: DisputeRecord = { ...dispute, status };
  books.disputes.put(closed);
  if (status === 'won') announce(books, 'charge.dispute.funds_reinstated', showDispute(closed));
  announce(books, 'charge.dispute.closed', showDispute(closed));
  return closed;
};
