/** Payment intents, charges, refunds and disputes in Stripe's shape. */
import type Stripe from 'stripe';
import type { Books } from '../ledger/books.ts';
import type * as Records from '../ledger/records.ts';
import { brandOf, last4Of } from '../life/test-cards.ts';
import { showPaymentMethod } from './people.ts';
import { livemode } from './wire.ts';

export const showIntent = (books: Books, intent: Records.IntentRecord): Stripe.PaymentIntent => ({
  id: intent.id,
  object: 'payment_intent',
  allowed_payment_method_types: null,
  amount: intent.amount,
  amount_capturable: 0,
  amount_details: { tip: {} },
  amount_received: intent.status === 'succeeded' ? intent.amount : 0,
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: null,
  canceled_at: intent.status === 'canceled' ? intent.created : null,
  cancellation_reason: intent.status === 'canceled' ? 'void_invoice' : null,
  capture_method: 'automatic',
  client_secret: `${intent.id}_secret_${intent.id.slice(-12)}`,
  confirmation_method: 'automatic',
  created: intent.created,
  currency: intent.currency,
  customer: intent.customer,
  customer_account: null,
  description: intent.description,
  excluded_payment_method_types: null,
  last_payment_error: paymentErrorOf(books, intent),
  latest_charge: intent.latestCharge,
  livemode,
  managed_payments: null,
  metadata: { ...intent.metadata },
  next_action: intent.status === 'requires_action' ? { type: 'use_stripe_sdk', use_stripe_sdk: {} } : null,
  on_behalf_of: null,
  payment_method: intent.paymentMethod,
  payment_method_configuration_details: null,
  payment_method_options: null,
  payment_method_types: ['card', 'sepa_debit'],
  payment_record: null,
  processing: null,
  receipt_email: null,
  review: null,
  setup_future_usage: intent.invoice === null ? null : 'off_session',
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  status: intent.status,
  transfer_data: null,
  transfer_group: null,
});

const paymentErrorOf = (
  books: Books,
  { failure, latestCharge }: Records.IntentRecord,
): Stripe.PaymentIntent.LastPaymentError | null => {
  if (!failure) return null;
  const method = books.paymentMethods.get(failure.paymentMethod);
  return {
    ...(latestCharge === null ? {} : { charge: latestCharge }),
    code: failure.code,
    ...(failure.declineCode === null ? {} : { decline_code: failure.declineCode }),
    message: failure.message,
    ...(method ? { payment_method: showPaymentMethod(method) } : {}),
    type: 'card_error',
  };
};

export const showCharge = (books: Books, charge: Records.ChargeRecord): Stripe.Charge => {
  const method = books.paymentMethods.get(charge.paymentMethod);
  const succeeded = charge.status === 'succeeded';
  return {
    id: charge.id,
    object: 'charge',
    amount: charge.amount,
    amount_captured: succeeded ? charge.amount : 0,
    amount_refunded: charge.amountRefunded,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: {
      address: null,
      email: method?.email ?? null,
      name: method?.name ?? null,
      phone: null,
      tax_id: null,
    },
    calculated_statement_descriptor: 'SANDBOX',
    captured: succeeded,
    created: charge.created,
    currency: charge.currency,
    customer: charge.customer,
    description: charge.description,
    disputed: charge.dispute !== null,
    failure_balance_transaction: null,
    failure_code: charge.failure?.code ?? null,
    failure_message: charge.failure?.message ?? null,
    fraud_details: {},
    livemode,
    metadata: { ...charge.metadata },
    on_behalf_of: null,
    outcome: outcomeOf(charge),
    paid: succeeded,
    payment_intent: charge.intent,
    payment_method: charge.paymentMethod,
    payment_method_details: method ? detailsOf(method) : null,
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: succeeded && charge.amountRefunded >= charge.amount,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: charge.status,
    transfer_data: null,
    transfer_group: null,
  };
};

const outcomeOf = ({ status, failure }: Records.ChargeRecord): Stripe.Charge.Outcome => ({
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: status === 'failed' ? 'declined_by_network' : 'approved_by_network',
  reason: failure?.declineCode ?? failure?.code ?? null,
  risk_level: 'normal',
  seller_message: status === 'failed' ? 'The bank declined the payment.' : 'Payment complete.',
  type: status === 'failed' ? 'issuer_declined' : 'authorized',
});

const detailsOf = (method: Records.PaymentMethodRecord): Stripe.Charge.PaymentMethodDetails =>
  method.kind === 'sepa_debit'
    ? { type: 'sepa_debit' }
    : {
        type: 'card',
        card: {
          amount_authorized: null,
          authorization_code: null,
          brand: brandOf(method),
          checks: null,
          country: 'US',
          electronic_commerce_indicator: null,
          exp_month: method.expMonth,
          exp_year: method.expYear,
          funding: 'credit',
          installments: null,
          last4: last4Of(method),
          mandate: null,
          network: brandOf(method),
          network_transaction_id: null,
          regulated_status: 'unregulated',
          three_d_secure: null,
          transaction_link_id: null,
          wallet: null,
        },
      };

export const showRefund = (books: Books, refund: Records.RefundRecord): Stripe.Refund => ({
  id: refund.id,
  object: 'refund',
  amount: refund.amount,
  balance_transaction: null,
  charge: refund.charge,
  created: refund.created,
  currency: refund.currency,
  customer: books.charges.get(refund.charge)?.customer ?? null,
  customer_account: null,
  metadata: { ...refund.metadata },
  payment_intent: refund.intent,
  payment_method: books.charges.get(refund.charge)?.paymentMethod ?? null,
  reason: refund.reason,
  receipt_number: null,
  source_transfer_reversal: null,
  status: 'succeeded',
  transfer_reversal: null,
});
