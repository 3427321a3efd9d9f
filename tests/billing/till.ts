/** A small Stripe at the port, for tests of checkout: what is open, what was paid, and a hand that can hold any answer back. */
import {
  type Billing,
  BillingFault,
  type CheckoutFacts,
  type NewCheckout,
  type PriceFacts,
} from '../../src/billing/billing.ts';
import type {
  CheckoutId,
  CustomerId,
  CustomerState,
  PassState,
  PriceId,
  SubscriptionId,
  SubscriptionState,
} from '../../src/billing/subscription.ts';

const dayMs = 86_400_000;

interface Session extends CheckoutFacts {
  readonly asked: NewCheckout;
}

interface Customer {
  readonly id: CustomerId;
  readonly metadata: Record<string, string>;
  email?: string;
  deleted: boolean;
  readonly subscriptions: SubscriptionState[];
  readonly passes: PassState[];
}

export type Call = keyof Billing;

export const price = (id: string, facts: Partial<PriceFacts> = {}): PriceFacts => ({
  id: id as PriceId,
  currency: 'eur',
  unitAmount: 900,
  interval: 'month',
  intervalCount: 1,
  otherAmounts: {},
  ...facts,
});

/** @param mark stands in every id: two tills before one store must not have the same. */
export function createTill(clock: () => number, prices: readonly PriceFacts[] = [], mark = 'test') {
  const customers = new Map<CustomerId, Customer>();
  const sessions = new Map<CheckoutId, Session>();
  const remembered = new Map<string, CheckoutId | CustomerId>();
  const calls: Call[] = [];
  const till = {
    prices: [...prices],
    calls,
    sessions,
    customers,
    /** Told of each call before it is answered; may wait, throw, or do what another tab does meanwhile. */
    before: async (_call: Call): Promise<void> => undefined,
    /** The same after Stripe has done it, before the answer arrives. */
    after: async (_call: Call): Promise<void> => undefined,
  };
  let count = 0;
  const next = (kind: string): string => {
    count += 1;
    return `${kind}_${mark}_${String(count).padStart(4, '0')}`;
  };

  const asking = async <Answer>(call: Call, answer: () => Answer): Promise<Answer> => {
    calls.push(call);
    await till.before(call);
    const given = answer();
    await till.after(call);
    return given;
  };

  const customerOf = (id: CustomerId): Customer => {
    const found = customers.get(id);
    if (!found) throw new BillingFault('refused', 'no such customer', 'resource_missing');
    return found;
  };

  const change = (id: CheckoutId, facts: Partial<CheckoutFacts>): void => {
    const session = sessions.get(id);
    if (!session) throw new Error(`no session ${id}`);
    sessions.set(id, { ...session, ...facts });
  };

  const stateOf = (customer: Customer): CustomerState => ({
    id: customer.id,
    deleted: customer.deleted,
    ...(customer.email === undefined ? {} : { email: customer.email }),
    metadata: { ...customer.metadata },
    subscriptions: [...customer.subscriptions],
    passes: [...customer.passes],
    features: [],
  });

  const facts = (session: Session | undefined): CheckoutFacts | undefined => {
    if (!session) return undefined;
    const { asked: _, url, ...rest } = session;
    return session.status === 'open' && url !== undefined ? { ...rest, url } : rest;
  };

  const open = (customer: CustomerId): CheckoutFacts[] =>
    [...sessions.values()]
      .filter((session) => session.customer === customer && session.status === 'open')
      .flatMap((session) => facts(session) ?? []);

  const billing = {
    prices: (ids) => asking('prices', () => till.prices.filter(({ id }) => ids.includes(id))),
    createCustomer: ({ reader, email }) =>
      asking('createCustomer', () => {
        const known = remembered.get(`customer ${reader}`) as CustomerId | undefined;
        const reusable =
          known &&
          customers.get(known)?.metadata.gatefold_reader === reader &&
          !customers.get(known)?.deleted;
        if (known && reusable) return known;
        const id = next('cus') as CustomerId;
        remembered.set(`customer ${reader}`, id);
        customers.set(id, {
          id,
          metadata: { gatefold_reader: reader },
          ...(email === undefined ? {} : { email }),
          deleted: false,
          subscriptions: [],
          passes: [],
        });
        return id;
      }),
    customerState: (id) =>
      asking('customerState', () => {
        const found = customers.get(id);
        return found && stateOf(found);
      }),
    customersWithEmail: (email) =>
      asking('customersWithEmail', () =>
        [...customers.values()]
          .filter((customer) => customer.email === email && !customer.deleted)
          .map(({ id, metadata }) => ({ id, email, metadata: { ...metadata } })),
      ),
    assignCustomer: (id, { reader, email }) =>
      asking('assignCustomer', () => {
        const customer = customerOf(id);
        customer.metadata.gatefold_reader = reader;
        if (email !== undefined) customer.email = email;
      }),
    openCheckout: (asked) =>
      asking('openCheckout', () => {
        const known = remembered.get(asked.idempotencyKey) as CheckoutId | undefined;
        const before = known && facts(sessions.get(known));
        if (before) return before;
        if (!till.prices.some(({ id }) => id === asked.price))
          throw new BillingFault('refused', 'no such price');
        const id = next('cs') as CheckoutId;
        remembered.set(asked.idempotencyKey, id);
        const session: Session = {
          id,
          asked,
          status: 'open',
          paymentStatus: 'unpaid',
          mode: asked.mode,
          customer: asked.customer,
          url: `https://checkout.stripe.example/c/${id}`,
          createdAt: Math.floor(clock() / 1000) * 1000,
          metadata: asked.metadata,
        };
        sessions.set(id, session);
        return facts(session) as CheckoutFacts;
      }),
    checkout: (id) => asking('checkout', () => facts(sessions.get(id))),
    openCheckouts: (customer) => asking('openCheckouts', () => open(customer)),
    unpaidCheckouts: (customer) =>
      asking('unpaidCheckouts', () =>
        [...sessions.values()]
          .filter((session) => session.customer === customer && session.status === 'complete')
          .filter(({ paymentStatus }) => paymentStatus === 'unpaid')
          .flatMap((session) => facts(session) ?? []),
      ),
    expireCheckout: (id) =>
      asking('expireCheckout', () => {
        if (sessions.get(id)?.status !== 'open') return false;
        change(id, { status: 'expired' });
        return true;
      }),
  } satisfies Partial<Billing>;

  /** As a person at Stripe's page: whoever comes too late finds it expired. */
  const pay = (id: CheckoutId, how: { readonly later?: boolean; readonly email?: string } = {}): boolean => {
    const session = sessions.get(id);
    if (session?.status !== 'open' || session.customer === undefined) return false;
    const { asked } = session;
    const customer = customerOf(session.customer);
    if (how.email !== undefined) customer.email = how.email;
    const paid = asked.trialDays === undefined ? 'paid' : 'no_payment_required';
    const ofPass = asked.mode === 'payment' && how.later ? { payment: 'under-way' as const } : {};
    change(id, { status: 'complete', paymentStatus: how.later ? 'unpaid' : paid, ...ofPass });
    if (asked.mode === 'subscription') customer.subscriptions.push(begun(asked, how.later === true));
    else if (!how.later) customer.passes.push({ checkout: id, price: asked.price, paidAt: clock() });
    return true;
  };

  const begun = ({ price: bought, trialDays, metadata }: NewCheckout, later: boolean): SubscriptionState => {
    const at = clock();
    const endsAt = at + (trialDays ?? 30) * dayMs;
    return {
      id: next('sub') as SubscriptionId,
      status: later ? 'incomplete' : trialDays === undefined ? 'active' : 'trialing',
      items: [{ price: bought, quantity: 1, periodStartsAt: at, periodEndsAt: endsAt }],
      createdAt: at,
      startedAt: at,
      collectionPaused: false,
      metadata,
    };
  };

  /** The bank's answer to a payment that was put off. */
  const settle = (id: CheckoutId, to: 'active' | 'incomplete_expired'): void => {
    const session = sessions.get(id);
    const customer = session?.customer && customers.get(session.customer);
    if (!customer) throw new Error(`nothing to settle: ${id}`);
    const last = customer.subscriptions.pop();
    if (last) customer.subscriptions.push({ ...last, status: to });
    if (to === 'active') change(id, { paymentStatus: 'paid' });
  };

  /** The bank's answer to a pass whose payment was put off. */
  const settlePass = (id: CheckoutId, paid: boolean): void => {
    const session = sessions.get(id);
    if (session?.customer === undefined) throw new Error(`nothing to settle: ${id}`);
    change(id, { payment: 'refused' });
    if (!paid) return;
    const { payment: _, ...rest } = session;
    sessions.set(id, { ...rest, paymentStatus: 'paid' });
    customerOf(session.customer).passes.push({ checkout: id, price: session.asked.price, paidAt: clock() });
  };

  const live = (): readonly SubscriptionState[] =>
    [...customers.values()].flatMap(({ subscriptions }) =>
      subscriptions.filter(({ status }) => status === 'active' || status === 'trialing'),
    );

  const newest = (): CheckoutId => {
    const id = [...sessions.keys()].at(-1);
    if (!id) throw new Error('no session was opened');
    return id;
  };

  return Object.assign(till, {
    billing,
    pay,
    settle,
    settlePass,
    live,
    newest,
    open: () => [...customers.keys()].flatMap(open),
  });
}

export type Till = ReturnType<typeof createTill>;
