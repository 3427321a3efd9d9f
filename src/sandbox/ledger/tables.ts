/** The sandbox's tables, one for each kind of Stripe's objects, and the fields that they are looked up by. */
import type * as Records from './records.ts';
import { createTable, type Table, type TableOptions } from './table.ts';

export interface Tables {
  readonly products: Table<Records.ProductRecord>;
  readonly prices: Table<Records.PriceRecord>;
  readonly customers: Table<Records.CustomerRecord>;
  readonly paymentMethods: Table<Records.PaymentMethodRecord>;
  readonly subscriptions: Table<Records.SubscriptionRecord>;
  readonly invoices: Table<Records.InvoiceRecord>;
  readonly intents: Table<Records.IntentRecord>;
  readonly charges: Table<Records.ChargeRecord>;
  readonly refunds: Table<Records.RefundRecord>;
  readonly disputes: Table<Records.DisputeRecord>;
  readonly checkouts: Table<Records.CheckoutRecord>;
  readonly challenges: Table<Records.ChallengeRecord>;
  readonly coupons: Table<Records.CouponRecord>;
  readonly promotionCodes: Table<Records.PromotionCodeRecord>;
  readonly discounts: Table<Records.DiscountRecord>;
  readonly features: Table<Records.FeatureRecord>;
  readonly portals: Table<Records.PortalRecord>;
  readonly endpoints: Table<Records.EndpointRecord>;
  readonly events: Table<Records.EventRecord>;
  readonly deliveries: Table<Records.DeliveryRecord>;
  readonly keys: Table<Records.KeyRecord>;
}

type OnChange = (table: string, id: string, record: object | null) => void;

export const createTables = (onChange: OnChange): Tables => {
  const table = <R extends { readonly id: string }>(
    name: keyof Tables,
    ...indexes: NonNullable<TableOptions<R>['indexes']>
  ): Table<R> => createTable<R>({ name, indexes, onChange });
  return {
    products: table('products'),
    prices: table('prices', 'product', 'lookupKey'),
    customers: table('customers', 'email'),
    paymentMethods: table('paymentMethods', 'customer'),
    subscriptions: table('subscriptions', 'customer'),
    invoices: table('invoices', 'customer', 'subscription'),
    intents: table('intents', 'customer'),
    charges: table('charges', 'customer', 'intent'),
    refunds: table('refunds', 'charge', 'intent'),
    disputes: table('disputes', 'charge', 'intent'),
    checkouts: table('checkouts', 'customer', 'subscription', 'intent'),
    challenges: table('challenges'),
    coupons: table('coupons'),
    promotionCodes: table('promotionCodes'),
    discounts: table('discounts'),
    features: table('features', 'lookupKey'),
    portals: table('portals'),
    endpoints: table('endpoints'),
    events: table('events'),
    deliveries: table('deliveries', 'event', 'queue'),
    keys: table('keys'),
  };
};
