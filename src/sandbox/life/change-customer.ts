/** Customers made, changed and deleted, and told about. */
import type { Books } from '../ledger/books.ts';
import type { CustomerRecord } from '../ledger/records.ts';
import { showCustomer } from '../shapes/people.ts';
import { announce } from './announce.ts';
import { changedFields } from './changed-fields.ts';

export type NewCustomer = Partial<Omit<CustomerRecord, 'created' | 'deleted' | 'features' | 'id'>>;

export const createCustomer = (books: Books, given: NewCustomer): CustomerRecord => {
  const customer: CustomerRecord = {
    email: null,
    name: null,
    description: null,
    phone: null,
    locales: [],
    metadata: {},
    paymentMethod: null,
    balance: 0,
    currency: null,
    delinquent: false,
    invoices: 1,
    ...given,
    id: books.newId('cus'),
    created: books.now(),
    deleted: false,
    features: [],
  };
  books.customers.put(customer);
  announce(books, 'customer.created', showCustomer(customer));
  return customer;
};

/** Announces it only where something that Stripe shows is different now. */
export const changeCustomer = (books: Books, id: string, change: NewCustomer): void => {
  const before = books.customers.get(id);
  if (!before || before.deleted) return;
  const after = { ...before, ...change };
  books.customers.put(after);
  // A number that only counts on isn't worth an event.
  const previous = changedFields(showCustomer({ ...before, invoices: after.invoices }), showCustomer(after));
  if (previous) announce(books, 'customer.updated', showCustomer(after), previous);
};

/** Its subscriptions must have been ended before. */
export const forgetCustomer = (books: Books, customer: CustomerRecord): void => {
  announce(books, 'customer.deleted', showCustomer(customer));
  books.customers.put({
    ...customer,
    deleted: true,
    email: null,
    name: null,
    description: null,
    phone: null,
    metadata: {},
    paymentMethod: null,
    features: [],
  });
  // What was paid with them still says so.
  for (const method of [...books.paymentMethods.walk({ index: { name: 'customer', value: customer.id } })])
    books.paymentMethods.put({ ...method, customer: null });
};
