/** `/v1/subscription_items`, to be read. */

import { answerSlice, pageFields } from '../api/pages-of-list.ts';
import { required, text } from '../api/parameters.ts';
import { type Route, route } from '../api/route.ts';
import { showSubscription } from '../shapes/subscription.ts';
import { subscriptionOf } from './subscription-of.ts';

export const itemRoutes: readonly Route[] = [
  route(
    'GET',
    '/v1/subscription_items',
    { ...pageFields, subscription: required(text) },
    ({ books, given }) => {
      const subscription = subscriptionOf(books, given.subscription, 'subscription');
      return answerSlice(given, showSubscription(books, subscription).items.data, {
        what: 'subscription_item',
        url: '/v1/subscription_items',
        show: (item) => item,
      });
    },
  ),
];
