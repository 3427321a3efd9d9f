/** Checkout Sessions, their line items and portal sessions in Stripe's shape. */
import type Stripe from 'stripe';
import type { Books } from '../ledger/books.ts';
import type { CheckoutRecord, PortalRecord } from '../ledger/records.ts';
import { checkoutAmounts } from '../life/amounts.ts';
import { showPrice } from './catalogue.ts';
import { livemode, wholeList } from './wire.ts';

export const showCheckout = (books: Books, checkout: CheckoutRecord): Stripe.Checkout.Session => {
  const { subtotal, discount, total } = checkoutAmounts(books, checkout);
  return {
    id: checkout.id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: checkout.promotionCodes || null,
    allowed_payment_method_types: null,
    amount_subtotal: subtotal,
    amount_total: total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: checkout.cancelUrl,
    client_reference_id: checkout.reference,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: checkout.created,
    currency: checkout.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: checkout.customer,
    customer_account: null,
    customer_creation: checkout.mode === 'payment' ? 'if_required' : null,
    customer_details: customerDetailsOf(books, checkout),
    customer_email: checkout.customerEmail,
    discounts: checkout.discount
      ? [{ coupon: checkout.discount.coupon, promotion_code: checkout.discount.promotionCode }]
      : [],
    expires_at: checkout.expiresAt,
    integration_identifier: null,
    invoice: checkout.invoice,
    invoice_creation: null,
    livemode,
    locale: checkout.locale as Stripe.Checkout.Session.Locale | null,
    managed_payments: null,
    metadata: { ...checkout.metadata },
    mode: checkout.mode,
    origin_context: null,
    payment_intent: checkout.mode === 'payment' ? checkout.intent : null,
    payment_link: null,
    payment_method_collection: checkout.collectPaymentMethod,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card', 'sepa_debit'],
    payment_status: checkout.paymentStatus,
    permissions: null,
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: checkout.status,
    submit_type: null,
    subscription: checkout.subscription,
    success_url: checkout.successUrl,
    total_details: { amount_discount: discount, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: checkout.status === 'open' ? books.urls.checkout(checkout.id) : null,
    wallet_options: null,
  };
};

const customerDetailsOf = (
  books: Books,
  checkout: CheckoutRecord,
): Stripe.Checkout.Session.CustomerDetails | null => {
  const customer = checkout.customer === null ? undefined : books.customers.get(checkout.customer);
  const email = checkout.typed?.email ?? customer?.email ?? checkout.customerEmail;
  if (email === null && !checkout.typed) return null;
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name: checkout.typed?.name ?? customer?.name ?? null,
    phone: null,
    tax_exempt: 'none',
    tax_ids: checkout.status === 'complete' ? [] : null,
  };
};

/** Sent only where it is asked for by `expand`, and in a list of its own. */
export const showLineItems = (books: Books, checkout: CheckoutRecord): Stripe.ApiList<Stripe.LineItem> =>
  wholeList(
    checkoutAmounts(books, checkout).lines.map(({ id, price, quantity, subtotal, discount }) => ({
      id,
      object: 'item',
      adjustable_quantity: null,
      amount_discount: discount,
      amount_subtotal: subtotal,
      amount_tax: 0,
      amount_total: subtotal - discount,
      currency: checkout.currency,
      description: books.products.get(price.product)?.name ?? null,
      metadata: {},
      price: showPrice(price),
      quantity,
    })),
    `/v1/checkout/sessions/${checkout.id}/line_items`,
  );

export const showPortal = (books: Books, portal: PortalRecord): Stripe.BillingPortal.Session => ({
  id: portal.id,
  object: 'billing_portal.session',
  configuration: 'bpc_sandboxdefaultportal',
  created: portal.created,
  customer: portal.customer,
  customer_account: null,
  flow: portal.flow && flowOf(portal.flow),
  livemode,
  locale: portal.locale as Stripe.BillingPortal.Session.Locale | null,
  on_behalf_of: null,
  return_url: portal.returnUrl,
  url: books.urls.portal(portal.id),
});

const flowOf = ({
  type,
  subscription,
  afterUrl,
}: NonNullable<PortalRecord['flow']>): Stripe.BillingPortal.Session.Flow => ({
  after_completion: {
    hosted_confirmation: null,
    redirect: afterUrl === null ? null : { return_url: afterUrl },
    type: afterUrl === null ? 'portal_homepage' : 'redirect',
  },
  customer_update: null,
  subscription_cancel:
    type === 'subscription_cancel' && subscription !== null ? { retention: null, subscription } : null,
  subscription_pause: null,
  subscription_update: type === 'subscription_update' && subscription !== null ? { subscription } : null,
  subscription_update_confirm: null,
  type,
});
