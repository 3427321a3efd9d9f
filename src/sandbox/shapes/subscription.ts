/** Subscriptions and their items in Stripe's shape: periods are the items', never the subscription's. */
import type Stripe from 'stripe';
import type { Books } from '../ledger/books.ts';
import type { ItemRecord, SubscriptionRecord } from '../ledger/records.ts';
import { showPlan, showPrice } from './catalogue.ts';
import { livemode, wholeList } from './wire.ts';

export const showSubscription = (books: Books, subscription: SubscriptionRecord): Stripe.Subscription => ({
  id: subscription.id,
  object: 'subscription',
  application: null,
  application_fee_percent: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor: subscription.anchor,
  billing_cycle_anchor_config: null,
  billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
  billing_schedules: [],
  billing_thresholds: null,
  cancel_at: subscription.cancelAt,
  cancel_at_period_end: subscription.cancelAtPeriodEnd,
  canceled_at: subscription.canceledAt,
  cancellation_details: {
    comment: subscription.cancellationComment,
    feedback: null,
    feedback_option: null,
    reason: subscription.cancellationReason,
  },
  collection_method: 'charge_automatically',
  created: subscription.created,
  currency: subscription.currency,
  customer: subscription.customer,
  customer_account: null,
  days_until_due: null,
  default_payment_method: subscription.paymentMethod,
  default_source: null,
  default_tax_rates: [],
  description: subscription.description,
  discounts: [...subscription.discounts],
  ended_at: subscription.endedAt,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: { type: 'self' },
  },
  items: wholeList(
    subscription.items.map((item) => showItem(books, subscription.id, item)),
    `/v1/subscription_items?subscription=${subscription.id}`,
  ),
  latest_invoice: subscription.latestInvoice,
  livemode,
  managed_payments: null,
  metadata: { ...subscription.metadata },
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pause_collection: subscription.pause && {
    behavior: subscription.pause.behavior,
    resumes_at: subscription.pause.resumesAt,
  },
  payment_settings: {
    payment_method_options: null,
    payment_method_types: null,
    save_default_payment_method: 'off',
  },
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  start_date: subscription.created,
  status: subscription.status,
  test_clock: null,
  transfer_data: null,
  trial_end: subscription.trialEnd,
  trial_settings: {
    end_behavior: {
      billing_cycle_anchor: null,
      missing_payment_method: subscription.withoutPaymentMethod,
    },
  },
  trial_start: subscription.trialStart,
});

const showItem = (books: Books, subscriptionId: string, item: ItemRecord): Stripe.SubscriptionItem => {
  const price = books.prices.get(item.price);
  if (!price)
    throw new Error(`Price ${item.price} of subscription ${subscriptionId} is missing in the sandbox.`);
  return {
    id: item.id,
    object: 'subscription_item',
    billing_thresholds: null,
    created: item.created,
    current_period_end: item.periodEnd,
    current_period_start: item.periodStart,
    current_trial: null,
    discounts: [],
    metadata: { ...item.metadata },
    plan: showPlan(price),
    price: showPrice(price),
    quantity: item.quantity,
    subscription: subscriptionId,
    tax_rates: [],
  };
};
