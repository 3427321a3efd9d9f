/** The listed Stripe with its orders: what is cancelled is cancelled, and what was ordered can be looked at. */
import { type Billing, BillingFault } from '../../src/billing/billing.ts';
import { type ListedStripe, listedStripe } from '../billing/listed-stripe.ts';

type Orders = Pick<Billing, 'openPortal' | 'cancelNow' | 'openCheckouts' | 'expireCheckout'>;

export type OrderedStripe = ListedStripe &
  Orders & {
    /** What the portal was opened for, in order. */
    readonly portals: Parameters<Billing['openPortal']>[0][];
    /** Open Checkout Sessions, by customer. */
    readonly checkouts: Map<string, string[]>;
  };

export const orderedStripe = (now: () => number): OrderedStripe => {
  const listed = listedStripe();
  const portals: OrderedStripe['portals'] = [];
  const checkouts: OrderedStripe['checkouts'] = new Map();
  const refuse = (): void => {
    if (stripe.fault !== undefined) throw new BillingFault(stripe.fault, 'as the test says');
  };
  const orders: Orders & Pick<OrderedStripe, 'portals' | 'checkouts'> = {
    portals,
    checkouts,
    openPortal: async (asked) => {
      refuse();
      if (!stripe.customers.has(asked.customer))
        throw new BillingFault('refused', 'No such customer.', 'resource_missing');
      portals.push(asked);
      return `https://billing.stripe.com/p/session/${portals.length}`;
    },
    cancelNow: async (id) => {
      refuse();
      for (const [customer, state] of stripe.customers) {
        if (!state.subscriptions.some((each) => each.id === id)) continue;
        const subscriptions = state.subscriptions.map((each) =>
          each.id === id ? { ...each, status: 'canceled', endedAt: now() } : each,
        );
        stripe.customers.set(customer, { ...state, subscriptions });
        return;
      }
      throw new BillingFault('refused', 'No such subscription.', 'resource_missing');
    },
    openCheckouts: async (customer) => {
      refuse();
      return (checkouts.get(customer) ?? []).map((id) => ({ id })) as never;
    },
    expireCheckout: async (id) => {
      refuse();
      for (const open of checkouts.values()) {
        const place = open.indexOf(id);
        if (place >= 0) open.splice(place, 1);
      }
      return true;
    },
  };
  // The listed one looks at its own fault, so the orders are laid over it rather than copied beside it.
  const stripe = Object.assign(listed, orders);
  return stripe;
};
