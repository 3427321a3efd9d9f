/** What is owed for a subscription and whether its latest payment was given back: questions that only some need. */
import type { AskStripe, ListQuestion } from './stripe-ask.ts';
import { nonsense } from './stripe-faults.ts';
import { asksForReversals, type ReversalPolicy, reversalOfPayments } from './stripe-reversal.ts';
import {
  readInvoicePayments,
  readInvoices,
  type StripeInvoice,
  type StripeInvoicePayment,
  type StripeSubscription,
} from './stripe-schema.ts';
import type { OfMoney } from './stripe-subscription.ts';

/** In these somebody reads because of it, so that a payment that was taken back matters. */
const givesAccess = ['active', 'trialing', 'past_due', 'unpaid'];
const owes = ['past_due', 'unpaid'];

/**
 * One call for a subscription that owes; one for its latest payment where the policy stops on reversals. The latest
 * invoice comes with the subscription, so that one in good standing takes a single call, and a free one none.
 */
export const readMoney = async (
  ask: AskStripe,
  raw: StripeSubscription,
  policy: ReversalPolicy,
): Promise<OfMoney> => {
  if (!givesAccess.includes(raw.status)) return {};
  const invoices = owes.includes(raw.status) ? await ask.all(invoicesOf(raw.id)) : undefined;
  const owedSince = invoices && owedSinceOf(invoices);
  const reversal = asksForReversals(policy)
    ? await reversalOfPayments(ask, await latestPayments(ask, raw, invoices), policy)
    : undefined;
  return {
    ...(owedSince === undefined ? {} : { owedSince }),
    ...(reversal === undefined ? {} : { reversal }),
  };
};

/** Nothing is owed of a sent invoice before its due date; one that is charged is due when it is made, and has none. */
const dueAt = ({ due_date: due, created }: StripeInvoice): number => due ?? created;

/**
 * Every open invoice counts, and those written off since money was paid last: where Stripe is set to write invoices off
 * and leave the subscription past due, each period would begin a new grace otherwise.
 */
const owedSinceOf = (invoices: readonly StripeInvoice[]): number | undefined => {
  const paidAt = Math.max(
    ...invoices.filter(isPaidWithMoney).map(({ created }) => created),
    Number.NEGATIVE_INFINITY,
  );
  const owed = invoices.filter(
    ({ status, created }) => status === 'open' || (status === 'uncollectible' && created > paidAt),
  );
  return owed.length > 0 ? Math.min(...owed.map(dueAt)) : undefined;
};

/** One of nothing, which switching plans makes, is paid as soon as it is there. */
const isPaidWithMoney = ({ status, payments }: StripeInvoice): boolean =>
  status === 'paid' && (payments?.data.length ?? 0) > 0;

/**
 * The payments of the newest invoice that money was paid for. An invoice of nothing is passed over: switching plans
 * makes one, and would hide that the payment before it was taken back.
 */
const latestPayments = async (
  ask: AskStripe,
  raw: StripeSubscription,
  known: readonly StripeInvoice[] | undefined,
): Promise<readonly StripeInvoicePayment[]> => {
  const { latest_invoice: latest } = raw;
  if (typeof latest === 'string') throw nonsense('reading the latest invoice of a subscription');
  const ofLatest = latest ? await paymentsOf(ask, latest) : [];
  if (ofLatest.length > 0 || raw.status === 'trialing') return ofLatest;
  for await (const page of known ? [known] : ask.pages(invoicesOf(raw.id))) {
    for (const invoice of page) {
      const payments = await paymentsOf(ask, invoice);
      if (payments.length > 0) return payments;
    }
  }
  return [];
};

/** Only what was paid; none for an invoice that isn't. */
const paymentsOf = async (
  ask: AskStripe,
  invoice: StripeInvoice,
): Promise<readonly StripeInvoicePayment[]> => {
  if (invoice.status !== 'paid') return [];
  const payments = invoice.payments?.has_more
    ? await ask.all({
        doing: 'reading the payments of an invoice',
        put: (stripe, page) => stripe.invoicePayments.list({ ...page, invoice: invoice.id }),
        read: readInvoicePayments,
      })
    : (invoice.payments?.data ?? []);
  return payments.filter(({ status }) => status === 'paid');
};

/** Newest first, as Stripe lists them. */
const invoicesOf = (subscription: string): ListQuestion<StripeInvoice> => ({
  doing: 'reading the invoices of a subscription',
  put: (stripe, page) => stripe.invoices.list({ ...page, subscription, expand: ['data.payments'] }),
  read: readInvoices,
});
