/** Trying to be paid for an invoice, and what becomes of its subscription when that works or doesn't. */
import type { Books } from '../ledger/books.ts';
import type { InvoiceRecord, PaymentMethodRecord, SubscriptionRecord } from '../ledger/records.ts';
import { showInvoice } from '../shapes/invoice.ts';
import { announce } from './announce.ts';
import { changeCustomer } from './change-customer.ts';
import { leaveInvoice, payInvoice } from './invoice.ts';
import { changeSubscription, endSubscription, nextPeriod } from './subscription.ts';
import { type PaymentResult, takePayment } from './take-payment.ts';

const day = 86_400;
/** How long after each failed attempt the next one is made. */
const retryAfter = [3 * day, 5 * day, 7 * day];

interface Attempt {
  /** Another one than the subscription's or the customer's. */
  readonly method?: PaymentMethodRecord;
  /** Somebody is there to answer the bank, and has; such attempts don't count for the retries. */
  readonly inPerson?: boolean;
  readonly answered?: boolean;
}

type CollectResult = PaymentResult | { readonly kind: 'no-method' };

/** The invoice must be open. */
export const collect = (books: Books, invoice: InvoiceRecord, attempt: Attempt = {}): CollectResult => {
  const method = attempt.method ?? paymentMethodFor(books, invoice);
  const intent = invoice.payment?.paymentIntent;
  if (intent === undefined) {
    paid(books, payInvoice(books, invoice));
    return { kind: 'succeeded' };
  }
  const result: CollectResult = method
    ? takePayment(books, intent, method, { answered: attempt.answered ?? false })
    : { kind: 'no-method' };
  const counted = attempt.inPerson ? invoice : { ...invoice, attempts: invoice.attempts + 1 };
  switch (result.kind) {
    case 'succeeded':
      paid(books, payInvoice(books, counted));
      break;
    case 'processing':
      waitForBank(books, counted);
      break;
    case 'asks':
      // At the page the question is put at once; otherwise the customer must be told to come.
      if (!attempt.inPerson) announce(books, 'invoice.payment_action_required', showInvoice(books, counted));
      notPaid(books, counted, attempt.inPerson ?? false);
      break;
    case 'failed':
    case 'no-method':
      notPaid(books, counted, attempt.inPerson ?? false);
      break;
    default:
      result satisfies never;
  }
  return result;
};

const waitForBank = (books: Books, invoice: InvoiceRecord): void => {
  const waiting = { ...invoice, nextAttempt: null };
  books.invoices.put(waiting);
  announce(books, 'invoice.updated', showInvoice(books, waiting), { attempt_count: invoice.attempts - 1 });
};

/** The subscription's own, else the customer's. */
const paymentMethodFor = (books: Books, invoice: InvoiceRecord): PaymentMethodRecord | undefined => {
  const subscription = books.subscriptions.get(invoice.subscription ?? '');
  const customer = books.customers.get(invoice.customer);
  return (
    books.paymentMethods.get(subscription?.paymentMethod ?? '') ??
    books.paymentMethods.get(customer?.paymentMethod ?? '')
  );
};

/** An invoice was paid, now or by a bank debit some days later. */
export const paid = (books: Books, invoice: InvoiceRecord): void => {
  changeCustomer(books, invoice.customer, { delinquent: false });
  const subscription = books.subscriptions.get(invoice.subscription ?? '');
  if (!subscription || subscription.latestInvoice !== invoice.id) return;
  switch (subscription.status) {
    case 'incomplete':
    case 'past_due':
    case 'unpaid':
      changeSubscription(books, subscription.id, { status: 'active' });
      break;
    case 'paused':
      resumePaused(books, subscription);
      break;
    default:
  }
};

const resumePaused = (books: Books, subscription: SubscriptionRecord): void => {
  const now = books.now();
  const items = nextPeriod(books, { ...subscription, anchor: now }, now);
  changeSubscription(books, subscription.id, { status: 'active', anchor: now, items }, 'resumed');
};

/** An attempt failed, now or by a bank debit that came back. */
export const notPaid = (books: Books, invoice: InvoiceRecord, inPerson = false): void => {
  const subscription = books.subscriptions.get(invoice.subscription ?? '');
  const first = invoice.reason === 'subscription_create';
  const wait = inPerson ? undefined : retryAfter[invoice.attempts - 1];
  const nextAttempt = inPerson
    ? invoice.nextAttempt
    : wait === undefined || first
      ? null
      : books.now() + wait;
  const owed = { ...invoice, nextAttempt };
  books.invoices.put(owed);
  announce(books, 'invoice.payment_failed', showInvoice(books, owed));
  announce(books, 'invoice.updated', showInvoice(books, owed), { attempt_count: invoice.attempts - 1 });
  if (inPerson || !subscription) return;
  changeCustomer(books, invoice.customer, { delinquent: true });
  if (subscription.status === 'active' || subscription.status === 'trialing')
    changeSubscription(books, subscription.id, { status: 'past_due' });
  if (wait === undefined && !first) giveUp(books, owed, subscription);
};

/** The last attempt has failed. */
const giveUp = (books: Books, invoice: InvoiceRecord, subscription: SubscriptionRecord): void => {
  leaveInvoice(books, invoice);
  switch (books.settings().afterDunning) {
    case 'cancel':
      if (subscription.status !== 'canceled') endSubscription(books, subscription.id, 'payment_failed');
      return;
    case 'unpaid':
      changeSubscription(books, subscription.id, { status: 'unpaid' });
      return;
    case 'past_due':
      return;
  }
};
