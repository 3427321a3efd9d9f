/** The bank's question answered: what was waiting for it goes on, or is refused. */
import { type ChallengeOutcome, hostedPaths } from '../hosted.ts';
import type { Books } from '../ledger/books.ts';
import type { ChallengeRecord, PaymentMethodRecord } from '../ledger/records.ts';
import { refusalOf } from '../life/card-entry.ts';
import { collect } from '../life/collect.ts';
import { failPayment } from '../life/take-payment.ts';
import { makeDefault } from './change-card.ts';
import { notApproved, payForCheckout, refuseCheckout } from './pay-for-checkout.ts';

export const answerChallenge = (books: Books, id: string, approved: boolean): ChallengeOutcome => {
  const challenge = books.challenges.get(id);
  const method = books.paymentMethods.get(challenge?.paymentMethod ?? '');
  if (!challenge || !method) return { kind: 'gone' };
  books.challenges.remove(id);
  const { asks } = challenge;
  switch (asks.kind) {
    case 'checkout':
      return forCheckout(books, asks, method, approved);
    case 'invoice':
      return forInvoice(books, asks, method, approved);
    case 'card': {
      const backUrl = hostedPaths.portal(asks.portal);
      if (!approved) return { kind: 'declined', ...notApproved, backUrl };
      makeDefault(books, asks.customer, { ...method, setUp: true });
      return { kind: 'done', returnUrl: backUrl };
    }
    default:
      return asks satisfies never;
  }
};

type Asks<K extends ChallengeRecord['asks']['kind']> = Extract<ChallengeRecord['asks'], { kind: K }>;

const forCheckout = (
  books: Books,
  { checkout: id, typed, discount }: Asks<'checkout'>,
  method: PaymentMethodRecord,
  approved: boolean,
): ChallengeOutcome => {
  const checkout = books.checkouts.get(id);
  if (checkout?.status !== 'open') return { kind: 'gone' };
  if (!approved) return { kind: 'declined', ...refuseCheckout(books, checkout, method) };
  const outcome = payForCheckout(books, { ...checkout, typed, discount }, method, true);
  switch (outcome.kind) {
    case 'paid':
    case 'processing':
      return { kind: 'done', returnUrl: outcome.returnUrl };
    case 'declined':
      return { ...outcome, backUrl: hostedPaths.checkout(id) };
    case 'gone':
    case 'needs-authentication':
      return { kind: 'gone' };
    default:
      return outcome satisfies never;
  }
};

const forInvoice = (
  books: Books,
  { invoice: id, portal }: Asks<'invoice'>,
  method: PaymentMethodRecord,
  approved: boolean,
): ChallengeOutcome => {
  const backUrl = portal === null ? hostedPaths.invoice(id) : hostedPaths.portal(portal);
  const invoice = books.invoices.get(id);
  if (invoice?.status !== 'open') return { kind: 'gone' };
  const intent = books.intents.get(invoice.payment?.paymentIntent ?? '');
  if (!approved) {
    if (intent?.status === 'requires_action')
      failPayment(books, intent, { ...notApproved, declineCode: null, paymentMethod: method.id });
    return { kind: 'declined', ...notApproved, backUrl };
  }
  const result = collect(books, invoice, { method, inPerson: true, answered: true });
  return result.kind === 'failed'
    ? { kind: 'declined', ...refusalOf(result.failure), backUrl }
    : { kind: 'done', returnUrl: backUrl };
};
