/** One delivery of Stripe's: an event is a trigger, and what has changed is asked of Stripe itself. */
import { type Billing, BillingFault, type BillingFaultKind, type EventReading } from './billing.ts';
import type { RefreshCustomer } from './refresh-customer.ts';
import type { SaleSteps } from './sale-steps.ts';

export type EventOutcome =
  /** The customer's access is what Stripe says. */
  | { readonly kind: 'refreshed'; readonly changed: boolean }
  /** Well-formed, and no reader's access hangs on it: of a type, a customer or a charge that is none of ours. */
  | {
      readonly kind: 'ignored';
      readonly why: 'type' | 'no-customer' | 'not-linked' | 'unknown-customer';
    }
  /** Not a delivery of ours; sending it again would change nothing. */
  | { readonly kind: 'refused'; readonly why: Extract<EventReading, { kind: 'refused' }>['why'] }
  /** To be sent again: Stripe or the store could not be asked, and nothing is lost by waiting. */
  | { readonly kind: 'failed'; readonly why: BillingFaultKind | 'store'; readonly error: unknown };

/** Never rejects. */
export type ReceiveEvent = (body: Buffer, signature: string | undefined) => Promise<EventOutcome>;

export interface ReceiveEventDeps {
  readonly billing: Pick<Billing, 'readEvent' | 'customerOf'>;
  readonly refresh: RefreshCustomer;
  /** Told of every outcome, for the metrics and the log. `type` is absent of what was refused unread. */
  readonly count?: (outcome: EventOutcome, type: string | undefined) => void;
  /** Told of what was sold, once access to it was given. */
  readonly onSale?: SaleSteps['sold'];
}

export const createReceiveEvent =
  ({ billing, refresh, count, onSale }: ReceiveEventDeps): ReceiveEvent =>
  async (body, signature) => {
    const reading = billing.readEvent(body, signature);
    const outcome = await outcomeOf(reading, billing, refresh).catch(failure);
    count?.(outcome, typeOf(reading));
    if (outcome.kind === 'refreshed' && reading.kind === 'event' && reading.event.sale)
      onSale?.(reading.event.sale);
    return outcome;
  };

async function outcomeOf(
  reading: EventReading,
  billing: ReceiveEventDeps['billing'],
  refresh: RefreshCustomer,
): Promise<EventOutcome> {
  switch (reading.kind) {
    case 'refused':
      return { kind: 'refused', why: reading.why };
    case 'ignored':
      return { kind: 'ignored', why: 'type' };
    case 'event': {
      const { subject } = reading.event;
      const customer = subject.customer ?? (await billing.customerOf(subject));
      if (customer === undefined) return { kind: 'ignored', why: 'no-customer' };
      const refreshed = await refresh(customer);
      switch (refreshed.kind) {
        case 'refreshed':
          return { kind: 'refreshed', changed: refreshed.changed };
        case 'unlinked':
          return { kind: 'ignored', why: 'not-linked' };
        case 'unknown-customer':
          return refreshed.changed
            ? { kind: 'refreshed', changed: true }
            : { kind: 'ignored', why: 'unknown-customer' };
        default:
          return refreshed satisfies never;
      }
    }
    default:
      return reading satisfies never;
  }
}

const failure = (error: unknown): EventOutcome => ({
  kind: 'failed',
  why: error instanceof BillingFault ? error.kind : 'store',
  error,
});

const typeOf = (reading: EventReading): string | undefined => {
  switch (reading.kind) {
    case 'event':
      return reading.event.type;
    case 'ignored':
      return reading.type;
    case 'refused':
      return undefined;
    default:
      return reading satisfies never;
  }
};
