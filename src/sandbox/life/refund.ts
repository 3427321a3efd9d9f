/** Money given back. */
import type { Books } from '../ledger/books.ts';
import type { ChargeRecord, RefundRecord } from '../ledger/records.ts';
import { showCharge, showRefund } from '../shapes/money.ts';
import { announce } from './announce.ts';

/** `amount` must not be more than what is left of the charge. */
export const refund = (
  books: Books,
  charge: ChargeRecord,
  given: Pick<RefundRecord, 'amount' | 'metadata' | 'reason'>,
): RefundRecord => {
  const made: RefundRecord = {
    ...given,
    id: books.newId('re'),
    created: books.now(),
    charge: charge.id,
    intent: charge.intent,
    currency: charge.currency,
  };
  books.refunds.put(made);
  const after = { ...charge, amountRefunded: charge.amountRefunded + given.amount };
  books.charges.put(after);
  announce(books, 'refund.created', showRefund(books, made));
  announce(books, 'charge.refunded', showCharge(books, after), { amount_refunded: charge.amountRefunded });
  return made;
};
