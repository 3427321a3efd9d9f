/** A hosted checkout submitted: what was typed is checked, and then it is paid for. */
import type { CheckoutOutcome, CheckoutSubmission, Refusal } from '../hosted.ts';
import type { Books } from '../ledger/books.ts';
import type { CheckoutRecord, PaymentMethodRecord } from '../ledger/records.ts';
import { enterPayment } from '../life/card-entry.ts';
import { payForCheckout } from './pay-for-checkout.ts';
import { findPromotion } from './promotion.ts';

export const submitCheckout = (books: Books, id: string, submission: CheckoutSubmission): CheckoutOutcome => {
  const checkout = books.checkouts.get(id);
  if (checkout?.status !== 'open' || ownerIsGone(books, checkout)) return { kind: 'gone' };
  const email = emailOf(books, checkout, submission);
  if (!/^[^@\s]+@[^@\s]+$/.test(email))
    return declined({ field: 'email', code: 'email_invalid', message: 'This isn’t an e-mail address.' });
  const discount = discountOf(books, checkout, submission);
  if (discount === undefined)
    return declined({
      field: 'promotion-code',
      code: 'promotion_code_invalid',
      message: 'This code isn’t valid.',
    });
  const typed = { email, name: submission.name?.trim() || null };
  const entered = methodOf(books, checkout, submission, typed);
  if ('refusal' in entered) return declined(entered.refusal);
  return payForCheckout(books, { ...checkout, typed, discount }, entered.method, false);
};

const ownerIsGone = (books: Books, { customer }: CheckoutRecord): boolean =>
  customer !== null && books.customers.get(customer)?.deleted !== false;

// A customer's own address can't be changed at the page.
const emailOf = (books: Books, checkout: CheckoutRecord, { email }: CheckoutSubmission): string =>
  books.customers.get(checkout.customer ?? '')?.email ?? (email?.trim() || checkout.customerEmail || '');

/** Undefined: a code was typed that can't be used. */
const discountOf = (
  books: Books,
  checkout: CheckoutRecord,
  { promotionCode }: CheckoutSubmission,
): CheckoutRecord['discount'] | undefined => {
  if (promotionCode === undefined || promotionCode.trim() === '') return checkout.discount;
  const found = findPromotion(books, checkout, promotionCode);
  return found && { coupon: found.coupon.id, promotionCode: found.code.id };
};

const methodOf = (
  books: Books,
  checkout: CheckoutRecord,
  { payment }: CheckoutSubmission,
  typed: NonNullable<CheckoutRecord['typed']>,
): { readonly method: PaymentMethodRecord } | { readonly refusal: Refusal } => {
  if (payment.kind !== 'saved')
    return enterPayment(books, payment, { customer: null, name: typed.name, email: typed.email });
  const saved = books.customers.get(checkout.customer ?? '')?.paymentMethod;
  const method = books.paymentMethods.get(saved ?? '');
  return method
    ? { method }
    : {
        refusal: {
          field: 'number',
          code: 'payment_method_missing',
          message: 'There is no card kept here. Type one.',
        },
      };
};

const declined = (refusal: Refusal): CheckoutOutcome => ({ kind: 'declined', ...refusal });
