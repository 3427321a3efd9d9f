/** `/v1/billing_portal/sessions`. */
import { type Fields, oneOf, required, shape, text, type Values } from '../api/parameters.ts';
import { invalid } from '../api/refusal.ts';
import { type Route, route } from '../api/route.ts';
import type { Books } from '../ledger/books.ts';
import type { PortalRecord } from '../ledger/records.ts';
import { announce } from '../life/announce.ts';
import { showPortal } from '../shapes/checkout.ts';
import { liveCustomer } from './customers.ts';
import { subscriptionOf } from './subscription-of.ts';

const ofSubscription = shape({
  subscription: required(text),
  retention: shape({
    type: required(oneOf('coupon_offer')),
    coupon_offer: shape({ coupon: required(text) }),
  }),
});

const flowFields = {
  type: required(oneOf('payment_method_update', 'subscription_cancel', 'subscription_update')),
  subscription_cancel: ofSubscription,
  subscription_update: ofSubscription,
  after_completion: shape({
    type: required(oneOf('hosted_confirmation', 'portal_homepage', 'redirect')),
    redirect: shape({ return_url: required(text) }),
    hosted_confirmation: shape({ custom_message: text }),
  }),
} as const satisfies Fields;

export const portalRoutes: readonly Route[] = [
  route(
    'POST',
    '/v1/billing_portal/sessions',
    {
      customer: required(text),
      return_url: text,
      locale: text,
      configuration: text,
      flow_data: shape(flowFields),
    },
    ({ books, given }) => {
      const customer = liveCustomer(books, given.customer, 'customer').id;
      for (const [name, url] of [
        ['return_url', given.return_url],
        [
          'flow_data[after_completion][redirect][return_url]',
          given.flow_data?.after_completion?.redirect?.return_url,
        ],
      ] as const)
        if (url !== undefined && !/^https?:\/\//.test(url))
          throw invalid(`Not a valid URL: ${name}`, name, 'url_invalid');
      const portal: PortalRecord = {
        id: books.newId('bps'),
        created: books.now(),
        customer,
        returnUrl: given.return_url ?? null,
        locale: given.locale ?? null,
        flow: given.flow_data ? flowOf(books, customer, given.flow_data) : null,
      };
      books.portals.put(portal);
      announce(books, 'billing_portal.session.created', showPortal(books, portal));
      return showPortal(books, portal);
    },
  ),
];

const flowOf = (books: Books, customer: string, given: Values<typeof flowFields>): PortalRecord['flow'] => {
  const { type, after_completion: after } = given;
  if (after?.type === 'redirect' && !after.redirect)
    throw invalid(
      'A redirect needs its return_url.',
      'flow_data[after_completion][redirect]',
      'parameter_missing',
    );
  const afterUrl = after?.type === 'redirect' ? (after.redirect?.return_url ?? null) : null;
  if (type === 'payment_method_update') return { type, subscription: null, afterUrl };
  const param = `flow_data[${type}][subscription]`;
  const asked = given[type]?.subscription;
  if (asked === undefined) throw invalid(`Missing required param: ${param}.`, param, 'parameter_missing');
  const subscription = subscriptionOf(books, asked, param);
  if (subscription.customer !== customer) throw invalid('This subscription is another customer’s.', param);
  if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired')
    throw invalid('This subscription has ended.', param);
  // Stripe refuses the page too where there is nothing left to be cancelled.
  if (type === 'subscription_cancel' && subscription.cancelAt !== null)
    throw invalid('This subscription is to be cancelled already.', param);
  return { type, subscription: subscription.id, afterUrl };
};
