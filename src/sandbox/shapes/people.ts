/** Customers, their payment methods and their entitlements in Stripe's shape. */
import type Stripe from 'stripe';
import type * as Records from '../ledger/records.ts';
import { brandOf, last4Of } from '../life/test-cards.ts';
import { livemode } from './wire.ts';

export const showCustomer = (customer: Records.CustomerRecord): Stripe.Customer => ({
  id: customer.id,
  object: 'customer',
  address: null,
  balance: customer.balance,
  created: customer.created,
  currency: customer.currency,
  customer_account: null,
  default_source: null,
  delinquent: customer.delinquent,
  description: customer.description,
  discount: null,
  email: customer.email,
  // Eight characters of its own id are as good a prefix as random ones, and stay the same.
  invoice_prefix: invoicePrefix(customer.id),
  invoice_settings: {
    custom_fields: null,
    default_payment_method: customer.paymentMethod,
    footer: null,
    rendering_options: null,
  },
  livemode,
  metadata: { ...customer.metadata },
  name: customer.name,
  next_invoice_sequence: customer.invoices,
  phone: customer.phone,
  preferred_locales: [...customer.locales],
  shipping: null,
  tax_exempt: 'none',
  test_clock: null,
});

export const invoicePrefix = (customerId: string): string => customerId.slice(-8).toUpperCase();

/** All that is left of a customer that was deleted. */
export const showDeletedCustomer = ({ id }: Records.CustomerRecord): Stripe.DeletedCustomer => ({
  id,
  object: 'customer',
  deleted: true,
});

export const showPaymentMethod = (method: Records.PaymentMethodRecord): Stripe.PaymentMethod => ({
  id: method.id,
  object: 'payment_method',
  allow_redisplay: 'limited',
  billing_details: { address: null, email: method.email, name: method.name, phone: null, tax_id: null },
  ...(method.kind === 'card' ? { card: cardFacts(method) } : { sepa_debit: debitFacts(method) }),
  created: method.created,
  customer: method.customer,
  customer_account: null,
  livemode,
  metadata: {},
  type: method.kind,
});

const cardFacts = (method: Records.PaymentMethodRecord): Stripe.PaymentMethod.Card => ({
  brand: brandOf(method),
  checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
  country: 'US',
  display_brand: brandOf(method),
  exp_month: method.expMonth,
  exp_year: method.expYear,
  fingerprint: `fp${method.number.slice(-8)}`,
  funding: 'credit',
  generated_from: null,
  last4: last4Of(method),
  networks: { available: [brandOf(method)], preferred: null },
  regulated_status: 'unregulated',
  three_d_secure_usage: { supported: true },
  wallet: null,
});

const debitFacts = (method: Records.PaymentMethodRecord): Stripe.PaymentMethod.SepaDebit => ({
  bank_code: '37040044',
  branch_code: null,
  country: method.number.slice(0, 2),
  fingerprint: `fp${method.number.slice(-8)}`,
  generated_from: null,
  last4: last4Of(method),
});

export const showActiveEntitlement = (
  customerId: string,
  feature: Records.FeatureRecord,
): Stripe.Entitlements.ActiveEntitlement => ({
  id: entitlementId(customerId, feature.id),
  object: 'entitlements.active_entitlement',
  feature: feature.id,
  livemode,
  lookup_key: feature.lookupKey,
});

// The same customer's right to the same feature keeps its id for as long as either is there.
export const entitlementId = (customerId: string, featureId: string): string =>
  `ent_test_${customerId.slice(-12)}${featureId.slice(-12)}`;
