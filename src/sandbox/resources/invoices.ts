/** `/v1/invoices` and `/v1/invoice_payments`. */

import { answerPage, answerSlice, createdField, pageFields } from '../api/pages-of-list.ts';
import { type Fields, flag, oneOf, text } from '../api/parameters.ts';
import { invalid, missing, Refusal } from '../api/refusal.ts';
import { type Route, route } from '../api/route.ts';
import type { Books } from '../ledger/books.ts';
import type { InvoiceRecord } from '../ledger/records.ts';
import { collect, paid } from '../life/collect.ts';
import { finalizeInvoice, payInvoice, voidInvoice, writeInvoiceOff } from '../life/invoice.ts';
import { showInvoice, showInvoicePayments } from '../shapes/invoice.ts';
import { showIntent } from '../shapes/money.ts';
import { liveOrDeletedCustomer } from './customers.ts';
import { subscriptionOf } from './subscription-of.ts';

const statuses = oneOf('draft', 'open', 'paid', 'uncollectible', 'void');
const listFields = {
  ...pageFields,
  ...createdField,
  customer: text,
  subscription: text,
  status: statuses,
} as const satisfies Fields;

export const invoiceRoutes: readonly Route[] = [
  route('GET', '/v1/invoices', listFields, ({ books, given }) => {
    const { customer, subscription, status } = given;
    if (customer !== undefined) liveOrDeletedCustomer(books, customer, 'customer');
    if (subscription !== undefined) subscriptionOf(books, subscription, 'subscription');
    const [name, value] =
      subscription === undefined ? ['customer', customer] : ['subscription', subscription];
    return answerPage(given, {
      table: books.invoices,
      what: 'invoice',
      url: '/v1/invoices',
      index: value === undefined ? undefined : { name, value },
      holds: (invoice) =>
        (status === undefined || invoice.status === status) &&
        (customer === undefined || invoice.customer === customer),
      show: (invoice) => showInvoice(books, invoice),
    });
  }),
  route('GET', '/v1/invoices/:id', {}, ({ books, id }) => showInvoice(books, invoiceOf(books, id))),
  route('GET', '/v1/invoices/:id/lines', pageFields, ({ books, id, given }) =>
    answerSlice(given, showInvoice(books, invoiceOf(books, id)).lines.data, {
      what: 'line_item',
      url: `/v1/invoices/${id}/lines`,
      show: (line) => line,
    }),
  ),
  route(
    'POST',
    '/v1/invoices/:id/pay',
    { payment_method: text, off_session: flag, paid_out_of_band: flag },
    ({ books, id, given }) => {
      const invoice = openInvoice(books, id, 'paid');
      if (given.paid_out_of_band) {
        paid(books, payInvoice(books, invoice));
        return showInvoice(books, invoiceOf(books, id));
      }
      const method =
        given.payment_method === undefined ? undefined : books.paymentMethods.get(given.payment_method);
      if (given.payment_method !== undefined && !method)
        throw missing('PaymentMethod', given.payment_method, 'payment_method');
      const result = collect(books, invoice, { inPerson: true, ...(method ? { method } : {}) });
      if (result.kind !== 'succeeded' && result.kind !== 'processing') throw unpaid(books, invoice);
      return showInvoice(books, invoiceOf(books, id));
    },
  ),
  route('POST', '/v1/invoices/:id/void', {}, ({ books, id }) =>
    showInvoice(books, voidInvoice(books, openInvoice(books, id, 'voided'))),
  ),
  route('POST', '/v1/invoices/:id/mark_uncollectible', {}, ({ books, id }) =>
    showInvoice(books, writeInvoiceOff(books, openInvoice(books, id, 'given up'))),
  ),
  route('POST', '/v1/invoices/:id/finalize', { auto_advance: flag }, ({ books, id }) => {
    const invoice = invoiceOf(books, id);
    if (invoice.status !== 'draft') throw wrongStatus(invoice, 'finalized');
    const open = finalizeInvoice(books, invoice);
    if (open.status === 'paid') paid(books, open);
    return showInvoice(books, open);
  }),
  route(
    'GET',
    '/v1/invoice_payments',
    { ...pageFields, ...createdField, invoice: text, status: oneOf('canceled', 'open', 'paid') },
    ({ books, given }) => {
      if (given.invoice === undefined)
        throw invalid(
          'The sandbox lists the payments of one invoice: give invoice.',
          'invoice',
          'parameter_missing',
        );
      const payments = showInvoicePayments(invoiceOf(books, given.invoice, 'invoice')).data;
      return answerSlice(
        given,
        payments.filter(({ status }) => given.status === undefined || status === given.status),
        { what: 'invoice_payment', url: '/v1/invoice_payments', show: (payment) => payment },
      );
    },
  ),
];

const invoiceOf = (books: Books, id: string, param?: string): InvoiceRecord => {
  const invoice = books.invoices.get(id);
  if (!invoice) throw missing('invoice', id, param);
  return invoice;
};

const openInvoice = (books: Books, id: string, wish: string): InvoiceRecord => {
  const invoice = invoiceOf(books, id);
  if (invoice.status === 'uncollectible' || invoice.status === 'open') return invoice;
  throw wrongStatus(invoice, wish);
};

const wrongStatus = ({ status }: InvoiceRecord, wish: string): Refusal =>
  invalid(`This invoice can’t be ${wish}: its status is ${status}.`, undefined, 'invoice_not_editable');

const unpaid = (books: Books, { payment }: InvoiceRecord): Refusal => {
  const intent = books.intents.get(payment?.paymentIntent ?? '');
  const failure = intent?.failure;
  if (intent?.status === 'requires_action')
    return new Refusal({
      status: 402,
      type: 'card_error',
      code: 'invoice_payment_intent_requires_action',
      message: 'The bank wants to ask the cardholder before this invoice can be paid.',
      payment_intent: showIntent(books, intent),
    });
  if (!failure) return invalid('There is no payment method to be charged.', undefined, 'resource_missing');
  return new Refusal({
    status: 402,
    type: 'card_error',
    code: failure.code,
    message: failure.message,
    ...(failure.declineCode === null ? {} : { decline_code: failure.declineCode }),
    ...(intent ? { payment_intent: showIntent(books, intent) } : {}),
    ...(intent?.latestCharge ? { charge: intent.latestCharge } : {}),
  });
};
