/** `expand[]`: ids replaced by the objects that they name, four levels deep at most, and parts that are only sent when asked for. */
import type { Books } from '../ledger/books.ts';
import * as catalogue from '../shapes/catalogue.ts';
import { showLineItems } from '../shapes/checkout.ts';
import { showInvoice, showInvoicePayments } from '../shapes/invoice.ts';
import { showCharge, showIntent, showRefund } from '../shapes/money.ts';
import { showCustomer, showDeletedCustomer, showPaymentMethod } from '../shapes/people.ts';
import { showSubscription } from '../shapes/subscription.ts';
import { wholeList } from '../shapes/wire.ts';
import { invalid } from './refusal.ts';

type Shown = Record<string, unknown>;

const deepest = 4;

/** @throws Refusal when a path names what can't be expanded. */
export const expand = (books: Books, answer: object, paths: readonly string[]): object => {
  for (const path of paths) {
    const steps = path.split('.');
    if (steps.length > deepest)
      throw invalid(
        `${path} goes more than ${deepest} levels deep, which is as far as expand goes.`,
        'expand',
      );
    expandAt(books, answer as Shown, steps, path);
  }
  return answer;
};

const expandAt = (books: Books, shown: Shown, [step, ...rest]: readonly string[], path: string): void => {
  if (step === undefined) return;
  const value = shown[step];
  if (shown.object === 'list' && step === 'data') {
    for (const one of value as readonly Shown[]) expandAt(books, one, rest, path);
    if (rest.length === 0) throw notExpandable(path);
    return;
  }
  const expanded = isObject(value) && !isList(value) ? value : fetched(books, shown, step, path);
  if (expanded === undefined) return;
  shown[step] = expanded;
  for (const one of Array.isArray(expanded) ? expanded : [expanded])
    if (rest.length > 0 && isObject(one)) expandAt(books, one, rest, path);
};

const isObject = (value: unknown): value is Shown =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Shown): boolean => value.object === 'list';

/** Undefined: there is nothing there. */
const fetched = (books: Books, shown: Shown, step: string, path: string): unknown => {
  const value = shown[step];
  const part = parts[`${shown.object}.${step}`];
  if (part) return part(books, String(shown.id));
  // A list that is there already: its elements may be expanded.
  if (isObject(value)) return value;
  const kind = references[step];
  if (!kind || !(step in shown)) throw notExpandable(path);
  const show = (id: unknown) => (typeof id === 'string' ? kind(books, id) : id);
  if (Array.isArray(value)) return value.map(show);
  return typeof value === 'string' ? show(value) : undefined;
};

const notExpandable = (path: string) => invalid(`This property cannot be expanded (${path}).`, 'expand');

type Lookup = (books: Books, id: string) => object | undefined;

const customer: Lookup = (books, id) => {
  const found = books.customers.get(id);
  return found && (found.deleted ? showDeletedCustomer(found) : showCustomer(found));
};
const price: Lookup = (books, id) => {
  const found = books.prices.get(id);
  return found && catalogue.showPrice(found);
};
const invoice: Lookup = (books, id) => {
  const found = books.invoices.get(id);
  return found && showInvoice(books, found);
};
const paymentMethod: Lookup = (books, id) => {
  const found = books.paymentMethods.get(id);
  return found && showPaymentMethod(found);
};

/** Fields that hold an id, by the name that they have wherever they are. */
const references: Readonly<Record<string, Lookup>> = {
  customer,
  price,
  invoice,
  latest_invoice: invoice,
  default_payment_method: paymentMethod,
  payment_method: paymentMethod,
  default_price: price,
  product: (books, id) => {
    const found = books.products.get(id);
    return found && catalogue.showProduct(found);
  },
  subscription: (books, id) => {
    const found = books.subscriptions.get(id);
    return found && showSubscription(books, found);
  },
  payment_intent: (books, id) => {
    const found = books.intents.get(id);
    return found && showIntent(books, found);
  },
  charge: (books, id) => chargeOf(books, id),
  latest_charge: (books, id) => chargeOf(books, id),
  discounts: (books, id) => {
    const found = books.discounts.get(id);
    return found && catalogue.showDiscount(found);
  },
  coupon: (books, id) => {
    const found = books.coupons.get(id);
    return found && catalogue.showCoupon(found, books.now());
  },
  promotion_code: (books, id) => {
    const found = books.promotionCodes.get(id);
    return found && catalogue.showPromotionCode(found);
  },
  feature: (books, id) => {
    const found = books.features.get(id);
    return found && catalogue.showFeature(found);
  },
};

const chargeOf: Lookup = (books, id) => {
  const found = books.charges.get(id);
  return found && showCharge(books, found);
};

/** Parts that an object is sent without unless they are asked for. */
const parts: Readonly<Record<string, (books: Books, id: string) => unknown>> = {
  'checkout.session.line_items': (books, id) => {
    const found = books.checkouts.get(id);
    return found && showLineItems(books, found);
  },
  'customer.subscriptions': (books, id) =>
    wholeList(
      [...books.subscriptions.walk({ index: { name: 'customer', value: id } })]
        .filter(({ status }) => status !== 'canceled' && status !== 'incomplete_expired')
        .map((subscription) => showSubscription(books, subscription)),
      `/v1/customers/${id}/subscriptions`,
    ),
  'invoice.payments': (books, id) => {
    const found = books.invoices.get(id);
    return found && showInvoicePayments(found);
  },
  'price.currency_options': (books, id) => {
    const found = books.prices.get(id);
    return found && catalogue.showCurrencyOptions(found);
  },
  'charge.refunds': (books, id) =>
    wholeList(
      [...books.refunds.walk({ index: { name: 'charge', value: id } })].map((refund) =>
        showRefund(books, refund),
      ),
      `/v1/charges/${id}/refunds`,
    ),
  'charge.balance_transaction': () => undefined,
  'subscription.pending_setup_intent': () => undefined,
};
