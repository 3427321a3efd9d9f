/** `/v1/entitlements` and the features of a product. */

import { answerPage, answerSlice, pageFields } from '../api/pages-of-list.ts';
import { applyMetadata, flag, metadata, required, text } from '../api/parameters.ts';
import { invalid, missing } from '../api/refusal.ts';
import { type Route, route } from '../api/route.ts';
import type { Books } from '../ledger/books.ts';
import type { FeatureRecord, ProductRecord } from '../ledger/records.ts';
import { entitledTo, lookAtEntitlements } from '../life/entitled.ts';
import { showFeature } from '../shapes/catalogue.ts';
import { entitlementId, showActiveEntitlement } from '../shapes/people.ts';
import { livemode } from '../shapes/wire.ts';
import { liveOrDeletedCustomer } from './customers.ts';
import { productOf } from './products.ts';

export const entitlementRoutes: readonly Route[] = [
  route(
    'POST',
    '/v1/entitlements/features',
    { name: required(text), lookup_key: required(text), metadata },
    ({ books, given }) => {
      for (const _ of books.features.walk({ index: { name: 'lookupKey', value: given.lookup_key } }))
        throw invalid(`A feature has the lookup key ${given.lookup_key} already.`, 'lookup_key');
      const feature: FeatureRecord = {
        id: books.newId('feat_test'),
        name: given.name,
        lookupKey: given.lookup_key,
        active: true,
        metadata: applyMetadata({}, given.metadata),
      };
      books.features.put(feature);
      return showFeature(feature);
    },
  ),
  route(
    'GET',
    '/v1/entitlements/features',
    { ...pageFields, lookup_key: text, archived: flag },
    ({ books, given }) =>
      answerPage(given, {
        table: books.features,
        what: 'feature',
        url: '/v1/entitlements/features',
        index: given.lookup_key === undefined ? undefined : { name: 'lookupKey', value: given.lookup_key },
        holds: ({ active }) => active !== (given.archived ?? false),
        show: showFeature,
      }),
  ),
  route(
    'GET',
    '/v1/entitlements/active_entitlements',
    { ...pageFields, customer: required(text) },
    ({ books, given }) => {
      const customer = liveOrDeletedCustomer(books, given.customer, 'customer').id;
      const features = entitledTo(books, customer).map((feature) => ({
        id: entitlementId(customer, feature.id),
        feature,
      }));
      return answerSlice(given, features, {
        what: 'active_entitlement',
        url: '/v1/entitlements/active_entitlements',
        show: ({ feature }) => showActiveEntitlement(customer, feature),
      });
    },
  ),
  route('GET', '/v1/products/:id/features', pageFields, ({ books, id, given }) =>
    answerSlice(given, productOf(books, id).features, {
      what: 'product_feature',
      url: `/v1/products/${id}/features`,
      show: (attached) => showAttached(books, attached),
    }),
  ),
  route(
    'POST',
    '/v1/products/:id/features',
    { entitlement_feature: required(text) },
    ({ books, id, given }) => {
      const product = productOf(books, id);
      if (!books.features.get(given.entitlement_feature))
        throw missing('feature', given.entitlement_feature, 'entitlement_feature');
      if (product.features.some(({ feature }) => feature === given.entitlement_feature))
        throw invalid('This feature is attached to the product already.', 'entitlement_feature');
      const attached = { id: books.newId('prodft'), feature: given.entitlement_feature };
      books.products.put({ ...product, features: [...product.features, attached] });
      lookAtSubscribers(books, product);
      return showAttached(books, attached);
    },
  ),
  route('DELETE', '/v1/products/:id/features/:inner', {}, ({ books, id, inner }) => {
    const product = productOf(books, id);
    if (!product.features.some((attached) => attached.id === inner)) throw missing('product_feature', inner);
    books.products.put({
      ...product,
      features: product.features.filter((attached) => attached.id !== inner),
    });
    lookAtSubscribers(books, product);
    return { id: inner, object: 'product_feature', deleted: true };
  }),
];

const showAttached = (books: Books, { id, feature }: ProductRecord['features'][number]): object => {
  const found = books.features.get(feature);
  return {
    id,
    object: 'product_feature',
    entitlement_feature: found ? showFeature(found) : null,
    livemode,
  };
};

const lookAtSubscribers = (books: Books, { id }: ProductRecord): void => {
  const prices = new Set(
    [...books.prices.walk({ index: { name: 'product', value: id } })].map((price) => price.id),
  );
  const customers = new Set<string>();
  for (const { customer, items } of books.subscriptions.walk())
    if (items.some(({ price }) => prices.has(price))) customers.add(customer);
  for (const customer of customers) lookAtEntitlements(books, customer);
};
