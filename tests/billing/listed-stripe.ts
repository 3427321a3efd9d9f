/** The port to Stripe over a plain list, for tests of rules: what customers are is set, and every answer can be held or failed. */
import {
  type Billing,
  BillingFault,
  type BillingFaultKind,
  type CustomerSummary,
} from '../../src/billing/billing.ts';
import type { CustomerId, CustomerState } from '../../src/billing/subscription.ts';

export type ListedStripe = Pick<
  Billing,
  'customerState' | 'customersWithEmail' | 'assignCustomer' | 'customerOf'
> & {
  /** What Stripe knows, as it is at this moment. */
  readonly customers: Map<CustomerId, CustomerState>;
  /** Questions for a customer's state that were asked so far. */
  asked(): number;
  /** The next question's answer says what is true now, and is given only when the function that comes back is called. */
  holdNext(): { readonly begun: Promise<void>; readonly release: () => void };
  /** While it is set, every question fails like that. */
  fault: BillingFaultKind | undefined;
};

export const listedStripe = (states: readonly CustomerState[] = []): ListedStripe => {
  const customers = new Map(states.map((state) => [state.id, state]));
  const held: { begin(): void; released: Promise<void> }[] = [];
  let asked = 0;
  const refuse = (): void => {
    if (stripe.fault !== undefined) throw new BillingFault(stripe.fault, 'as the test says');
  };
  const stripe: ListedStripe = {
    customers,
    asked: () => asked,
    fault: undefined,
    holdNext: () => {
      const [begun, released] = [signal(), signal()];
      held.push({ begin: begun.give, released: released.given });
      return { begun: begun.given, release: released.give };
    },
    customerState: async (id) => {
      asked += 1;
      refuse();
      const state = customers.get(id);
      const hold = held.shift();
      hold?.begin();
      await hold?.released;
      return state;
    },
    customersWithEmail: async (email) => {
      refuse();
      return [...customers.values()].flatMap((state): CustomerSummary[] =>
        state.email === email && !state.deleted ? [{ id: state.id, email, metadata: state.metadata }] : [],
      );
    },
    assignCustomer: async (id, { reader, email }) => {
      refuse();
      const state = customers.get(id);
      if (!state || state.deleted) throw new BillingFault('refused', 'No such customer.', 'resource_missing');
      customers.set(id, {
        ...state,
        metadata: { ...state.metadata, gatefold_reader: reader },
        ...(email === undefined ? {} : { email }),
      });
    },
    customerOf: async ({ refers }) => {
      refuse();
      return refers.charge?.replace(/^ch_of_/, '') as CustomerId | undefined;
    },
  };
  return stripe;
};

const signal = () => {
  let give = (): void => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give, given };
};
