/** `/v1/checkout/sessions`. */

import { answerPage, answerSlice, createdField, pageFields } from '../api/pages-of-list.ts';
import { type Fields, oneOf, text } from '../api/parameters.ts';
import { invalid, missing } from '../api/refusal.ts';
import { type Route, route } from '../api/route.ts';
import type { Books } from '../ledger/books.ts';
import type { CheckoutRecord } from '../ledger/records.ts';
import { expireCheckout } from '../life/checkout.ts';
import { showCheckout, showLineItems } from '../shapes/checkout.ts';
import { createCheckoutRoute } from './create-checkout.ts';
import { liveOrDeletedCustomer } from './customers.ts';

const listFields = {
  ...pageFields,
  ...createdField,
  customer: text,
  subscription: text,
  payment_intent: text,
  status: oneOf('complete', 'expired', 'open'),
} as const satisfies Fields;

export const checkoutRoutes: readonly Route[] = [
  createCheckoutRoute,
  route('GET', '/v1/checkout/sessions', listFields, ({ books, given }) => {
    const { customer, subscription, payment_intent: intent } = given;
    if (customer !== undefined) liveOrDeletedCustomer(books, customer, 'customer');
    const indexes = Object.entries({ customer, subscription, intent });
    const [name, value] = indexes.find(([, asked]) => asked !== undefined) ?? [];
    return answerPage(given, {
      table: books.checkouts,
      what: 'checkout.session',
      url: '/v1/checkout/sessions',
      index: name === undefined || value === undefined ? undefined : { name, value },
      holds: (checkout) =>
        (given.status === undefined || checkout.status === given.status) &&
        (subscription === undefined || checkout.subscription === subscription) &&
        (intent === undefined || checkout.intent === intent),
      show: (checkout) => showCheckout(books, checkout),
    });
  }),
  route('GET', '/v1/checkout/sessions/:id', {}, ({ books, id }) =>
    showCheckout(books, checkoutOf(books, id)),
  ),
  route('GET', '/v1/checkout/sessions/:id/line_items', pageFields, ({ books, id, given }) =>
    answerSlice(given, showLineItems(books, checkoutOf(books, id)).data, {
      what: 'item',
      url: `/v1/checkout/sessions/${id}/line_items`,
      show: (line) => line,
    }),
  ),
  route('POST', '/v1/checkout/sessions/:id/expire', {}, ({ books, id }) => {
    const checkout = checkoutOf(books, id);
    if (checkout.status !== 'open')
      throw invalid(
        `Only an open Checkout Session can be expired, and this one’s status is ${checkout.status}.`,
        'session',
      );
    return showCheckout(books, expireCheckout(books, checkout));
  }),
];

const checkoutOf = (books: Books, id: string): CheckoutRecord => {
  const checkout = books.checkouts.get(id);
  if (!checkout) throw missing('checkout.session', id, undefined);
  return checkout;
};
