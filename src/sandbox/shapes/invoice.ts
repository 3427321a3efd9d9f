/** Invoices and what was paid for them, in Stripe's shape. */
import type Stripe from 'stripe';
import type { Books } from '../ledger/books.ts';
import type { InvoiceRecord, LineRecord } from '../ledger/records.ts';
import { decimalText, livemode, wholeList } from './wire.ts';

export const showInvoice = (books: Books, invoice: InvoiceRecord): Stripe.Invoice => {
  const subtotal = invoice.lines.reduce((sum, { amount }) => sum + amount, 0);
  return {
    id: invoice.id,
    object: 'invoice',
    account_country: 'DE',
    account_name: 'Sandbox',
    account_tax_ids: null,
    amount_due: invoice.amountDue,
    amount_overpaid: 0,
    amount_paid: invoice.amountPaid,
    amount_remaining: invoice.amountDue - invoice.amountPaid,
    amount_shipping: 0,
    application: null,
    attempt_count: invoice.attempts,
    attempted: invoice.attempts > 0 || invoice.status === 'paid',
    auto_advance: invoice.autoAdvance,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: invoice.status === 'draft' ? invoice.finalizesAt : null,
    billing_reason: invoice.reason,
    collection_method: 'charge_automatically',
    created: invoice.created,
    currency: invoice.currency,
    custom_fields: null,
    customer: invoice.customer,
    customer_account: null,
    customer_address: null,
    customer_email: invoice.customerEmail,
    customer_name: invoice.customerName,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: invoice.discount ? [invoice.discount.id] : [],
    due_date: null,
    effective_at: invoice.finalizedAt,
    ending_balance:
      invoice.finalizedAt === null ? null : Math.min(0, invoice.total + invoice.startingBalance),
    footer: null,
    from_invoice: null,
    hosted_invoice_url: invoice.finalizedAt === null ? null : books.urls.invoice(invoice.id),
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: wholeList(
      invoice.lines.map((line) => showLine(books, invoice, line)),
      `/v1/invoices/${invoice.id}/lines`,
    ),
    livemode,
    metadata: { ...invoice.metadata },
    next_payment_attempt: invoice.status === 'open' ? invoice.nextAttempt : invoice.finalizesAt,
    number: invoice.number,
    on_behalf_of: null,
    parent: invoice.subscription === null ? null : parentOf(books, invoice.subscription),
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: invoice.periodEnd,
    period_start: invoice.periodStart,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: invoice.startingBalance,
    statement_descriptor: null,
    status: invoice.status,
    status_transitions: {
      finalized_at: invoice.finalizedAt,
      marked_uncollectible_at: invoice.uncollectibleAt,
      paid_at: invoice.paidAt,
      voided_at: invoice.voidedAt,
    },
    subtotal,
    subtotal_excluding_tax: subtotal,
    test_clock: null,
    total: invoice.total,
    total_discount_amounts: invoice.discount
      ? [{ amount: invoice.discount.amount, discount: invoice.discount.id }]
      : [],
    total_excluding_tax: invoice.total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: invoice.created,
  };
};

const parentOf = (books: Books, subscriptionId: string): Stripe.Invoice.Parent => ({
  quote_details: null,
  subscription_details: {
    metadata: { ...books.subscriptions.get(subscriptionId)?.metadata },
    subscription: subscriptionId,
  },
  type: 'subscription_details',
});

const showLine = (books: Books, invoice: InvoiceRecord, line: LineRecord): Stripe.InvoiceLineItem => {
  const price = line.price === null ? undefined : books.prices.get(line.price);
  return {
    id: line.id,
    object: 'line_item',
    amount: line.amount,
    currency: invoice.currency,
    description: line.description,
    discount_amounts: [],
    discountable: !line.proration,
    discounts: [],
    invoice: invoice.id,
    livemode,
    metadata: {},
    parent: lineParentOf(invoice, line),
    period: { end: line.end, start: line.start },
    pretax_credit_amounts: [],
    pricing: price
      ? {
          price_details: { price: price.id, product: price.product },
          type: 'price_details',
          unit_amount_decimal: decimalText(price.unitAmountDecimal),
        }
      : null,
    quantity: line.quantity,
    quantity_decimal: decimalText(String(line.quantity)),
    subscription: invoice.subscription,
    subtotal: line.amount,
    taxes: [],
  };
};

const lineParentOf = (invoice: InvoiceRecord, { item, proration }: LineRecord) =>
  item === null
    ? null
    : {
        invoice_item_details: null,
        subscription_item_details: {
          invoice_item: null,
          proration,
          proration_details: null,
          subscription: invoice.subscription,
          subscription_item: item,
        },
        type: 'subscription_item_details',
      };

/** Sent only where it is asked for by `expand`, and in a list of its own. */
export const showInvoicePayments = (invoice: InvoiceRecord): Stripe.ApiList<Stripe.InvoicePayment> =>
  wholeList(
    invoice.payment ? [showInvoicePayment(invoice, invoice.payment)] : [],
    `/v1/invoice_payments?invoice=${invoice.id}`,
  );

const showInvoicePayment = (
  invoice: InvoiceRecord,
  payment: NonNullable<InvoiceRecord['payment']>,
): Stripe.InvoicePayment => ({
  id: payment.id,
  object: 'invoice_payment',
  amount_paid: invoice.status === 'paid' ? invoice.amountPaid : null,
  amount_requested: invoice.amountDue,
  created: payment.created,
  currency: invoice.currency,
  invoice: invoice.id,
  is_default: true,
  livemode,
  payment: { payment_intent: payment.paymentIntent, type: 'payment_intent' },
  status: paymentStatus[invoice.status],
  status_transitions: { canceled_at: invoice.voidedAt, paid_at: invoice.paidAt },
});

const paymentStatus = {
  draft: 'open',
  open: 'open',
  paid: 'paid',
  uncollectible: 'open',
  void: 'canceled',
} as const satisfies Record<InvoiceRecord['status'], string>;
