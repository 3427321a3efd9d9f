/** `/v1/payment_intents`, `/v1/charges`, `/v1/refunds` and `/v1/disputes`. */

import { answerPage, createdField, pageFields } from '../api/pages-of-list.ts';
import { applyMetadata, type Fields, integer, metadata, oneOf, text } from '../api/parameters.ts';
import { invalid, missing } from '../api/refusal.ts';
import { type Route, route } from '../api/route.ts';
import type { Books } from '../ledger/books.ts';
import type { ChargeRecord } from '../ledger/records.ts';
import { refund } from '../life/refund.ts';
import { showDispute } from '../shapes/dispute.ts';
import { showCharge, showIntent, showRefund } from '../shapes/money.ts';

const lists = { ...pageFields, ...createdField } as const satisfies Fields;

export const moneyRoutes: readonly Route[] = [
  route('GET', '/v1/payment_intents', { ...lists, customer: text }, ({ books, given }) =>
    answerPage(given, {
      table: books.intents,
      what: 'payment_intent',
      url: '/v1/payment_intents',
      index: given.customer === undefined ? undefined : { name: 'customer', value: given.customer },
      show: (intent) => showIntent(books, intent),
    }),
  ),
  route('GET', '/v1/payment_intents/:id', { client_secret: text }, ({ books, id }) => {
    const intent = books.intents.get(id);
    if (!intent) throw missing('payment_intent', id, undefined);
    return showIntent(books, intent);
  }),
  route('GET', '/v1/charges', { ...lists, customer: text, payment_intent: text }, ({ books, given }) => {
    const { customer, payment_intent: intent } = given;
    const [name, value] = intent === undefined ? ['customer', customer] : ['intent', intent];
    return answerPage(given, {
      table: books.charges,
      what: 'charge',
      url: '/v1/charges',
      index: value === undefined ? undefined : { name, value },
      holds: (charge) => customer === undefined || charge.customer === customer,
      show: (charge) => showCharge(books, charge),
    });
  }),
  route('GET', '/v1/charges/:id', {}, ({ books, id }) => showCharge(books, chargeOf(books, id))),
  route(
    'POST',
    '/v1/refunds',
    {
      charge: text,
      payment_intent: text,
      amount: integer({ min: 1 }),
      reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
      metadata,
    },
    ({ books, given }) => {
      const charge = refundable(books, given.charge, given.payment_intent);
      const left = charge.amount - charge.amountRefunded;
      if (left === 0)
        throw invalid(`The charge ${charge.id} was refunded already.`, undefined, 'charge_already_refunded');
      const amount = given.amount ?? left;
      if (amount > left) throw invalid(`Only ${left} of this charge is left to be refunded.`, 'amount');
      const made = refund(books, charge, {
        amount,
        reason: given.reason ?? null,
        metadata: applyMetadata({}, given.metadata),
      });
      return showRefund(books, made);
    },
  ),
  route('GET', '/v1/refunds', { ...lists, charge: text, payment_intent: text }, ({ books, given }) => {
    const { charge, payment_intent: intent } = given;
    const [name, value] = charge === undefined ? ['intent', intent] : ['charge', charge];
    return answerPage(given, {
      table: books.refunds,
      what: 'refund',
      url: '/v1/refunds',
      index: value === undefined ? undefined : { name, value },
      show: (one) => showRefund(books, one),
    });
  }),
  route('GET', '/v1/refunds/:id', {}, ({ books, id }) => {
    const found = books.refunds.get(id);
    if (!found) throw missing('refund', id);
    return showRefund(books, found);
  }),
  route('GET', '/v1/disputes', { ...lists, charge: text, payment_intent: text }, ({ books, given }) => {
    const { charge, payment_intent: intent } = given;
    const [name, value] = charge === undefined ? ['intent', intent] : ['charge', charge];
    return answerPage(given, {
      table: books.disputes,
      what: 'dispute',
      url: '/v1/disputes',
      index: value === undefined ? undefined : { name, value },
      show: showDispute,
    });
  }),
  route('GET', '/v1/disputes/:id', {}, ({ books, id }) => {
    const found = books.disputes.get(id);
    if (!found) throw missing('dispute', id);
    return showDispute(found);
  }),
];

const chargeOf = (books: Books, id: string, param?: string): ChargeRecord => {
  const charge = books.charges.get(id);
  if (!charge) throw missing('charge', id, param);
  return charge;
};

const refundable = (
  books: Books,
  chargeId: string | undefined,
  intentId: string | undefined,
): ChargeRecord => {
  if (chargeId === undefined && intentId === undefined)
    throw invalid('A refund needs charge or payment_intent.', 'charge', 'parameter_missing');
  const intent = intentId === undefined ? undefined : books.intents.get(intentId);
  if (intentId !== undefined && !intent) throw missing('payment_intent', intentId, 'payment_intent');
  const charge = chargeOf(
    books,
    chargeId ?? intent?.latestCharge ?? '',
    chargeId === undefined ? 'payment_intent' : 'charge',
  );
  if (charge.status !== 'succeeded') throw invalid('Only a charge that succeeded can be refunded.', 'charge');
  if (charge.dispute !== null && books.disputes.get(charge.dispute)?.status !== 'won')
    throw invalid('This charge is disputed and can’t be refunded.', 'charge', 'charge_disputed');
  return charge;
};
