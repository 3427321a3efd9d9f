/** Everything that happens by itself, each at its own moment and in order. */
import type { Books } from '../ledger/books.ts';
import type { IntentRecord, InvoiceRecord } from '../ledger/records.ts';
import { forgetOldEvents } from './announce.ts';
import { expireCheckout, settleCheckout } from './checkout.ts';
import { collect, notPaid, paid } from './collect.ts';
import { finalizeInvoice, payInvoice, voidInvoice } from './invoice.ts';
import { advanceSubscription } from './renew.ts';
import { endSubscription } from './subscription.ts';
import { settleDebit } from './take-payment.ts';

/** Does the first thing that is due by now. False: nothing is. */
export const runNextDue = (books: Books): boolean => {
  const due = books.nextDue();
  if (!due || due.at > books.now()) return false;
  const before = due;
  advance(books, due.table, due.id);
  const after = books.nextDue();
  // Whatever is due must be done or put off, or the clock would stand still on it for ever.
  if (after === before) throw new Error(`The sandbox could not advance ${due.table} ${due.id}.`);
  return true;
};

const advance = (books: Books, table: string, id: string): void => {
  books.ask({ requestId: null, idempotencyKey: null });
  switch (table) {
    case 'subscriptions': {
      const subscription = books.subscriptions.get(id);
      if (subscription) advanceSubscription(books, subscription);
      return;
    }
    case 'invoices': {
      const invoice = books.invoices.get(id);
      if (invoice) advanceInvoice(books, invoice);
      return;
    }
    case 'checkouts': {
      const checkout = books.checkouts.get(id);
      if (checkout) expireCheckout(books, checkout);
      forgetOldEvents(books);
      return;
    }
    case 'intents': {
      const intent = books.intents.get(id);
      if (intent) settle(books, intent);
      return;
    }
    default:
  }
};

const advanceInvoice = (books: Books, invoice: InvoiceRecord): void => {
  const open = invoice.status === 'draft' ? finalizeInvoice(books, invoice) : invoice;
  forgetOldEvents(books);
  if (open.status === 'open') collect(books, open);
  else if (open.status === 'paid') paid(books, open);
};

const settle = (books: Books, intent: IntentRecord): void => {
  const passed = settleDebit(books, intent);
  const invoice = books.invoices.get(intent.invoice ?? '');
  if (invoice && passed) paid(books, payInvoice(books, invoice));
  if (invoice && !passed) failed(books, invoice);
  if (intent.checkout !== null) settleCheckout(books, intent.checkout, passed);
};

const failed = (books: Books, invoice: InvoiceRecord): void => {
  notPaid(books, invoice);
  const subscription = books.subscriptions.get(invoice.subscription ?? '');
  if (subscription?.status !== 'incomplete') return;
  const open = books.invoices.get(invoice.id);
  if (open?.status === 'open') voidInvoice(books, open);
  endSubscription(books, subscription.id, null, 'incomplete_expired');
};
