/** A hosted checkout submitted: the card is tried, the bank may ask, and the checkout is complete or says why not. */
import { type CheckoutOutcome, type CheckoutSubmission, hostedPaths, type Refusal } from '../hosted.ts';
import type { Books } from '../ledger/books.ts';
import type { ChallengeRecord, CheckoutRecord, PaymentMethodRecord } from '../ledger/records.ts';
import { checkoutAmounts } from '../life/amounts.ts';
import { announce } from '../life/announce.ts';
import { enterPayment, refusalAtEntry, refusalOf } from '../life/card-entry.ts';
import { changeCustomer, createCustomer } from '../life/change-customer.ts';
import { completeCheckout } from '../life/checkout.ts';
import { createIntent, failPayment, takePayment } from '../life/take-payment.ts';
import { testCard } from '../life/test-cards.ts';
import { showPaymentMethod } from '../shapes/people.ts';
import { findPromotion } from './promotion.ts';

export const submitCheckout = (books: Books, id: string, submission: CheckoutSubmission): CheckoutOutcome => {
  const checkout = books.checkouts.get(id);
  if (checkout?.status !== 'open') return { kind: 'gone' };
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
  return payFor(books, { ...checkout, typed, discount }, entered.method, false);
};

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

/** `answered`: the bank has asked, and the cardholder said yes. */
export const payFor = (
  books: Books,
  checkout: CheckoutRecord,
  method: PaymentMethodRecord,
  answered: boolean,
): CheckoutOutcome => {
  const { total } = checkoutAmounts(books, checkout);
  if (total === 0) return keepOnly(books, checkout, method, answered);
  const known = books.intents.get(checkout.intent ?? '');
  const intent =
    known?.amount === total
      ? known
      : createIntent(books, {
          amount: total,
          currency: checkout.currency,
          customer: checkout.customer,
          invoice: null,
          checkout: checkout.id,
          description: checkout.mode === 'subscription' ? 'Subscription creation' : checkout.madeDescription,
          metadata: checkout.mode === 'subscription' ? {} : checkout.madeMetadata,
        });
  // Kept before it is tried: what a page was told survives a crash together with what the bank was asked.
  books.checkouts.put({ ...storedOf(books, checkout), intent: intent.id });
  const result = takePayment(books, intent.id, method, { answered });
  switch (result.kind) {
    case 'asks':
      return { kind: 'needs-authentication', challengeId: challenge(books, checkout, method, total) };
    case 'failed':
      return declined(refusalOf(result.failure));
    case 'processing':
    case 'succeeded':
      finish(books, { ...checkout, intent: intent.id }, method, true);
      return { kind: result.kind === 'succeeded' ? 'paid' : 'processing', returnUrl: returnUrlOf(checkout) };
    default:
      return result satisfies never;
  }
};

// The discount of an attempt that failed isn't the next one's.
const storedOf = (books: Books, { id, ...rest }: CheckoutRecord): CheckoutRecord =>
  books.checkouts.get(id) ?? { id, ...rest };

const keepOnly = (
  books: Books,
  checkout: CheckoutRecord,
  method: PaymentMethodRecord,
  answered: boolean,
): CheckoutOutcome => {
  const refusal = refusalAtEntry(method);
  if (refusal) return declined(refusal);
  const asks = testCard(method.number)?.asks;
  if (asks !== undefined && !answered)
    return { kind: 'needs-authentication', challengeId: challenge(books, checkout, method, 0) };
  if (asks === 'setup') books.paymentMethods.put({ ...method, setUp: true });
  finish(books, checkout, method, false);
  return { kind: 'paid', returnUrl: returnUrlOf(checkout) };
};

const challenge = (
  books: Books,
  checkout: CheckoutRecord,
  method: PaymentMethodRecord,
  amount: number,
): string => {
  const record: ChallengeRecord = {
    id: books.newId('chal'),
    created: books.now(),
    paymentMethod: method.id,
    amount,
    currency: checkout.currency,
    asks: { kind: 'checkout', checkout: checkout.id, typed: checkout.typed, discount: checkout.discount },
  };
  books.challenges.put(record);
  return record.id;
};

const finish = (
  books: Books,
  checkout: CheckoutRecord,
  method: PaymentMethodRecord,
  charged: boolean,
): void => {
  const customer = ownerOf(books, checkout);
  const kept = { ...(books.paymentMethods.get(method.id) ?? method), customer };
  books.paymentMethods.put(kept);
  announce(books, 'payment_method.attached', showPaymentMethod(kept));
  const intent = charged ? books.intents.get(checkout.intent ?? '') : undefined;
  const owned = intent && { ...intent, customer };
  if (owned) {
    books.intents.put(owned);
    const charge = books.charges.get(owned.latestCharge ?? '');
    if (charge) books.charges.put({ ...charge, customer });
  }
  completeCheckout(books, { ...checkout, customer }, kept, owned);
};

const ownerOf = (books: Books, checkout: CheckoutRecord): string => {
  const customer = books.customers.get(checkout.customer ?? '');
  const { email = null, name = null } = checkout.typed ?? {};
  if (!customer || customer.deleted) return createCustomer(books, { email, name }).id;
  // Stripe writes a typed address on a customer that has none, and leaves every other one alone.
  if (customer.email === null && email !== null) changeCustomer(books, customer.id, { email });
  return customer.id;
};

const returnUrlOf = ({ id, successUrl }: CheckoutRecord): string =>
  successUrl.replaceAll('{CHECKOUT_SESSION_ID}', id);

const declined = (refusal: Refusal): CheckoutOutcome => ({ kind: 'declined', ...refusal });

/** The cardholder didn't say yes to the bank. */
export const refuseCheckout = (
  books: Books,
  checkout: CheckoutRecord,
  method: PaymentMethodRecord,
): Refusal & { readonly backUrl: string } => {
  const intent = books.intents.get(checkout.intent ?? '');
  if (intent && intent.status === 'requires_action')
    failPayment(books, intent, { ...notApproved, declineCode: null, paymentMethod: method.id });
  return { ...notApproved, backUrl: hostedPaths.checkout(checkout.id) };
};

export const notApproved = {
  code: 'payment_intent_authentication_failure',
  message: 'The bank didn’t get your approval. Try again, or take another card.',
} as const;
