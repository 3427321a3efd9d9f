/** The port to Stripe as a reconcile asks it, over customers that a test sets; lists are as poor as Stripe's are. */
import type { Billing, BillingEvent, SweptSubscription } from '../../src/billing/billing.ts';
import type { CustomerId, CustomerState, SubscriptionState } from '../../src/billing/subscription.ts';

export type Question =
  | { readonly what: 'state'; readonly customer: CustomerId }
  | { readonly what: 'page'; readonly after: string | undefined }
  | { readonly what: 'passes' }
  | { readonly what: 'events' };

export interface SweptStripe
  extends Pick<
    Billing,
    'customerState' | 'customerOf' | 'undeliveredEvents' | 'allSubscriptions' | 'paidPasses'
  > {
  readonly customers: Map<CustomerId, CustomerState>;
  readonly undelivered: BillingEvent[];
  /** Asked so far, in order. */
  readonly asked: Question[];
  pageSize: number;
  /** Before each answer; what it throws is the answer. */
  before: (question: Question) => void | Promise<void>;
  put(state: CustomerState): void;
  /** Stripe goes on listing a deleted customer's subscriptions, all canceled. */
  delete(id: CustomerId): void;
}

export const sweptStripe = (): SweptStripe => {
  const left = new Map<CustomerId, readonly SubscriptionState[]>();
  const answer = async <Answer>(question: Question, give: () => Answer): Promise<Answer> => {
    stripe.asked.push(question);
    await stripe.before(question);
    return give();
  };
  const listed = (): readonly SweptSubscription[] =>
    [...stripe.customers.values()]
      .flatMap((state) =>
        [...state.subscriptions, ...(left.get(state.id) ?? [])].map((each) => listAs(state, each)),
      )
      .sort((one, other) => newestFirst(one.subscription, other.subscription));
  const stripe: SweptStripe = {
    customers: new Map(),
    undelivered: [],
    asked: [],
    pageSize: 3,
    before: () => {},
    put: (state) => void stripe.customers.set(state.id, state),
    delete: (id) => {
      const canceled = (stripe.customers.get(id)?.subscriptions ?? []).map((each) => ({
        ...each,
        status: 'canceled',
      }));
      left.set(id, canceled);
      stripe.put({
        id,
        deleted: true,
        metadata: {},
        subscriptions: [],
        passes: [],
        features: [],
      });
    },
    customerState: (id) => answer({ what: 'state', customer: id }, () => stripe.customers.get(id)),
    customerOf: async ({ refers }) => refers.charge?.replace(/^ch_of_/, '') as CustomerId | undefined,
    undeliveredEvents: async function* (since) {
      const wanted = await answer({ what: 'events' }, () =>
        stripe.undelivered.filter(({ createdAt }) => createdAt >= since).reverse(),
      );
      for (let at = 0; at < wanted.length; at += stripe.pageSize)
        yield wanted.slice(at, at + stripe.pageSize);
    },
    allSubscriptions: async function* (after) {
      let last: string | undefined = after;
      for (;;) {
        const page = await answer({ what: 'page', after: last }, () =>
          pageBehind(listed(), last, stripe.pageSize),
        );
        if (page.length > 0) yield page;
        if (page.length < stripe.pageSize) return;
        last = page.at(-1)?.subscription.id;
      }
    },
    paidPasses: async function* (since) {
      yield await answer({ what: 'passes' }, () =>
        [...stripe.customers.values()].flatMap(({ id, metadata, passes }) =>
          passes
            .filter(({ paidAt }) => paidAt >= since)
            .map(({ checkout, reversal }) => ({
              customer: id,
              checkout,
              metadata,
              contested: reversal !== undefined,
            })),
        ),
      );
    },
  };
  return stripe;
};

const pageBehind = (all: readonly SweptSubscription[], last: string | undefined, size: number) => {
  const from = last === undefined ? 0 : all.findIndex(({ subscription }) => subscription.id === last) + 1;
  return all.slice(from, from + size);
};

const listAs = (
  { id, deleted, email, metadata }: CustomerState,
  { owedSince: _owed, reversal: _reversal, ...subscription }: SubscriptionState,
): SweptSubscription => ({
  customer: id,
  customerMetadata: deleted ? {} : metadata,
  ...(email === undefined || deleted ? {} : { customerEmail: email }),
  subscription,
});

const newestFirst = (one: SubscriptionState, other: SubscriptionState): number =>
  other.createdAt - one.createdAt || (one.id < other.id ? -1 : 1);
