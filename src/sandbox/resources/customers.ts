/** `/v1/customers` and the payment methods that belong to one. */

import { answerPage, createdField, pageFields } from '../api/pages-of-list.ts';
import {
  applyMetadata,
  emptiable,
  type Fields,
  integer,
  list,
  metadata,
  shape,
  text,
} from '../api/parameters.ts';
import { invalid, missing } from '../api/refusal.ts';
import { type Route, route } from '../api/route.ts';
import type { Books } from '../ledger/books.ts';
import type { CustomerRecord } from '../ledger/records.ts';
import { changeCustomer, createCustomer, forgetCustomer } from '../life/change-customer.ts';
import { endSubscription } from '../life/subscription.ts';
import { showCustomer, showDeletedCustomer } from '../shapes/people.ts';

const fields = {
  email: emptiable(text),
  name: emptiable(text),
  description: emptiable(text),
  phone: emptiable(text),
  preferred_locales: list(text),
  metadata,
  balance: integer(),
  invoice_settings: shape({ default_payment_method: emptiable(text) }),
} as const satisfies Fields;

export const customerRoutes: readonly Route[] = [
  route('POST', '/v1/customers', fields, ({ books, given }) =>
    showCustomer(
      createCustomer(books, {
        email: emailOf(given.email) ?? null,
        name: given.name ?? null,
        description: given.description ?? null,
        phone: given.phone ?? null,
        locales: given.preferred_locales ?? [],
        metadata: applyMetadata({}, given.metadata),
        balance: given.balance ?? 0,
        ...methodChange(books, given.invoice_settings),
      }),
    ),
  ),
  route('GET', '/v1/customers', { ...pageFields, ...createdField, email: text }, ({ books, given }) =>
    answerPage(given, {
      table: books.customers,
      what: 'customer',
      url: '/v1/customers',
      index: given.email === undefined ? undefined : { name: 'email', value: given.email },
      holds: ({ deleted }) => !deleted,
      show: showCustomer,
    }),
  ),
  route('GET', '/v1/customers/:id', {}, ({ books, id }) => {
    const customer = books.customers.get(id);
    if (!customer) throw missing('customer', id);
    return customer.deleted ? showDeletedCustomer(customer) : showCustomer(customer);
  }),
  route('POST', '/v1/customers/:id', fields, ({ books, id, given }) => {
    const customer = liveCustomer(books, id);
    const { email, name, description, phone, preferred_locales: locales, balance } = given;
    changeCustomer(books, id, {
      ...(email === undefined ? {} : { email: emailOf(email) ?? null }),
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      ...(phone === undefined ? {} : { phone }),
      ...(locales === undefined ? {} : { locales }),
      ...(balance === undefined ? {} : { balance }),
      metadata: applyMetadata(customer.metadata, given.metadata),
      ...methodChange(books, given.invoice_settings),
    });
    return showCustomer(books.customers.get(id) ?? customer);
  }),
  route('DELETE', '/v1/customers/:id', {}, ({ books, id }) => {
    const customer = liveCustomer(books, id);
    for (const { id: subscription, status } of [
      ...books.subscriptions.walk({ index: { name: 'customer', value: id } }),
    ]) {
      if (status !== 'canceled' && status !== 'incomplete_expired')
        endSubscription(books, subscription, 'cancellation_requested');
    }
    forgetCustomer(books, books.customers.get(id) ?? customer);
    return showDeletedCustomer(customer);
  }),
];

/** @throws Refusal when it is unknown, or was deleted. */
export const liveCustomer = (books: Books, id: string, param?: string): CustomerRecord => {
  const customer = books.customers.get(id);
  if (!customer || customer.deleted) throw missing('customer', id, param);
  return customer;
};

/** What belongs to a customer that was deleted can still be listed. */
export const liveOrDeletedCustomer = (books: Books, id: string, param: string): CustomerRecord => {
  const customer = books.customers.get(id);
  if (!customer) throw missing('customer', id, param);
  return customer;
};

const emailOf = (email: string | null | undefined): string | null | undefined => {
  if (typeof email === 'string' && !/^[^@\s]+@[^@\s]+$/.test(email))
    throw invalid(`Invalid email address: ${email}`, 'email', 'email_invalid');
  return email;
};

const methodChange = (
  books: Books,
  settings: { readonly default_payment_method: string | null | undefined } | undefined,
): { readonly paymentMethod?: string | null } => {
  const id = settings?.default_payment_method;
  if (id === undefined) return {};
  if (id !== null && !books.paymentMethods.get(id))
    throw missing('PaymentMethod', id, 'invoice_settings[default_payment_method]');
  return { paymentMethod: id };
};
