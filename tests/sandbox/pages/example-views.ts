/** Views that the tests of the sandbox's pages share: each as the offline Stripe would give it. */
import type {
  ChallengeView,
  CheckoutView,
  EventView,
  InvoiceView,
  LineView,
  PortalView,
  SubscriptionView,
} from '../../../src/sandbox/hosted.ts';

export const day = 86_400_000;
/** Noon in UTC. */
export const now = Date.UTC(2026, 10, 23, 12);

export const line = (over: Partial<LineView> = {}): LineView => ({
  priceId: 'price_monthly',
  productName: 'Everything in The Reading Room',
  description: 'Both magazines, and what comes next',
  quantity: 1,
  unitAmount: 900,
  currency: 'eur',
  interval: 'month',
  intervalCount: 1,
  ...over,
});

export const checkout = (over: Partial<CheckoutView> = {}): CheckoutView => ({
  id: 'cs_test_1',
  status: 'open',
  mode: 'subscription',
  lines: [line()],
  currency: 'eur',
  amountDue: 900,
  amountTotal: 900,
  promotionCodes: true,
  emailFixed: false,
  locale: 'en',
  expiresAt: now + day,
  successUrl: 'http://127.0.0.1:1/-/checkout/return?session_id=cs_test_1',
  cancelUrl: 'http://127.0.0.1:1/-/subscribe',
  ...over,
});

export const subscription = (over: Partial<SubscriptionView> = {}): SubscriptionView => ({
  id: 'sub_1',
  status: 'active',
  lines: [line()],
  periodEndsAt: now + 20 * day,
  alternatives: [line({ priceId: 'price_yearly', unitAmount: 9000, interval: 'year' })],
  resumable: false,
  ...over,
});

export const invoice = (over: Partial<InvoiceView> = {}): InvoiceView => ({
  id: 'in_1',
  number: 'GF-0001',
  status: 'paid',
  createdAt: now - 10 * day,
  amount: 900,
  currency: 'eur',
  lines: [{ description: '1 × Everything in The Reading Room', amount: 900 }],
  subscriptionId: 'sub_1',
  payable: false,
  ...over,
});

export const portal = (over: Partial<PortalView> = {}): PortalView => ({
  id: 'bps_1',
  returnUrl: 'http://127.0.0.1:1/-/account',
  customer: { id: 'cus_1', email: 'ada@example.org', name: 'Ada Lovelace' },
  card: { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2034 },
  subscriptions: [
    subscription(),
    subscription({
      id: 'sub_2',
      status: 'past_due',
      lines: [line({ productName: 'Lamplight', unitAmount: 400 })],
      alternatives: [],
    }),
    subscription({
      id: 'sub_3',
      status: 'active',
      cancelAt: now + 5 * day,
      resumable: true,
      lines: [line({ productName: 'The Tidewater Review', quantity: 2 })],
    }),
  ],
  invoices: [
    invoice({ id: 'in_2', number: 'GF-0002', status: 'open', payable: true, nextAttemptAt: now + 3 * day }),
    invoice(),
    invoice({ id: 'in_0', number: 'GF-0000', status: 'void' }),
  ],
  locale: 'en',
  ...over,
});

export const challenge: ChallengeView = {
  id: 'chl_1',
  amount: 900,
  currency: 'eur',
  card: { brand: 'visa', last4: '3184', expMonth: 12, expYear: 2034 },
};

export const events: readonly EventView[] = [
  {
    id: 'evt_2',
    type: 'customer.subscription.updated',
    createdAt: now,
    about: 'sub_1TestSubscriptionIdOfLength',
    deliveries: [
      { url: 'http://127.0.0.1:8080/-/webhooks/stripe', state: 'waiting', attempts: 2, lastAnswer: '503' },
      {
        url: 'http://127.0.0.1:9090/other',
        state: 'given-up',
        attempts: 16,
        lastAnswer: 'connection refused',
      },
    ],
  },
  {
    id: 'evt_1',
    type: 'entitlements.active_entitlement_summary.updated',
    createdAt: now - 1000,
    deliveries: [
      { url: 'http://127.0.0.1:8080/-/webhooks/stripe', state: 'delivered', attempts: 1, lastAnswer: '200' },
    ],
  },
  { id: 'evt_0', type: 'price.created', createdAt: now - 5000, deliveries: [] },
];
