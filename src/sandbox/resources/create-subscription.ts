/** `POST /v1/subscriptions`: without a hosted page, charged to the customer's payment method at once. */
import {
  applyMetadata,
  type Fields,
  flag,
  integer,
  list,
  metadata,
  oneOf,
  required,
  shape,
  text,
  type Values,
} from '../api/parameters.ts';
import { invalid, missing, Refusal } from '../api/refusal.ts';
import { route } from '../api/route.ts';
import type { Books } from '../ledger/books.ts';
import type { CustomerRecord, PriceRecord, SubscriptionRecord } from '../ledger/records.ts';
import { collect, paid } from '../life/collect.ts';
import { draftInvoice, finalizeInvoice, voidInvoice } from '../life/invoice.ts';
import {
  announceSubscription,
  changeSubscription,
  endSubscription,
  linesFor,
  makeSubscription,
} from '../life/subscription.ts';
import { showIntent } from '../shapes/money.ts';
import { showSubscription } from '../shapes/subscription.ts';
import { liveCustomer } from './customers.ts';
import { priceOf } from './prices.ts';

const fields = {
  customer: required(text),
  items: required(list(shape({ price: required(text), quantity: integer({ min: 1 }), metadata }))),
  currency: text,
  metadata,
  description: text,
  default_payment_method: text,
  trial_period_days: integer({ min: 1, max: 730 }),
  trial_end: integer({ min: 1 }),
  trial_settings: shape({
    end_behavior: required(
      shape({ missing_payment_method: required(oneOf('cancel', 'create_invoice', 'pause')) }),
    ),
  }),
  cancel_at_period_end: flag,
  cancel_at: integer({ min: 1 }),
  collection_method: oneOf('charge_automatically'),
  off_session: flag,
  payment_behavior: oneOf('allow_incomplete', 'default_incomplete', 'error_if_incomplete'),
} as const satisfies Fields;

type Given = Values<typeof fields>;

export const createRoute = route('POST', '/v1/subscriptions', fields, ({ books, given }) => {
  const customer = liveCustomer(books, given.customer, 'customer');
  const items = given.items.map(({ price, quantity }, at) => ({
    price: recurringPrice(books, price, `items[${at}][price]`),
    quantity: quantity ?? 1,
  }));
  const [first] = items;
  if (!first) throw invalid('A subscription needs at least one item.', 'items', 'parameter_missing');
  if (given.default_payment_method !== undefined && !books.paymentMethods.get(given.default_payment_method))
    throw missing('PaymentMethod', given.default_payment_method, 'default_payment_method');
  const trialEnd = trialEndOf(books, given);
  const payable = (given.default_payment_method ?? customer.paymentMethod) !== null;
  if (!payable && trialEnd === null && given.payment_behavior !== 'default_incomplete')
    throw invalid('This customer has no payment method to be charged.', undefined, 'resource_missing');
  const subscription = makeSubscription(books, {
    customer: customer.id,
    currency: given.currency ?? first.price.currency,
    status: trialEnd === null ? 'incomplete' : 'trialing',
    items,
    trialEnd,
    cancelAt: given.cancel_at ?? null,
    withoutPaymentMethod: given.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
    paymentMethod: given.default_payment_method ?? null,
    metadata: applyMetadata({}, given.metadata),
    description: given.description ?? null,
  });
  return showSubscription(books, begin(books, subscription, customer, given));
});

const recurringPrice = (books: Books, id: string, param: string): PriceRecord => {
  const price = priceOf(books, id, param);
  if (!price.recurring)
    throw invalid(`The price ${id} is paid once, and a subscription’s must recur.`, param);
  if (!price.active) throw invalid(`The price ${id} is inactive.`, param);
  return price;
};

const trialEndOf = (books: Books, given: Given): number | null => {
  if (given.trial_period_days !== undefined) return books.now() + given.trial_period_days * 86_400;
  return given.trial_end ?? null;
};

const begin = (
  books: Books,
  bare: SubscriptionRecord,
  customer: CustomerRecord,
  given: Given,
): SubscriptionRecord => {
  const trialing = bare.status === 'trialing';
  const periodEnd = Math.max(...bare.items.map((item) => item.periodEnd));
  const draft = draftInvoice(books, {
    customer: customer.id,
    subscription: bare.id,
    currency: bare.currency,
    reason: 'subscription_create',
    lines: linesFor(books, bare.currency, bare.items, { free: trialing }),
    periodStart: books.now(),
    periodEnd: books.now(),
    autoAdvance: true,
    finalizesAt: null,
  });
  const subscription: SubscriptionRecord = {
    ...bare,
    latestInvoice: draft.id,
    ...(given.cancel_at_period_end ? { cancelAtPeriodEnd: true, cancelAt: periodEnd } : {}),
  };
  books.subscriptions.put(subscription);
  announceSubscription(books, subscription);
  const open = finalizeInvoice(books, draft);
  if (open.status !== 'open') paid(books, open);
  else if (given.payment_behavior !== 'default_incomplete') {
    const result = collect(books, open);
    if (result.kind === 'processing') changeSubscription(books, bare.id, { expiresAt: null });
    if (result.kind === 'failed' && given.payment_behavior === 'error_if_incomplete')
      throw undone(books, bare.id, open.payment?.paymentIntent ?? '');
  }
  return books.subscriptions.get(bare.id) ?? subscription;
};

/** Leaves nothing that could be paid for later. */
const undone = (books: Books, id: string, intentId: string): Refusal => {
  const intent = books.intents.get(intentId);
  const invoice = books.invoices.get(intent?.invoice ?? '');
  if (invoice?.status === 'open') voidInvoice(books, invoice);
  endSubscription(books, id, null, 'incomplete_expired');
  return new Refusal({
    status: 402,
    type: 'card_error',
    code: intent?.failure?.code ?? 'card_declined',
    message: intent?.failure?.message ?? 'The card was declined.',
    ...(intent?.failure?.declineCode ? { decline_code: intent.failure.declineCode } : {}),
    ...(intent ? { payment_intent: showIntent(books, intent) } : {}),
  });
};
