/** `/v1/payment_methods`: Stripe's test tokens attached to a customer. */

import { answerPage, pageFields } from '../api/pages-of-list.ts';
import { oneOf, required, text } from '../api/parameters.ts';
import { missing, Refusal } from '../api/refusal.ts';
import { type Route, route } from '../api/route.ts';
import type { Books } from '../ledger/books.ts';
import type { PaymentMethodRecord } from '../ledger/records.ts';
import { announce } from '../life/announce.ts';
import { keepMethod } from '../life/card-entry.ts';
import { changeCustomer } from '../life/change-customer.ts';
import { testCardByToken } from '../life/test-cards.ts';
import { showPaymentMethod } from '../shapes/people.ts';
import { liveCustomer } from './customers.ts';

export const paymentMethodRoutes: readonly Route[] = [
  route(
    'GET',
    '/v1/payment_methods',
    { ...pageFields, customer: text, type: oneOf('card', 'sepa_debit') },
    ({ books, given }) =>
      answerPage(given, {
        table: books.paymentMethods,
        what: 'payment_method',
        url: '/v1/payment_methods',
        index: given.customer === undefined ? undefined : { name: 'customer', value: given.customer },
        holds: ({ kind }) => given.type === undefined || kind === given.type,
        show: showPaymentMethod,
      }),
  ),
  route('GET', '/v1/payment_methods/:id', {}, ({ books, id }) => showPaymentMethod(methodOf(books, id))),
  route('POST', '/v1/payment_methods/:id/attach', { customer: required(text) }, ({ books, id, given }) => {
    const customer = liveCustomer(books, given.customer, 'customer');
    const method = methodFor(books, id);
    const attached: PaymentMethodRecord = { ...method, customer: customer.id };
    books.paymentMethods.put(attached);
    announce(books, 'payment_method.attached', showPaymentMethod(attached));
    return showPaymentMethod(attached);
  }),
  route('POST', '/v1/payment_methods/:id/detach', {}, ({ books, id }) => {
    const method = methodOf(books, id);
    const detached: PaymentMethodRecord = { ...method, customer: null };
    books.paymentMethods.put(detached);
    const owner = books.customers.get(method.customer ?? '');
    if (owner?.paymentMethod === id) changeCustomer(books, owner.id, { paymentMethod: null });
    for (const subscription of [
      ...books.subscriptions.walk({ index: { name: 'customer', value: owner?.id ?? '' } }),
    ])
      if (subscription.paymentMethod === id)
        books.subscriptions.put({ ...subscription, paymentMethod: null });
    announce(books, 'payment_method.detached', showPaymentMethod(detached), { customer: method.customer });
    return showPaymentMethod(detached);
  }),
];

const methodOf = (books: Books, id: string): PaymentMethodRecord => {
  const method = books.paymentMethods.get(id);
  if (!method) throw missing('PaymentMethod', id);
  return method;
};

/** A token stands for a new card each time. */
const methodFor = (books: Books, id: string): PaymentMethodRecord => {
  const card = testCardByToken(id);
  if (!card) return methodOf(books, id);
  if (card.refusedAtEntry) {
    const { code, declineCode, message } = card.refusedAtEntry;
    throw new Refusal({
      status: 402,
      type: 'card_error',
      code,
      message,
      ...(declineCode === null ? {} : { decline_code: declineCode }),
    });
  }
  const nextYear = new Date(books.nowMs()).getUTCFullYear() + 5;
  return keepMethod(
    books,
    { kind: 'card', number: card.number, expMonth: 12, expYear: nextYear },
    { customer: null, name: null, email: null },
  );
};
