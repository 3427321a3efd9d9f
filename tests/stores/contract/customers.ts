/** Customers for tests, with everything filled in that a test doesn't care about. */
import { randomUUID } from 'node:crypto';
import type {
  CheckoutId,
  CustomerId,
  CustomerState,
  PriceId,
  SubscriptionId,
  SubscriptionState,
} from '../../../src/billing/subscription.ts';
import { dayMs, noon } from './meter-asks.ts';

/** Nobody else's, so that tests can share a server. */
export const newCustomerId = (): CustomerId => `cus_${randomUUID()}` as CustomerId;

export const subscription = (parts: Partial<SubscriptionState> = {}): SubscriptionState => ({
  id: 'sub_1' as SubscriptionId,
  status: 'active',
  items: [
    {
      price: 'price_monthly' as PriceId,
      quantity: 1,
      periodStartsAt: noon,
      periodEndsAt: noon + 30 * dayMs,
    },
  ],
  createdAt: noon,
  startedAt: noon,
  collectionPaused: false,
  metadata: {},
  ...parts,
});

export const stateOf = (id: CustomerId, parts: Partial<CustomerState> = {}): CustomerState => ({
  id,
  deleted: false,
  metadata: {},
  subscriptions: [subscription()],
  passes: [],
  features: [],
  ...parts,
});

/** Every field that there is, with text that no store may trip over. */
export const fullStateOf = (id: CustomerId): CustomerState =>
  stateOf(id, {
    email: 'zoë.o’hara@example.org',
    metadata: { gatefold_reader: 'r', 'a "quoted" {key}': 'ä💡\n\u2028' },
    subscriptions: [
      subscription({
        status: 'a_status_of_next_year',
        cancelAt: noon + dayMs,
        endedAt: noon + 2 * dayMs,
        trialEndsAt: noon + 3 * dayMs,
        collectionPaused: true,
        owedSince: noon - dayMs,
        reversal: 'refunded',
        metadata: { plan: 'yearly' },
      }),
      subscription({ id: 'sub_2' as SubscriptionId, items: [] }),
    ],
    passes: [
      {
        checkout: 'cs_1' as CheckoutId,
        price: 'price_week' as PriceId,
        paidAt: noon,
        reversal: 'disputed',
      },
    ],
    features: ['all', 'archive'],
  });
