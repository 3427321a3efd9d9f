/** `POST /v1/checkout/sessions`: hosted, for subscriptions and for what is paid once. */
import {
  applyMetadata,
  type Fields,
  flag,
  integer,
  list,
  metadata,
  oneOf,
  type Reader,
  required,
  shape,
  text,
  type Values,
} from '../api/parameters.ts';
import { invalid, missing } from '../api/refusal.ts';
import { route } from '../api/route.ts';
import type { Books } from '../ledger/books.ts';
import type { CheckoutRecord } from '../ledger/records.ts';
import { isRedeemable } from '../shapes/catalogue.ts';
import { showCheckout } from '../shapes/checkout.ts';
import { liveCustomer } from './customers.ts';
import { priceOf } from './prices.ts';

const webAddress: Reader<string> = (raw, name) => {
  const given = text(raw, name);
  // The place for the session's id isn't a character of an address.
  const plain = given.replaceAll('{CHECKOUT_SESSION_ID}', 'id');
  if (!/^https?:\/\/[^\s{}<>]+$/.test(plain) || !URL.canParse(plain))
    throw invalid(`Not a valid URL: ${name}`, name, 'url_invalid');
  return given;
};

const fields = {
  mode: oneOf('payment', 'subscription'),
  ui_mode: oneOf('hosted_page', 'embedded_page', 'elements', 'form'),
  line_items: list(
    shape({
      price: required(text),
      quantity: integer({ min: 1 }),
      adjustable_quantity: shape({ enabled: flag }),
    }),
  ),
  success_url: webAddress,
  cancel_url: webAddress,
  customer: text,
  customer_email: text,
  customer_creation: oneOf('always', 'if_required'),
  customer_update: shape({ address: oneOf('auto', 'never'), name: oneOf('auto', 'never') }),
  client_reference_id: text,
  currency: text,
  locale: text,
  metadata,
  allow_promotion_codes: flag,
  discounts: list(shape({ coupon: text, promotion_code: text })),
  expires_at: integer({ min: 1 }),
  payment_method_collection: oneOf('always', 'if_required'),
  billing_address_collection: oneOf('auto', 'required'),
  automatic_tax: shape({ enabled: required(flag) }),
  submit_type: oneOf('auto', 'book', 'donate', 'pay', 'subscribe'),
  subscription_data: shape({
    metadata,
    description: text,
    trial_period_days: integer({ min: 1, max: 730 }),
    trial_end: integer({ min: 1 }),
    trial_settings: shape({
      end_behavior: required(
        shape({ missing_payment_method: required(oneOf('cancel', 'create_invoice', 'pause')) }),
      ),
    }),
  }),
  payment_intent_data: shape({ metadata, description: text }),
} as const satisfies Fields;

type Given = Values<typeof fields>;

const hour = 3_600;

export const createCheckoutRoute = route('POST', '/v1/checkout/sessions', fields, ({ books, given }) => {
  const { mode } = given;
  if (mode === undefined) throw needed('mode');
  if (given.success_url === undefined) throw needed('success_url');
  if (given.ui_mode !== undefined && given.ui_mode !== 'hosted_page')
    throw invalid('The sandbox has hosted pages only: leave ui_mode out, or give hosted_page.', 'ui_mode');
  if (given.customer !== undefined && given.customer_email !== undefined)
    throw invalid('Give customer or customer_email, not both.', 'customer_email');
  if (given.allow_promotion_codes && given.discounts?.length)
    throw invalid('Give allow_promotion_codes or discounts, not both.', 'allow_promotion_codes');
  if (given.customer !== undefined) liveCustomer(books, given.customer, 'customer');
  const lines = linesOf(books, given, mode);
  const trial = trialOf(books, given, mode);
  const checkout: CheckoutRecord = {
    id: books.newId('cs_test'),
    created: books.now(),
    expiresAt: expiryOf(books, given.expires_at),
    status: 'open',
    paymentStatus: 'unpaid',
    mode,
    customer: given.customer ?? null,
    customerEmail: given.customer_email ?? null,
    typed: null,
    lines,
    currency: currencyOf(books, given, lines),
    successUrl: given.success_url,
    cancelUrl: given.cancel_url ?? null,
    locale: given.locale ?? null,
    reference: given.client_reference_id ?? null,
    promotionCodes: given.allow_promotion_codes ?? false,
    discount: discountOf(books, given),
    collectPaymentMethod: given.payment_method_collection ?? 'always',
    ...trial,
    withoutPaymentMethod:
      given.subscription_data?.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
    madeMetadata: applyMetadata(
      {},
      (mode === 'subscription' ? given.subscription_data : given.payment_intent_data)?.metadata,
    ),
    madeDescription: (given.subscription_data ?? given.payment_intent_data)?.description ?? null,
    intent: null,
    subscription: null,
    invoice: null,
    metadata: applyMetadata({}, given.metadata),
  };
  books.checkouts.put(checkout);
  return showCheckout(books, checkout);
});

const needed = (name: string) => invalid(`Missing required param: ${name}.`, name, 'parameter_missing');

const linesOf = (books: Books, given: Given, mode: CheckoutRecord['mode']): CheckoutRecord['lines'] => {
  if (!given.line_items?.length) throw needed('line_items');
  const lines = given.line_items.map(({ price: id, quantity }, at) => {
    const price = priceOf(books, id, `line_items[${at}][price]`);
    if (!price.active) throw invalid(`The price ${id} is inactive.`, `line_items[${at}][price]`);
    if (mode === 'payment' && price.recurring)
      throw invalid(`The price ${id} recurs: mode must be subscription.`, `line_items[${at}][price]`);
    if (quantity === undefined) throw needed(`line_items[${at}][quantity]`);
    return { id: books.newId('li'), price: id, quantity };
  });
  if (mode === 'subscription' && !lines.some(({ price }) => books.prices.get(price)?.recurring))
    throw invalid('A subscription needs at least one price that recurs.', 'line_items');
  return lines;
};

const currencyOf = (books: Books, { currency }: Given, lines: CheckoutRecord['lines']): string => {
  const own = new Set(lines.map(({ price }) => books.prices.get(price)?.currency ?? ''));
  const [first = 'eur'] = own;
  if (currency === undefined) {
    if (own.size > 1) throw invalid('All prices must be in one currency.', 'line_items');
    return first;
  }
  for (const { price: id } of lines) {
    const price = books.prices.get(id);
    if (price && price.currency !== currency && !Object.hasOwn(price.otherCurrencies, currency))
      throw invalid(`The price ${id} has no amount in ${currency}.`, 'currency');
  }
  return currency;
};

const trialOf = (
  books: Books,
  { subscription_data: data }: Given,
  mode: CheckoutRecord['mode'],
): Pick<CheckoutRecord, 'trialDays' | 'trialEnd'> => {
  if (data && mode === 'payment')
    throw invalid('subscription_data is for mode subscription.', 'subscription_data');
  const { trial_end: trialEnd = null, trial_period_days: trialDays = null } = data ?? {};
  if (trialEnd !== null && trialDays !== null)
    throw invalid('Give trial_end or trial_period_days, not both.', 'subscription_data[trial_end]');
  // Stripe wants two days, so that nobody is charged before the page has told them.
  if (trialEnd !== null && trialEnd < books.now() + 48 * hour)
    throw invalid('trial_end must be at least two days ahead.', 'subscription_data[trial_end]');
  return { trialEnd, trialDays };
};

const expiryOf = (books: Books, asked: number | undefined): number => {
  if (asked === undefined) return books.now() + 24 * hour;
  if (asked < books.now() + hour / 2 || asked > books.now() + 24 * hour)
    throw invalid('expires_at must be between half an hour and a day ahead.', 'expires_at');
  return asked;
};

const discountOf = (books: Books, { discounts }: Given): CheckoutRecord['discount'] => {
  const [asked] = discounts ?? [];
  if (!asked) return null;
  const code =
    asked.promotion_code === undefined ? undefined : books.promotionCodes.get(asked.promotion_code);
  if (asked.promotion_code !== undefined && !code)
    throw missing('promotion_code', asked.promotion_code, 'discounts[0][promotion_code]');
  const id = code?.coupon ?? asked.coupon ?? '';
  const coupon = books.coupons.get(id);
  if (!coupon) throw missing('coupon', id, 'discounts[0][coupon]');
  if (!isRedeemable(coupon, books.now()))
    throw invalid(`The coupon ${id} can’t be used any more.`, 'discounts[0]', 'coupon_expired');
  return { coupon: id, promotionCode: code?.id ?? null };
};
