/** What Stripe's answers must look like where Gatefold reads them; the rest of an answer is dropped. */
import { z } from 'zod';

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly has_more: boolean;
}

export type StripeCustomer = z.output<typeof customer>;
export type StripeSubscription = z.output<typeof subscription>;
export type StripeItem = z.output<typeof item>;
export type StripeInvoice = z.output<typeof invoice>;
export type StripeInvoicePayment = z.output<typeof invoicePayment>;
export type StripeCharge = z.output<typeof charge>;
export type StripeCheckout = z.output<typeof checkout>;
export type StripeLine = z.output<typeof line>;
export type StripePrice = z.output<typeof price>;
export type StripeEvent = z.output<typeof event>;

const id = z.string().min(1).max(255);
/** An id, whether or not Stripe put the whole object in its place. */
const reference = z.union([id, z.object({ id }).transform((expanded) => expanded.id)]);
const milliseconds = z.int().transform((seconds) => seconds * 1000);
const metadata = z
  .record(z.string(), z.string())
  .nullish()
  .transform((pairs) => pairs ?? {});
const list = <Item extends z.ZodType>(of: Item) =>
  z.object({ object: z.literal('list'), data: z.array(of), has_more: z.boolean() });

const customer = z.union([
  z
    .object({ object: z.literal('customer'), id, deleted: z.literal(true) })
    .transform((gone) => ({ ...gone, email: null, metadata: {} as Record<string, string> })),
  z
    .object({ object: z.literal('customer'), id, email: z.string().nullish(), metadata })
    .transform((kept) => ({ ...kept, deleted: false })),
]);

const charge = z.object({
  object: z.literal('charge'),
  id,
  customer: reference.nullish(),
  created: milliseconds,
  /** In full; a part of it given back leaves this false. */
  refunded: z.boolean(),
  /** Stays true when the dispute was won. */
  disputed: z.boolean(),
});

const dispute = z.object({
  object: z.literal('dispute'),
  id,
  charge: reference,
  status: z.string(),
});

const paymentIntent = z.object({
  object: z.literal('payment_intent'),
  id,
  customer: reference.nullish(),
  status: z.string(),
  latest_charge: z.union([id, charge]).nullish(),
});

const invoicePayment = z.object({
  id,
  status: z.string(),
  payment: z.object({ payment_intent: reference.nullish(), charge: reference.nullish() }),
});

const invoice = z.object({
  object: z.literal('invoice'),
  id,
  customer: reference.nullish(),
  /** Absent on an invoice that was never finalized. */
  status: z.string().nullish(),
  created: milliseconds,
  /** By when it is to be paid; only of those that are sent to be paid. */
  due_date: milliseconds.nullish(),
  payments: list(invoicePayment).nullish(),
});

/** Periods are of items: a server that still answers as Stripe did before 2025 is refused here. */
const item = z.object({
  id,
  price: z.object({ id }),
  /** Metered prices have none. */
  quantity: z.int().min(0).nullish(),
  current_period_start: milliseconds,
  current_period_end: milliseconds,
});

const subscription = z.object({
  object: z.literal('subscription'),
  id,
  customer: z.union([id, customer]),
  status: z.string().min(1).max(100),
  items: list(item),
  created: milliseconds,
  start_date: milliseconds,
  cancel_at: milliseconds.nullish(),
  cancel_at_period_end: z.boolean(),
  ended_at: milliseconds.nullish(),
  trial_end: milliseconds.nullish(),
  pause_collection: z.object({}).nullish(),
  latest_invoice: z.union([id, invoice]).nullish(),
  metadata,
});

const line = z.object({ id, price: z.object({ id }).nullish() });

const checkout = z.object({
  object: z.literal('checkout.session'),
  id,
  mode: z.string(),
  status: z.string().nullable(),
  payment_status: z.string(),
  customer: reference.nullish(),
  customer_email: z.string().nullish(),
  customer_details: z.object({ email: z.string().nullish() }).nullish(),
  url: z.string().nullish(),
  created: milliseconds,
  metadata,
  payment_intent: z.union([id, paymentIntent]).nullish(),
  line_items: list(line).nullish(),
});

const amount = z.int().nullish();
const price = z.object({
  object: z.literal('price'),
  id,
  active: z.boolean(),
  currency: z.string().regex(/^[a-z]{3}$/),
  unit_amount: amount,
  recurring: z
    .object({ interval: z.enum(['day', 'week', 'month', 'year']), interval_count: z.int().min(1) })
    .nullish(),
  currency_options: z.record(z.string(), z.object({ unit_amount: amount })).nullish(),
});

const portal = z.object({
  object: z.literal('billing_portal.session'),
  id,
  url: z.url({ protocol: /^https?$/ }),
});

const entitlement = z.object({
  object: z.literal('entitlements.active_entitlement'),
  id,
  lookup_key: z.string(),
});

/** Of whatever API version: only what every version has is asked for. */
const event = z.object({
  object: z.literal('event'),
  id,
  type: z.string().min(1).max(200),
  created: milliseconds,
  livemode: z.boolean(),
  account: z.string().nullish(),
  context: z.string().nullish(),
  data: z.object({ object: z.record(z.string(), z.unknown()) }),
});

const reader =
  <Schema extends z.ZodType>(schema: Schema) =>
  (answer: unknown): z.output<Schema> | undefined =>
    schema.safeParse(answer).data;

/** Each answers undefined when that isn't such an object. */
export const readCustomer = reader(customer);
export const readCustomers = reader(list(customer));
export const readSubscription = reader(subscription);
export const readSubscriptions = reader(list(subscription));
export const readItems = reader(list(item));
export const readInvoice = reader(invoice);
export const readInvoices = reader(list(invoice));
export const readInvoicePayments = reader(list(invoicePayment));
export const readCharge = reader(charge);
export const readPaymentIntent = reader(paymentIntent);
export const readDisputes = reader(list(dispute));
export const readCheckout = reader(checkout);
export const readCheckouts = reader(list(checkout));
export const readLines = reader(list(line));
export const readPrice = reader(price);
export const readPortal = reader(portal);
export const readEntitlements = reader(list(entitlement));
export const readEvent = reader(event);
export const readEvents = reader(list(event));
/** A reference inside an event's object: an id, or an expanded object. */
export const readReference = reader(reference);
