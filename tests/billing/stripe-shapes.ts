/** Objects as Stripe's API of 2026 answers them, cut down to what is read of them and a little more. */
const seconds = (day: number): number => Date.UTC(2026, 9, day) / 1000;

type Extra = Readonly<Record<string, unknown>>;

/** Milliseconds of a day in October 2026. */
export const day = (of: number): number => seconds(of) * 1000;

export const customer = (extra: Extra = {}) => ({
  id: 'cus_1',
  object: 'customer',
  email: 'ann@example.org',
  livemode: false,
  metadata: { gatefold_reader: 'reader-1' },
  ...extra,
});

export const item = (extra: Extra = {}) => ({
  id: 'si_1',
  object: 'subscription_item',
  price: { id: 'price_month', object: 'price', unit_amount_decimal: '500' },
  quantity: 1,
  current_period_start: seconds(1),
  current_period_end: seconds(31),
  ...extra,
});

export const subscription = (extra: Extra = {}) => ({
  id: 'sub_1',
  object: 'subscription',
  customer: 'cus_1',
  status: 'active',
  items: { object: 'list', data: [item()], has_more: false },
  created: seconds(1),
  start_date: seconds(1),
  cancel_at: null,
  cancel_at_period_end: false,
  ended_at: null,
  trial_end: null,
  pause_collection: null,
  latest_invoice: invoice(),
  metadata: {},
  ...extra,
});

export const payment = (extra: Extra = {}) => ({
  id: 'inpay_1',
  object: 'invoice_payment',
  status: 'paid',
  payment: { type: 'payment_intent', payment_intent: 'pi_1' },
  ...extra,
});

export const invoice = (extra: Extra = {}) => ({
  id: 'in_1',
  object: 'invoice',
  customer: 'cus_1',
  status: 'paid',
  created: seconds(1),
  payments: { object: 'list', data: [payment()], has_more: false },
  ...extra,
});

export const charge = (extra: Extra = {}) => ({
  id: 'ch_1',
  object: 'charge',
  customer: 'cus_1',
  created: seconds(1),
  refunded: false,
  disputed: false,
  ...extra,
});

export const intent = (extra: Extra = {}) => ({
  id: 'pi_1',
  object: 'payment_intent',
  customer: 'cus_1',
  status: 'succeeded',
  latest_charge: charge(),
  ...extra,
});

export const checkout = (extra: Extra = {}) => ({
  id: 'cs_test_1',
  object: 'checkout.session',
  mode: 'subscription',
  status: 'open',
  payment_status: 'unpaid',
  customer: 'cus_1',
  customer_details: null,
  customer_email: null,
  url: 'https://checkout.stripe.com/c/pay/cs_test_1',
  created: seconds(2),
  metadata: { gatefold_plan: 'monthly' },
  payment_intent: null,
  ...extra,
});

export const entitlement = (key: string) => ({
  id: `ent_${key}`,
  object: 'entitlements.active_entitlement',
  feature: 'feat_1',
  lookup_key: key,
  livemode: false,
});

export const price = (extra: Extra = {}) => ({
  id: 'price_month',
  object: 'price',
  active: true,
  currency: 'eur',
  unit_amount: 500,
  unit_amount_decimal: '500',
  recurring: { interval: 'month', interval_count: 1 },
  ...extra,
});

export const event = (type: string, object: unknown, extra: Extra = {}) => ({
  id: 'evt_1',
  object: 'event',
  api_version: '2026-10-28.endive',
  created: seconds(3),
  livemode: false,
  pending_webhooks: 1,
  request: null,
  type,
  data: { object },
  ...extra,
});
