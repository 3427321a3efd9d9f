/** An invoice's own life: drafted, finalised, paid, voided, given up. What that does to its subscription is decided elsewhere. */
import type { Books } from '../ledger/books.ts';
import type * as Records from '../ledger/records.ts';
import { showInvoice } from '../shapes/invoice.ts';
import { invoicePrefix } from '../shapes/people.ts';
import { amountOff } from './amounts.ts';
import { announce } from './announce.ts';
import { changeCustomer } from './change-customer.ts';
import { cancelIntent, createIntent } from './take-payment.ts';

type InvoiceRecord = Records.InvoiceRecord;

export type NewInvoice = Pick<
  InvoiceRecord,
  | 'autoAdvance'
  | 'currency'
  | 'customer'
  | 'finalizesAt'
  | 'lines'
  | 'periodEnd'
  | 'periodStart'
  | 'reason'
  | 'subscription'
>;

export const draftInvoice = (books: Books, given: NewInvoice): InvoiceRecord => {
  const subtotal = given.lines.reduce((sum, { amount }) => sum + amount, 0);
  const discount = given.subscription === null ? null : takeDiscount(books, given.subscription, subtotal);
  const total = subtotal - (discount?.amount ?? 0);
  const invoice: InvoiceRecord = {
    ...given,
    id: books.newId('in'),
    created: books.now(),
    status: 'draft',
    customerEmail: books.customers.get(given.customer)?.email ?? null,
    customerName: books.customers.get(given.customer)?.name ?? null,
    discount,
    total,
    startingBalance: 0,
    amountDue: Math.max(0, total),
    amountPaid: 0,
    number: null,
    attempts: 0,
    nextAttempt: null,
    finalizedAt: null,
    paidAt: null,
    voidedAt: null,
    uncollectibleAt: null,
    payment: null,
    metadata: {},
  };
  books.invoices.put(invoice);
  announce(books, 'invoice.created', showInvoice(books, invoice));
  return invoice;
};

const takeDiscount = (books: Books, subscriptionId: string, subtotal: number): InvoiceRecord['discount'] => {
  for (const id of books.subscriptions.get(subscriptionId)?.discounts ?? []) {
    const discount = books.discounts.get(id);
    const coupon = books.coupons.get(discount?.coupon ?? '');
    if (!discount || !coupon || subtotal <= 0) continue;
    if (coupon.duration === 'once' && discount.used) continue;
    if (discount.end !== null && books.now() >= discount.end) continue;
    books.discounts.put({ ...discount, used: true });
    return { id, amount: amountOff(coupon, subtotal) };
  }
  return null;
};

/** From here on it is owed. `intent`: what was paid before there was an invoice, at a checkout. */
export const finalizeInvoice = (
  books: Books,
  draft: InvoiceRecord,
  intent?: Records.IntentRecord,
): InvoiceRecord => {
  const customer = books.customers.get(draft.customer);
  const balance = customer?.balance ?? 0;
  const amountDue = Math.max(0, draft.total + balance);
  const open: InvoiceRecord = {
    ...draft,
    status: 'open',
    startingBalance: balance,
    amountDue,
    number: `${invoicePrefix(draft.customer)}-${String(customer?.invoices ?? 1).padStart(4, '0')}`,
    finalizesAt: null,
    finalizedAt: books.now(),
  };
  changeCustomer(books, draft.customer, {
    balance: Math.min(0, draft.total + balance),
    currency: draft.currency,
    invoices: (customer?.invoices ?? 1) + 1,
  });
  books.invoices.put(open);
  if (amountDue === 0) {
    announce(books, 'invoice.finalized', showInvoice(books, open));
    return payInvoice(books, open);
  }
  const paidBy = intent ?? createIntent(books, intentFor(open));
  if (intent) books.intents.put({ ...intent, invoice: open.id });
  const payment = { id: books.newId('inpay'), paymentIntent: paidBy.id, created: books.now() };
  const owed = { ...open, payment };
  books.invoices.put(owed);
  announce(books, 'invoice.finalized', showInvoice(books, owed));
  return owed;
};

const intentFor = (invoice: InvoiceRecord) => ({
  amount: invoice.amountDue,
  currency: invoice.currency,
  customer: invoice.customer,
  invoice: invoice.id,
  checkout: null,
  description: invoice.reason === 'subscription_create' ? 'Subscription creation' : 'Subscription update',
  metadata: {},
});

/** The money came, or nothing is owed. */
export const payInvoice = (books: Books, invoice: InvoiceRecord): InvoiceRecord => {
  const paid: InvoiceRecord = {
    ...invoice,
    status: 'paid',
    amountPaid: invoice.amountDue,
    paidAt: books.now(),
    nextAttempt: null,
    attempts: invoice.amountDue === 0 ? invoice.attempts : Math.max(1, invoice.attempts),
  };
  books.invoices.put(paid);
  const shown = showInvoice(books, paid);
  announce(books, 'invoice.updated', shown, { status: invoice.status });
  announce(books, 'invoice.paid', shown);
  announce(books, 'invoice.payment_succeeded', shown);
  return paid;
};

export const voidInvoice = (books: Books, invoice: InvoiceRecord): InvoiceRecord => {
  const voided: InvoiceRecord = { ...invoice, status: 'void', voidedAt: books.now(), nextAttempt: null };
  books.invoices.put(voided);
  cancelIntent(books, invoice.payment?.paymentIntent ?? null);
  announce(books, 'invoice.voided', showInvoice(books, voided));
  return voided;
};

export const writeInvoiceOff = (books: Books, invoice: InvoiceRecord): InvoiceRecord => {
  const written: InvoiceRecord = {
    ...invoice,
    status: 'uncollectible',
    uncollectibleAt: books.now(),
    nextAttempt: null,
  };
  books.invoices.put(written);
  announce(books, 'invoice.marked_uncollectible', showInvoice(books, written));
  return written;
};

/** It isn't tried any more by itself; it stays owed. */
export const leaveInvoice = (books: Books, invoice: InvoiceRecord): void => {
  const left = { ...invoice, autoAdvance: false, nextAttempt: null };
  books.invoices.put(left);
  announce(books, 'invoice.updated', showInvoice(books, left), { auto_advance: invoice.autoAdvance });
};
