/** Another card for all that a customer pays. */
import type { CardEntry, PortalOutcome } from '../hosted.ts';
import type { Books } from '../ledger/books.ts';
import type { PaymentMethodRecord, PortalRecord } from '../ledger/records.ts';
import { announce } from '../life/announce.ts';
import { enterPayment, refusalAtEntry } from '../life/card-entry.ts';
import { changeCustomer } from '../life/change-customer.ts';
import { changeSubscription } from '../life/subscription.ts';
import { testCard } from '../life/test-cards.ts';
import { showPaymentMethod } from '../shapes/people.ts';

export const changeCard = (books: Books, portal: PortalRecord, entry: CardEntry): PortalOutcome => {
  const customer = books.customers.get(portal.customer);
  if (!customer || customer.deleted) return { kind: 'gone' };
  const entered = enterPayment(books, entry, { customer: null, name: customer.name, email: customer.email });
  if ('refusal' in entered) return { kind: 'declined', ...entered.refusal };
  const refusal = refusalAtEntry(entered.method);
  if (refusal) return { kind: 'declined', ...refusal };
  if (testCard(entered.method.number)?.asks === undefined) {
    makeDefault(books, customer.id, entered.method);
    return { kind: 'done' };
  }
  const challengeId = books.newId('chal');
  books.challenges.put({
    id: challengeId,
    created: books.now(),
    paymentMethod: entered.method.id,
    amount: 0,
    currency: customer.currency ?? 'eur',
    asks: { kind: 'card', customer: customer.id, portal: portal.id },
  });
  return { kind: 'needs-authentication', challengeId };
};

/** What is owed isn't tried again by that: it waits for its next attempt, or for somebody to pay it. */
export const makeDefault = (books: Books, customerId: string, method: PaymentMethodRecord): void => {
  const kept = { ...method, customer: customerId };
  books.paymentMethods.put(kept);
  announce(books, 'payment_method.attached', showPaymentMethod(kept));
  changeCustomer(books, customerId, { paymentMethod: kept.id });
  for (const { id, status } of [
    ...books.subscriptions.walk({ index: { name: 'customer', value: customerId } }),
  ]) {
    if (status !== 'canceled' && status !== 'incomplete_expired')
      changeSubscription(books, id, { paymentMethod: kept.id });
  }
};
