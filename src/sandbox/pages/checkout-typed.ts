/** The checkout form, read: a submission for the offline Stripe, or what is wrong with which field. */
import type { CheckoutSubmission, CheckoutView } from '../hosted.ts';
import { type CardTyped, cardTyped, readCard } from './card-typed.ts';
import { emailFault } from './email-fault.ts';
import { typed } from './page-answer.ts';

export type Payment = 'saved' | 'card' | 'bank-debit';

/** As it stood in the form, to be shown again. */
export interface CheckoutTyped {
  readonly email: string;
  readonly name: string;
  readonly payment: Payment;
  readonly card: CardTyped;
  /** A test account's IBAN, or `typed`. */
  readonly account: string;
  readonly iban: string;
  readonly promotionCode: string;
}

/** `form`: of none of the fields. */
export type CheckoutField = 'number' | 'expiry' | 'cvc' | 'email' | 'iban' | 'promotion-code' | 'form';
export type CheckoutFaults = Readonly<Partial<Record<CheckoutField, string>>>;

export type CheckoutReading =
  | { readonly kind: 'submission'; readonly submission: CheckoutSubmission }
  | { readonly kind: 'faulty'; readonly faults: CheckoutFaults };

export const checkoutTyped = (form: URLSearchParams, view: CheckoutView): CheckoutTyped => ({
  email: typed(form, 'email'),
  name: typed(form, 'name'),
  payment: paymentOf(typed(form, 'payment'), view),
  card: cardTyped(form),
  account: typed(form, 'account') || 'typed',
  iban: typed(form, 'iban'),
  promotionCode: typed(form, 'promotionCode'),
});

export const readCheckout = (given: CheckoutTyped, view: CheckoutView): CheckoutReading => {
  const payment = readPayment(given);
  const faults = { ...emailFaults(given, view), ...('faults' in payment ? payment.faults : {}) };
  if ('faults' in payment || Object.keys(faults).length > 0) return { kind: 'faulty', faults };
  const submission = {
    ...(view.emailFixed ? {} : { email: given.email }),
    ...(given.name && { name: given.name }),
    ...(given.promotionCode && { promotionCode: given.promotionCode }),
    payment,
  };
  return { kind: 'submission', submission };
};

const paymentOf = (choice: string, { savedCard }: CheckoutView): Payment => {
  if (choice === 'saved' && savedCard) return 'saved';
  return choice === 'bank-debit' ? 'bank-debit' : 'card';
};

const emailFaults = ({ email }: CheckoutTyped, view: CheckoutView): CheckoutFaults => {
  const fault = view.emailFixed ? undefined : emailFault(email);
  return fault === undefined ? {} : { email: fault };
};

const readPayment = (given: CheckoutTyped): CheckoutSubmission['payment'] | { faults: CheckoutFaults } => {
  switch (given.payment) {
    case 'saved':
      return { kind: 'saved' };
    case 'bank-debit': {
      const iban = (given.account === 'typed' ? given.iban : given.account)
        .replace(/[\s-]/g, '')
        .toUpperCase();
      if (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return { kind: 'bank-debit', iban };
      return {
        faults: { iban: iban === '' ? 'Type an IBAN, or pick a test account.' : 'That isn’t an IBAN.' },
      };
    }
    case 'card': {
      const reading = readCard(given.card);
      return reading.kind === 'card' ? reading.card : { faults: reading.faults };
    }
    default:
      return given.payment satisfies never;
  }
};
