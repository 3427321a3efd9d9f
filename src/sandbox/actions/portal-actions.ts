/** What a customer does in the portal; only to what is its own. */
import type { HostedActions, PortalOutcome } from '../hosted.ts';
import type { Books } from '../ledger/books.ts';
import { periodEndOf } from '../ledger/next-due.ts';
import type {
  CustomerRecord,
  InvoiceRecord,
  PaymentMethodRecord,
  PortalRecord,
  SubscriptionRecord,
} from '../ledger/records.ts';
import { refusalOf } from '../life/card-entry.ts';
import { changeCustomer } from '../life/change-customer.ts';
import { collect } from '../life/collect.ts';
import { resumeSubscription } from '../life/resume.ts';
import { changeSubscription, endSubscription } from '../life/subscription.ts';
import { switchItems } from '../life/switch-price.ts';
import { changeCard } from './change-card.ts';
import { portalView } from './views.ts';

type PortalActions = Pick<
  HostedActions,
  | 'cancelAtPeriodEnd'
  | 'cancelNow'
  | 'changeCard'
  | 'changeEmail'
  | 'payInvoice'
  | 'portal'
  | 'resume'
  | 'switchPlan'
>;

const openForSeconds = 3_600;
const done: PortalOutcome = { kind: 'done' };
const gone: PortalOutcome = { kind: 'gone' };

export const createPortalActions = (books: Books): PortalActions => ({
  portal: (id) => {
    const open = openPortal(books, id);
    return open && portalView(books, open.portal, open.customer);
  },
  cancelAtPeriodEnd: (portalId, id) => {
    const subscription = ownSubscription(books, portalId, id);
    if (!subscription) return gone;
    // As Stripe's portal does it since subscriptions bill flexibly: a date, and `cancel_at_period_end` stays false.
    changeSubscription(books, id, {
      cancelAt: periodEndOf(subscription),
      cancelAtPeriodEnd: false,
      canceledAt: books.now(),
      cancellationReason: 'cancellation_requested',
    });
    return done;
  },
  cancelNow: (portalId, id) => {
    if (!ownSubscription(books, portalId, id)) return gone;
    endSubscription(books, id, 'cancellation_requested');
    return done;
  },
  resume: (portalId, id) => {
    const subscription = ownSubscription(books, portalId, id);
    if (!subscription) return gone;
    const going = changeSubscription(books, id, {
      cancelAt: null,
      cancelAtPeriodEnd: false,
      canceledAt: null,
      cancellationReason: null,
      cancellationComment: null,
      pause: null,
    });
    if (going.status === 'paused') resumeSubscription(books, going);
    return done;
  },
  switchPlan: (portalId, id, priceId) => {
    const subscription = ownSubscription(books, portalId, id);
    const price = books.prices.get(priceId);
    const [first, ...others] = subscription?.items ?? [];
    if (
      !subscription ||
      !first ||
      !price?.active ||
      !price.recurring ||
      price.currency !== subscription.currency
    )
      return gone;
    switchItems(books, subscription, [{ ...first, price: priceId }, ...others], 'create_prorations');
    return done;
  },
  changeCard: (portalId, card) => {
    const open = openPortal(books, portalId);
    return open ? changeCard(books, open.portal, card) : gone;
  },
  payInvoice: (portalId, id) => {
    const open = openPortal(books, portalId);
    const invoice = books.invoices.get(id);
    if (!open || invoice?.status !== 'open' || invoice.customer !== open.customer.id) return gone;
    return payOpen(books, portalId, invoice);
  },
  changeEmail: (portalId, email) => {
    const open = openPortal(books, portalId);
    if (!open) return gone;
    const typed = email.trim();
    if (!/^[^@\s]+@[^@\s]+$/.test(typed))
      return {
        kind: 'declined',
        field: 'email',
        code: 'email_invalid',
        message: 'This isn’t an e-mail address.',
      };
    changeCustomer(books, open.customer.id, { email: typed });
    return done;
  },
});

interface OpenPortal {
  readonly portal: PortalRecord;
  readonly customer: CustomerRecord;
}

const openPortal = (books: Books, id: string): OpenPortal | undefined => {
  const portal = books.portals.get(id);
  const customer = books.customers.get(portal?.customer ?? '');
  if (!portal || !customer || customer.deleted || books.now() > portal.created + openForSeconds)
    return undefined;
  return { portal, customer };
};

/** Undefined also for one that has ended: nothing can be done to it. */
const ownSubscription = (books: Books, portalId: string, id: string): SubscriptionRecord | undefined => {
  const open = openPortal(books, portalId);
  const subscription = books.subscriptions.get(id);
  if (!open || subscription?.customer !== open.customer.id) return undefined;
  return subscription.status === 'canceled' || subscription.status === 'incomplete_expired'
    ? undefined
    : subscription;
};

const payOpen = (books: Books, portalId: string, invoice: InvoiceRecord): PortalOutcome => {
  const result = collect(books, invoice, { inPerson: true });
  switch (result.kind) {
    case 'succeeded':
    case 'processing':
      return done;
    case 'failed':
      return { kind: 'declined', ...refusalOf(result.failure) };
    case 'no-method':
      return {
        kind: 'declined',
        code: 'payment_method_missing',
        message: 'There is no card yet. Add one first.',
      };
    case 'asks': {
      const method = methodTried(books, invoice);
      if (!method) return gone;
      const challengeId = books.newId('chal');
      books.challenges.put({
        id: challengeId,
        created: books.now(),
        paymentMethod: method.id,
        amount: invoice.amountDue,
        currency: invoice.currency,
        asks: { kind: 'invoice', invoice: invoice.id, portal: portalId },
      });
      return { kind: 'needs-authentication', challengeId };
    }
    default:
      return result satisfies never;
  }
};

const methodTried = (books: Books, { payment }: InvoiceRecord): PaymentMethodRecord | undefined =>
  books.paymentMethods.get(books.intents.get(payment?.paymentIntent ?? '')?.paymentMethod ?? '');
