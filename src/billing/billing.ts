/** The port to Stripe: questions and orders in Gatefold's words. Only `stripe-*` files know how they are put. */

import type { ReaderId } from '../readers/reader.ts';
import type { Sale } from './sale-steps.ts';
import type { CheckoutId, CustomerId, CustomerState, PriceId, SubscriptionState } from './subscription.ts';

/**
 * Every call rejects with a `BillingFault` when Stripe can't be asked, refuses, or answers something that isn't what was
 * asked for; nothing of such an answer is used.
 */
export interface Billing {
  /** Of the key: an event of the other mode is refused. */
  readonly live: boolean;
  /** Unknown and inactive prices are left out. Kept for a few minutes. */
  prices(ids: readonly PriceId[]): Promise<readonly PriceFacts[]>;
  /** One customer per reader: the same reader gets the same customer, however many ask at once. */
  createCustomer(asked: NewCustomer): Promise<CustomerId>;
  /** Everything of the customer, all pages. Undefined: Stripe has never heard of it. */
  customerState(id: CustomerId): Promise<CustomerState | undefined>;
  customersWithEmail(email: string): Promise<readonly CustomerSummary[]>;
  /** Writes whose it is (metadata `gatefold_reader`) and, where given, the proved address. */
  assignCustomer(id: CustomerId, to: { readonly reader: ReaderId; readonly email?: string }): Promise<void>;
  openCheckout(asked: NewCheckout): Promise<CheckoutFacts>;
  /** Undefined: unknown. */
  checkout(id: CheckoutId): Promise<CheckoutFacts | undefined>;
  openCheckouts(customer: CustomerId): Promise<readonly CheckoutFacts[]>;
  /** Complete, and not paid: the money is under way, or the bank refused it later. */
  unpaidCheckouts(customer: CustomerId): Promise<readonly CheckoutFacts[]>;
  /** True when it is expired now; false when it was no longer open. */
  expireCheckout(id: CheckoutId): Promise<boolean>;
  /** Address of the hosted portal. `flow`: straight to that task. */
  openPortal(asked: {
    readonly customer: CustomerId;
    readonly returnUrl: string;
    readonly locale?: string;
    readonly flow?: PortalFlow;
  }): Promise<string>;
  /** Ends a subscription now (`erase`), without a refund. */
  cancelNow(subscription: SubscriptionState['id']): Promise<void>;
  /** Verifies the signature against every secret; never throws, whatever was sent. */
  readEvent(body: Buffer, signature: string | undefined): EventReading;
  /** Customer of an event's object that names none (a dispute names a charge). Undefined: there is none. */
  customerOf(subject: EventSubject): Promise<CustomerId | undefined>;
  /** Events of the types that change access whose delivery failed, oldest last, at most 30 days back. */
  undeliveredEvents(since: number): AsyncIterable<readonly BillingEvent[]>;
  /**
   * Every subscription of every status, a page (≤ 100) at a time, from behind the cursor. A list doesn't tell
   * `owedSince` and `reversal`: they are absent, whatever is owed or was given back.
   */
  allSubscriptions(after?: SubscriptionState['id']): AsyncIterable<readonly SweptSubscription[]>;
  /** Every pass that was paid for, by checkouts that were made since then, a page at a time; subscriptions don't name them. */
  paidPasses(since: number): AsyncIterable<readonly SweptPass[]>;
}

export interface PriceFacts {
  readonly id: PriceId;
  /** ISO 4217, lower case, as Stripe writes it. */
  readonly currency: string;
  /** In the currency's smallest unit as Stripe counts it; JPY has none smaller than one yen. Absent: tiered or decimal below the unit. */
  readonly unitAmount?: number;
  readonly interval?: 'day' | 'week' | 'month' | 'year';
  readonly intervalCount?: number;
  /** Other currencies of the same price (`currency_options`). */
  readonly otherAmounts: Readonly<Record<string, number>>;
}

export interface NewCustomer {
  readonly reader: ReaderId;
  /** Only where it is proved. */
  readonly email?: string;
  readonly locale: string;
}

export interface CustomerSummary {
  readonly id: CustomerId;
  readonly email?: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface NewCheckout {
  readonly customer: CustomerId;
  readonly mode: 'subscription' | 'payment';
  readonly price: PriceId;
  /** Holds `{CHECKOUT_SESSION_ID}`. */
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly locale: string;
  readonly trialDays?: number;
  readonly promotionCodes: boolean;
  /** On the session and on the subscription: reader, plan, browser (a hash). */
  readonly metadata: Readonly<Record<string, string>>;
  /** Equal orders with equal keys within a day give the same session, told as it is by then. */
  readonly idempotencyKey: string;
}

export interface CheckoutFacts {
  readonly id: CheckoutId;
  readonly status: 'open' | 'complete' | 'expired';
  readonly paymentStatus: 'paid' | 'unpaid' | 'no_payment_required';
  readonly mode: 'subscription' | 'payment';
  /**
   * Of a pass that is complete and unpaid: the money is on its way, or was refused for good. Absent in `subscription`
   * mode, where the subscription's status says it.
   */
  readonly payment?: 'under-way' | 'refused';
  readonly customer?: CustomerId;
  /** As typed there; it proves nothing. */
  readonly email?: string;
  /** Of the hosted page, while it is open. */
  readonly url?: string;
  readonly createdAt: number;
  readonly metadata: Readonly<Record<string, string>>;
}

export type PortalFlow =
  | { readonly kind: 'payment-method' }
  | { readonly kind: 'cancel'; readonly subscription: SubscriptionState['id'] };

export interface BillingEvent {
  readonly id: string;
  readonly type: string;
  readonly createdAt: number;
  readonly subject: EventSubject;
  /** A checkout of ours that was paid, as the event itself tells it: for counting, and for nothing that anybody reads by. */
  readonly sale?: Sale;
}

/** Whose state an event may have changed. `customer` is absent where the object names none. */
export interface EventSubject {
  readonly customer?: CustomerId;
  /** Stripe's `object` and `id` of the event's object, where it has them. */
  readonly object?: string;
  readonly id?: string;
  /** Other ids to find the customer by: `charge`, `payment_intent`, `invoice`. */
  readonly refers: Readonly<Record<string, string>>;
}

export type EventReading =
  | { readonly kind: 'event'; readonly event: BillingEvent }
  /** Signed and well-formed, and nothing that access depends on. */
  | { readonly kind: 'ignored'; readonly type: string }
  | {
      readonly kind: 'refused';
      readonly why:
        | 'no-signature'
        | 'bad-signature'
        | 'too-old'
        | 'not-json'
        | 'not-an-event'
        | 'thin-event'
        | 'wrong-mode'
        | 'other-account';
    };

export interface SweptSubscription {
  readonly customer: CustomerId;
  readonly customerMetadata: Readonly<Record<string, string>>;
  readonly customerEmail?: string;
  readonly subscription: SubscriptionState;
}

export interface SweptPass {
  readonly customer: CustomerId;
  readonly checkout: CheckoutId;
  /** The checkout's own. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Some time the money was given back in full or disputed; what came of it, only `customerState` says. */
  readonly contested: boolean;
}

export type BillingFaultKind =
  /** Connection refused, reset, timed out. */
  | 'unreachable'
  /** 5xx. */
  | 'stripe-down'
  /** 429. */
  | 'rate-limited'
  /** The key is wrong or may not. */
  | 'not-allowed'
  /** 4xx: what was asked is wrong. */
  | 'refused'
  /** An answer that isn't the object that was asked for. */
  | 'nonsense';

/** Stripe couldn't be asked or didn't answer; `code` is Stripe's own where there is one. Holds no secret and no address. */
export class BillingFault extends Error {
  readonly kind: BillingFaultKind;
  readonly code: string | undefined;
  constructor(kind: BillingFaultKind, message: string, code?: string) {
    super(message);
    this.name = 'BillingFault';
    this.kind = kind;
    this.code = code;
  }
}
