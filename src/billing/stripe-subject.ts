/** Whose state an event may have changed, whatever API version its object is in. */
import type { BillingEvent, EventSubject } from './billing.ts';
import { readMark } from './checkout-mark.ts';
import type { Sale } from './sale-steps.ts';
import type { AskStripe, Question } from './stripe-ask.ts';
import { isStripeId } from './stripe-id.ts';
import {
  readCharge,
  readInvoice,
  readPaymentIntent,
  readReference,
  type StripeEvent,
} from './stripe-schema.ts';
import type { CustomerId } from './subscription.ts';

export const toBillingEvent = ({ id, type, created, data }: StripeEvent): BillingEvent => ({
  id,
  type,
  createdAt: created,
  subject: subjectOf(data.object),
  ...saleOf(type, data.object, created),
});

/** `Billing.customerOf`: a dispute names a charge, the charge its customer. At most three calls, nearly always one. */
export const findCustomerOf = async (
  ask: AskStripe,
  { customer, refers }: EventSubject,
): Promise<CustomerId | undefined> => {
  if (customer !== undefined) return customer;
  for (const [name, question] of Object.entries(owners)) {
    const id = refers[name];
    const owned = id !== undefined && isStripeId(id) ? await ask.oneIfThere(question(id)) : undefined;
    if (owned?.customer != null) return owned.customer as CustomerId;
  }
  return undefined;
};

const paidBy = ['checkout.session.completed', 'checkout.session.async_payment_succeeded'];

const saleOf = (
  type: string,
  { id, payment_status, metadata, success_url }: Readonly<Record<string, unknown>>,
  at: number,
): { readonly sale?: Sale } => {
  if (!paidBy.includes(type) || payment_status === 'unpaid') return {};
  const mark = typeof metadata === 'object' && metadata !== null ? readMark(textsOf(metadata)) : undefined;
  if (mark === undefined || typeof id !== 'string') return {};
  return { sale: { checkout: id, plan: mark.plan, returnTo: returnIn(textOf(success_url)), at } };
};

const textsOf = (fields: object): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string'));

/** Where Gatefold's own return page leads on to. */
const returnIn = (successUrl: string | undefined): string => {
  const url = successUrl !== undefined && URL.canParse(successUrl) ? new URL(successUrl) : undefined;
  return url?.searchParams.get('return') ?? '/';
};

const subjectOf = (object: Readonly<Record<string, unknown>>): EventSubject => {
  const kind = textOf(object.object);
  const id = idOf(object.id);
  const customer = kind === 'customer' ? id : idOf(object.customer);
  const refers = Object.keys(owners).flatMap((name) => {
    const referred = idOf(object[name]);
    return referred === undefined ? [] : [[name, referred]];
  });
  return {
    ...(customer === undefined ? {} : { customer: customer as CustomerId }),
    ...(kind === undefined ? {} : { object: kind }),
    ...(id === undefined ? {} : { id }),
    refers: Object.fromEntries(refers),
  };
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const idOf = (value: unknown): string | undefined => {
  const id = readReference(value);
  return id !== undefined && isStripeId(id) ? id : undefined;
};

type Owned = { readonly customer?: string | null | undefined };

/** What an event's object may name in a customer's place, and how its customer is found. */
const owners: Readonly<Record<string, (id: string) => Question<Owned>>> = {
  charge: (id) => ({
    doing: 'reading the charge of an event',
    put: (stripe) => stripe.charges.retrieve(id),
    read: readCharge,
    id,
  }),
  payment_intent: (id) => ({
    doing: 'reading the payment of an event',
    put: (stripe) => stripe.paymentIntents.retrieve(id),
    read: readPaymentIntent,
    id,
  }),
  invoice: (id) => ({
    doing: 'reading the invoice of an event',
    put: (stripe) => stripe.invoices.retrieve(id),
    read: readInvoice,
    id,
  }),
};
