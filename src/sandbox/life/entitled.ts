/** Which features a customer is entitled to, by its subscriptions' products; told about when the set changes. */
import type { Books } from '../ledger/books.ts';
import type { FeatureRecord } from '../ledger/records.ts';
import { showActiveEntitlement } from '../shapes/people.ts';
import { livemode } from '../shapes/wire.ts';
import { announce } from './announce.ts';

/** In the order of their ids. */
export const entitledTo = (books: Books, customerId: string): readonly FeatureRecord[] =>
  (books.customers.get(customerId)?.features ?? []).flatMap((id) => books.features.get(id) ?? []);

/** To be called after whatever may have changed the set. */
export const lookAtEntitlements = (books: Books, customerId: string): void => {
  const customer = books.customers.get(customerId);
  if (!customer || customer.deleted) return;
  const features = featuresOf(books, customerId);
  if (features.join() === customer.features.join()) return;
  books.customers.put({ ...customer, features });
  const all = entitledTo(books, customerId);
  announce(books, 'entitlements.active_entitlement_summary.updated', {
    object: 'entitlements.active_entitlement_summary',
    customer: customerId,
    entitlements: {
      object: 'list',
      data: all.slice(0, inSummary).map((feature) => showActiveEntitlement(customerId, feature)),
      has_more: all.length > inSummary,
      url: `/v1/entitlements/active_entitlements?customer=${customerId}`,
    },
    livemode,
  });
};

// Stripe's summary holds the first few; the rest must be paged.
const inSummary = 10;

const entitling: readonly string[] = ['active', 'past_due', 'trialing'];

const featuresOf = (books: Books, customerId: string): readonly string[] => {
  const subscriptions = [...books.subscriptions.walk({ index: { name: 'customer', value: customerId } })];
  const products = subscriptions
    .filter(({ status }) => entitling.includes(status))
    .flatMap(({ items }) => items.map(({ price }) => books.prices.get(price)?.product ?? ''));
  const features = products.flatMap((id) => books.products.get(id)?.features ?? []);
  return [...new Set(features.map(({ feature }) => feature))].sort();
};
