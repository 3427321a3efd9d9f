/** `/v1/subscriptions`: read, listed, ended and resumed. Making and changing one are files of their own. */

import { answerPage, createdField, pageFields } from '../api/pages-of-list.ts';
import { type Fields, flag, integer, oneOf, shape, text } from '../api/parameters.ts';
import { invalid, missing } from '../api/refusal.ts';
import { type Route, route } from '../api/route.ts';
import type { SubscriptionRecord } from '../ledger/records.ts';
import { resumeSubscription } from '../life/resume.ts';
import { endSubscription } from '../life/subscription.ts';
import { showSubscription } from '../shapes/subscription.ts';
import { createRoute } from './create-subscription.ts';
import { liveOrDeletedCustomer } from './customers.ts';
import { subscriptionOf } from './subscription-of.ts';
import { updateRoute } from './update-subscription.ts';

const listFields = {
  ...pageFields,
  ...createdField,
  customer: text,
  price: text,
  status: oneOf(
    'active',
    'all',
    'canceled',
    'ended',
    'incomplete',
    'incomplete_expired',
    'past_due',
    'paused',
    'trialing',
    'unpaid',
  ),
} as const satisfies Fields;

export const subscriptionRoutes: readonly Route[] = [
  createRoute,
  route('GET', '/v1/subscriptions', listFields, ({ books, given }) => {
    if (given.customer !== undefined) liveOrDeletedCustomer(books, given.customer, 'customer');
    if (given.price !== undefined && !books.prices.get(given.price))
      throw missing('price', given.price, 'price');
    return answerPage(given, {
      table: books.subscriptions,
      what: 'subscription',
      url: '/v1/subscriptions',
      index: given.customer === undefined ? undefined : { name: 'customer', value: given.customer },
      holds: (subscription) =>
        hasStatus(subscription, given.status) &&
        (given.price === undefined || subscription.items.some(({ price }) => price === given.price)),
      show: (subscription) => showSubscription(books, subscription),
    });
  }),
  route('GET', '/v1/subscriptions/:id', {}, ({ books, id }) =>
    showSubscription(books, subscriptionOf(books, id)),
  ),
  updateRoute,
  route(
    'DELETE',
    '/v1/subscriptions/:id',
    { invoice_now: flag, prorate: flag, cancellation_details: shape({ comment: text, feedback: text }) },
    ({ books, id, given }) => {
      const subscription = subscriptionOf(books, id);
      if (hasEnded(subscription)) throw missing('subscription', id);
      books.subscriptions.put({
        ...subscription,
        cancellationComment: given.cancellation_details?.comment ?? subscription.cancellationComment,
      });
      return showSubscription(books, endSubscription(books, id, 'cancellation_requested'));
    },
  ),
  route(
    'POST',
    '/v1/subscriptions/:id/resume',
    {
      billing_cycle_anchor: oneOf('now', 'unchanged'),
      proration_behavior: oneOf('always_invoice', 'create_prorations', 'none'),
      proration_date: integer(),
    },
    ({ books, id }) => {
      const subscription = subscriptionOf(books, id);
      if (subscription.status !== 'paused')
        throw invalid('Only a subscription whose status is paused can be resumed.', 'id');
      return showSubscription(books, resumeSubscription(books, subscription));
    },
  ),
];

// Without a status Stripe leaves out the ones that have ended, and `ended` is those.
const hasStatus = (subscription: SubscriptionRecord, asked: string | undefined): boolean => {
  switch (asked) {
    case 'all':
      return true;
    case undefined:
      return !hasEnded(subscription);
    case 'ended':
      return hasEnded(subscription);
    default:
      return subscription.status === asked;
  }
};

const hasEnded = ({ status }: SubscriptionRecord): boolean =>
  status === 'canceled' || status === 'incomplete_expired';
