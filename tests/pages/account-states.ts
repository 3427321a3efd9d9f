/** The account page in its states, for the tests that look at it. */
import type { AccountFacts } from '../../src/pages/account-page.tsx';
import type { AccountSubscription, SubscriptionStanding } from '../../src/pages/account-subscription.tsx';
import { accountFacts, firstOfDecember } from './example-facts.ts';

const dayMs = 86_400_000;
const soon = firstOfDecember + 12 * dayMs;

export const standings: readonly SubscriptionStanding[] = [
  { kind: 'trialing', at: soon },
  { kind: 'trialEnds', at: soon },
  { kind: 'renews', at: soon },
  { kind: 'renewing' },
  { kind: 'paymentsPaused' },
  { kind: 'pastDue', endsAt: soon },
  { kind: 'unpaid' },
  { kind: 'paused' },
  { kind: 'ends', at: soon },
  { kind: 'ended', at: firstOfDecember - dayMs },
  { kind: 'incomplete' },
  { kind: 'refunded' },
  { kind: 'disputed' },
  { kind: 'unknown' },
];

export const subscriptionIn = (
  standing: SubscriptionStanding,
  more: Partial<AccountSubscription> = {},
): AccountSubscription => ({
  id: `sub_${standing.kind}`,
  planName: 'Digital, monthly',
  quantity: 1,
  standing,
  cancellable: !/ends|ended|incomplete/i.test(standing.kind),
  ...more,
});

const paying = (...subscriptions: readonly AccountSubscription[]): Partial<AccountFacts> => ({
  billing: { customers: [{ id: 'cus_1', subscriptions }], elsewhere: [] },
  entitlements: [
    { productName: 'Everything', source: 'subscription', startsAt: 0, endsAt: soon + 7 * dayMs },
  ],
});

const { email: _, ...withoutEmail } = accountFacts;

export const accountStates: Readonly<Record<string, AccountFacts>> = {
  renewing: { ...accountFacts, ...paying(subscriptionIn({ kind: 'renews', at: soon })) },
  'past due': {
    ...accountFacts,
    ...paying(subscriptionIn({ kind: 'pastDue', endsAt: soon })),
    entitlements: [
      { productName: 'Everything', source: 'subscription', startsAt: 0, endsAt: soon, paymentDue: true },
    ],
    allowedDevices: 3,
  },
  'every standing': { ...accountFacts, ...paying(...standings.map((standing) => subscriptionIn(standing))) },
  'several, and Stripe silent': {
    ...accountFacts,
    entitlements: [
      { productName: 'Everything', source: 'subscription', startsAt: 0, endsAt: soon },
      { productName: 'The crossword', source: 'pass', startsAt: 0, endsAt: soon },
    ],
    billing: {
      customers: [
        {
          id: 'cus_1',
          subscriptions: [
            subscriptionIn({ kind: 'renews', at: soon }, { quantity: 3 }),
            subscriptionIn({ kind: 'ends', at: soon }, { planName: 'Print' }),
          ],
        },
        { id: 'cus_2', subscriptions: [] },
      ],
      elsewhere: ['Everything'],
      stale: { knownAt: firstOfDecember - dayMs },
    },
  },
  unproved: {
    ...withoutEmail,
    ...paying(subscriptionIn({ kind: 'renews', at: soon })),
    billing: {
      customers: [{ id: 'cus_1', subscriptions: [subscriptionIn({ kind: 'renews', at: soon })] }],
      elsewhere: [],
      typedEmail: 'ada@example.org',
    },
  },
  'paid for, managed elsewhere': {
    ...withoutEmail,
    entitlements: [{ productName: 'Everything', source: 'subscription', startsAt: 0, endsAt: soon }],
    billing: { customers: [], elsewhere: ['Everything'] },
  },
  'sent here instead of to a checkout': {
    ...accountFacts,
    ...paying(subscriptionIn({ kind: 'trialing', at: soon })),
    subscribedAlready: true,
  },
};
