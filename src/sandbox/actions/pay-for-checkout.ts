/** The card of a checkout tried: the bank may ask, and the checkout is complete or the page says why not. */
import { type CheckoutOutcome, hostedPaths, type Refusal } from '../hosted.ts';
import type { Books } from '../ledger/books.ts';
import type {
  ChallengeRecord,
  CheckoutRecord,
  IntentRecord,
  PaymentMethodRecord,
} from '../ledger/records.ts';
import { checkoutAmounts } from '../life/amounts.ts';
import { announce } from '../life/announce.ts';
import { refusalAtEntry, refusalOf } from '../life/card-entry.ts';
import { changeCustomer, createCustomer } from '../life/change-customer.ts';
import { completeCheckout } from '../life/checkout.ts';
import { bankSays, createIntent, failPayment, takePayment } from '../life/take-payment.ts';
import { testCard } from '../life/test-cards.ts';
import { showPaymentMethod } from '../shapes/people.ts';

/** `answered`: the bank has asked, and the cardholder said yes. The checkout must be open. */
export const payForCheckout = (
  books: Books,
  checkout: CheckoutRecord,
  method: PaymentMethodRecord,
  answered: boolean,
): CheckoutOutcome => {
  const { total } = checkoutAmounts(books, checkout);
  if (total === 0) return keepOnly(books, checkout, method, answered);
  // Only a checkout that is paid for makes a customer, and its charge is that customer's from the start.
  const owned = bankSays(method, answered) === 'yes' ? withOwner(books, checkout) : checkout;
  const intent = intentOf(books, owned, total);
  // The discount of an attempt that fails isn't the next one's, so the checkout is kept without it.
  books.checkouts.put({ ...(books.checkouts.get(checkout.id) ?? checkout), intent: intent.id });
  const result = takePayment(books, intent.id, method, { answered });
  switch (result.kind) {
    case 'asks':
      return { kind: 'needs-authentication', challengeId: challenge(books, checkout, method, total) };
    case 'failed':
      return declined(refusalOf(result.failure));
    case 'processing':
    case 'succeeded':
      finish(books, { ...owned, intent: intent.id }, method, books.intents.get(intent.id));
      return { kind: result.kind === 'succeeded' ? 'paid' : 'processing', returnUrl: returnUrlOf(checkout) };
    default:
      return result satisfies never;
  }
};

const withOwner = (books: Books, checkout: CheckoutRecord): CheckoutRecord => {
  const customer = books.customers.get(checkout.customer ?? '');
  const { email = null, name = null } = checkout.typed ?? {};
  if (!customer) return { ...checkout, customer: createCustomer(books, { email, name }).id };
  // Stripe writes a typed address on a customer that has none, and leaves every other one alone.
  if (customer.email === null && email !== null) changeCustomer(books, customer.id, { email });
  return checkout;
};

/** The one of an earlier attempt, unless another promotion code changed what is due. */
const intentOf = (books: Books, checkout: CheckoutRecord, amount: number): IntentRecord => {
  const { currency, customer, id, madeDescription, madeMetadata, mode } = checkout;
  const known = books.intents.get(checkout.intent ?? '');
  if (known?.amount === amount) {
    const owned = { ...known, customer };
    books.intents.put(owned);
    return owned;
  }
  return createIntent(books, {
    amount,
    currency,
    customer,
    invoice: null,
    checkout: id,
    description: mode === 'subscription' ? 'Subscription creation' : madeDescription,
    metadata: mode === 'subscription' ? {} : madeMetadata,
  });
};

/** Nothing is due now: the card is kept for later. */
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
  finish(books, withOwner(books, checkout), method, undefined);
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
  intent: IntentRecord | undefined,
): void => {
  const kept = { ...(books.paymentMethods.get(method.id) ?? method), customer: checkout.customer };
  books.paymentMethods.put(kept);
  announce(books, 'payment_method.attached', showPaymentMethod(kept));
  completeCheckout(books, checkout, kept, intent);
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
