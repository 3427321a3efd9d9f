/** The hosted pages' actions on the books, each one a step: what is due is done before, and it is on disk and told about after. */
import type { HostedActions } from '../hosted.ts';
import type { Books } from '../ledger/books.ts';
import { amountOff } from '../life/amounts.ts';
import { answerChallenge } from './answer-challenge.ts';
import { createPortalActions } from './portal-actions.ts';
import { findPromotion } from './promotion.ts';
import { submitCheckout } from './submit-checkout.ts';
import { cardView, checkoutView, invoiceView } from './views.ts';

interface Options {
  readonly books: Books;
  readonly catchUp: () => void;
  /** After each step. */
  readonly changed: () => void;
}

export const createHostedActions = ({ books, catchUp, changed }: Options): HostedActions => {
  const step =
    <A extends readonly unknown[], R>(act: (...args: A) => R) =>
    (...args: A): R => {
      catchUp();
      books.ask({ requestId: null, idempotencyKey: null });
      try {
        return act(...args);
      } finally {
        books.commit();
        changed();
      }
    };
  const portal = createPortalActions(books);
  return {
    checkout: step((id) => {
      const checkout = books.checkouts.get(id);
      return checkout && checkoutView(books, checkout);
    }),
    promotion: step((checkoutId, code) => {
      const checkout = books.checkouts.get(checkoutId);
      const found = checkout && findPromotion(books, checkout, code);
      if (!found) return undefined;
      const { amountTotal } = checkoutView(books, checkout);
      return {
        code: found.code.code,
        name: found.coupon.name ?? found.code.code,
        amountOff: amountOff(found.coupon, amountTotal),
      };
    }),
    submitCheckout: step((id, submission) => submitCheckout(books, id, submission)),
    challenge: step((id) => {
      const challenge = books.challenges.get(id);
      const card = challenge && cardView(books, challenge.paymentMethod);
      return challenge && card && { id, amount: challenge.amount, currency: challenge.currency, card };
    }),
    answerChallenge: step((id, approved) => answerChallenge(books, id, approved)),
    invoice: step((id) => {
      const invoice = books.invoices.get(id);
      return invoice && invoice.status !== 'draft' ? invoiceView(books, invoice) : undefined;
    }),
    portal: step(portal.portal),
    cancelAtPeriodEnd: step(portal.cancelAtPeriodEnd),
    cancelNow: step(portal.cancelNow),
    resume: step(portal.resume),
    switchPlan: step(portal.switchPlan),
    changeCard: step(portal.changeCard),
    payInvoice: step(portal.payInvoice),
    changeEmail: step(portal.changeEmail),
  };
};
