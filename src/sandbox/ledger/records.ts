/** What the sandbox keeps of each of Stripe's objects: what differs from one to the next. Times are seconds, as Stripe's are. */

type Metadata = Readonly<Record<string, string>>;

export interface ProductRecord {
  readonly id: string;
  readonly created: number;
  readonly updated: number;
  readonly name: string;
  readonly description: string | null;
  readonly active: boolean;
  readonly defaultPrice: string | null;
  readonly metadata: Metadata;
  /** Entitlement features attached to it. */
  readonly features: readonly { readonly id: string; readonly feature: string }[];
}

export type Interval = 'day' | 'week' | 'month' | 'year';

export interface PriceRecord {
  readonly id: string;
  readonly created: number;
  readonly product: string;
  readonly active: boolean;
  readonly currency: string;
  /** Null: below the smallest unit; then only the decimal says it. */
  readonly unitAmount: number | null;
  readonly unitAmountDecimal: string;
  readonly recurring: {
    readonly interval: Interval;
    readonly count: number;
    readonly trialDays: number | null;
  } | null;
  readonly otherCurrencies: Readonly<Record<string, number>>;
  readonly lookupKey: string | null;
  readonly nickname: string | null;
  readonly metadata: Metadata;
}

export interface CustomerRecord {
  readonly id: string;
  readonly created: number;
  readonly deleted: boolean;
  readonly email: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly phone: string | null;
  readonly locales: readonly string[];
  readonly metadata: Metadata;
  readonly paymentMethod: string | null;
  /** Negative: in the customer's favour. */
  readonly balance: number;
  readonly currency: string | null;
  readonly delinquent: boolean;
  /** Next invoice's number. */
  readonly invoices: number;
  /** Features it is entitled to, as last announced. */
  readonly features: readonly string[];
}

export interface PaymentMethodRecord {
  readonly id: string;
  readonly created: number;
  readonly customer: string | null;
  readonly kind: 'card' | 'sepa_debit';
  /** A test number or IBAN: what it does is written in `test-cards.ts`. */
  readonly number: string;
  readonly expMonth: number;
  readonly expYear: number;
  readonly name: string | null;
  readonly email: string | null;
  /** The bank's question was answered for later payments as well. */
  readonly setUp: boolean;
}

export interface ItemRecord {
  readonly id: string;
  readonly created: number;
  readonly price: string;
  readonly quantity: number;
  readonly periodStart: number;
  readonly periodEnd: number;
  readonly metadata: Metadata;
}

export type SubscriptionStatus =
  | 'active'
  | 'canceled'
  | 'incomplete'
  | 'incomplete_expired'
  | 'past_due'
  | 'paused'
  | 'trialing'
  | 'unpaid';

export interface SubscriptionRecord {
  readonly id: string;
  readonly created: number;
  readonly customer: string;
  readonly status: SubscriptionStatus;
  readonly currency: string;
  readonly items: readonly ItemRecord[];
  /** Periods are counted from here, so that the 31st stays the 31st. */
  readonly anchor: number;
  readonly cancelAt: number | null;
  readonly cancelAtPeriodEnd: boolean;
  readonly canceledAt: number | null;
  readonly endedAt: number | null;
  readonly cancellationReason: 'cancellation_requested' | 'payment_failed' | 'payment_disputed' | null;
  readonly cancellationComment: string | null;
  /** Incomplete: the first payment must come before; null while a bank debit is under way. */
  readonly expiresAt: number | null;
  readonly trialStart: number | null;
  readonly trialEnd: number | null;
  readonly trialAnnounced: boolean;
  readonly withoutPaymentMethod: 'create_invoice' | 'cancel' | 'pause';
  readonly pause: { readonly behavior: PauseBehavior; readonly resumesAt: number | null } | null;
  readonly latestInvoice: string | null;
  readonly paymentMethod: string | null;
  readonly description: string | null;
  readonly discounts: readonly string[];
  /** Of a change within a period; they go onto the next invoice. */
  readonly pendingLines: readonly LineRecord[];
  readonly metadata: Metadata;
}

export type PauseBehavior = 'keep_as_draft' | 'mark_uncollectible' | 'void';

export interface LineRecord {
  readonly id: string;
  readonly description: string;
  readonly amount: number;
  readonly price: string | null;
  readonly quantity: number;
  readonly item: string | null;
  readonly start: number;
  readonly end: number;
  readonly proration: boolean;
}

export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';

export interface InvoiceRecord {
  readonly id: string;
  readonly created: number;
  readonly customer: string;
  readonly subscription: string | null;
  readonly status: InvoiceStatus;
  readonly reason: 'manual' | 'subscription_create' | 'subscription_cycle' | 'subscription_update';
  readonly currency: string;
  readonly lines: readonly LineRecord[];
  readonly discount: { readonly id: string; readonly amount: number } | null;
  /** Before the customer's balance. */
  readonly total: number;
  readonly startingBalance: number;
  readonly amountDue: number;
  readonly amountPaid: number;
  readonly number: string | null;
  readonly attempts: number;
  readonly nextAttempt: number | null;
  /** A draft: when it is finalised by itself. */
  readonly finalizesAt: number | null;
  readonly autoAdvance: boolean;
  readonly finalizedAt: number | null;
  readonly paidAt: number | null;
  readonly voidedAt: number | null;
  readonly uncollectibleAt: number | null;
  readonly periodStart: number;
  readonly periodEnd: number;
  readonly payment: { readonly id: string; readonly paymentIntent: string; readonly created: number } | null;
  readonly metadata: Metadata;
}

export type IntentStatus =
  | 'canceled'
  | 'processing'
  | 'requires_action'
  | 'requires_payment_method'
  | 'succeeded';

export interface IntentRecord {
  readonly id: string;
  readonly created: number;
  readonly customer: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly status: IntentStatus;
  readonly paymentMethod: string | null;
  readonly latestCharge: string | null;
  readonly failure: FailureRecord | null;
  readonly invoice: string | null;
  readonly checkout: string | null;
  readonly description: string | null;
  /** A bank debit: when the bank answers. */
  readonly settlesAt: number | null;
  readonly metadata: Metadata;
}

export interface FailureRecord {
  readonly code: string;
  readonly declineCode: string | null;
  readonly message: string;
  readonly paymentMethod: string;
}

export interface ChargeRecord {
  readonly id: string;
  readonly created: number;
  readonly customer: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly status: 'failed' | 'pending' | 'succeeded';
  readonly intent: string;
  readonly paymentMethod: string;
  readonly failure: FailureRecord | null;
  readonly amountRefunded: number;
  readonly dispute: string | null;
  readonly description: string | null;
  readonly metadata: Metadata;
}

export interface RefundRecord {
  readonly id: string;
  readonly created: number;
  readonly charge: string;
  readonly intent: string;
  readonly amount: number;
  readonly currency: string;
  readonly reason: 'duplicate' | 'fraudulent' | 'requested_by_customer' | null;
  readonly metadata: Metadata;
}

export interface DisputeRecord {
  readonly id: string;
  readonly created: number;
  readonly charge: string;
  readonly intent: string;
  readonly amount: number;
  readonly currency: string;
  readonly reason: string;
  readonly status: 'lost' | 'needs_response' | 'won';
  readonly metadata: Metadata;
}

export interface CheckoutRecord {
  readonly id: string;
  readonly created: number;
  readonly expiresAt: number;
  readonly status: 'complete' | 'expired' | 'open';
  readonly paymentStatus: 'no_payment_required' | 'paid' | 'unpaid';
  readonly mode: 'payment' | 'subscription';
  readonly customer: string | null;
  readonly customerEmail: string | null;
  /** As typed at the page. */
  readonly typed: { readonly email: string | null; readonly name: string | null } | null;
  readonly lines: readonly { readonly id: string; readonly price: string; readonly quantity: number }[];
  readonly currency: string;
  readonly successUrl: string;
  readonly cancelUrl: string | null;
  readonly locale: string | null;
  readonly reference: string | null;
  readonly promotionCodes: boolean;
  /** Promotion code or coupon that applies. */
  readonly discount: { readonly coupon: string; readonly promotionCode: string | null } | null;
  readonly collectPaymentMethod: 'always' | 'if_required';
  readonly trialEnd: number | null;
  readonly trialDays: number | null;
  readonly withoutPaymentMethod: SubscriptionRecord['withoutPaymentMethod'];
  /** For the subscription or the payment that comes of it. */
  readonly madeMetadata: Metadata;
  readonly madeDescription: string | null;
  readonly intent: string | null;
  readonly subscription: string | null;
  readonly invoice: string | null;
  readonly metadata: Metadata;
}

/** The bank's question, waiting for an answer. */
export interface ChallengeRecord {
  readonly id: string;
  readonly created: number;
  readonly paymentMethod: string;
  readonly amount: number;
  readonly currency: string;
  readonly asks:
    | {
        readonly kind: 'checkout';
        readonly checkout: string;
        readonly typed: CheckoutRecord['typed'];
        readonly discount: CheckoutRecord['discount'];
      }
    | { readonly kind: 'invoice'; readonly invoice: string; readonly portal: string | null }
    | { readonly kind: 'card'; readonly customer: string; readonly portal: string };
}

export interface CouponRecord {
  readonly id: string;
  readonly created: number;
  readonly name: string | null;
  readonly percentOff: number | null;
  readonly amountOff: number | null;
  readonly currency: string | null;
  readonly duration: 'forever' | 'once' | 'repeating';
  readonly months: number | null;
  readonly maxRedemptions: number | null;
  readonly redeemBy: number | null;
  readonly redeemed: number;
  readonly metadata: Metadata;
}

export interface PromotionCodeRecord {
  readonly id: string;
  readonly created: number;
  readonly code: string;
  readonly coupon: string;
  readonly active: boolean;
  readonly customer: string | null;
  readonly expiresAt: number | null;
  readonly maxRedemptions: number | null;
  readonly redeemed: number;
  readonly metadata: Metadata;
}

export interface DiscountRecord {
  readonly id: string;
  readonly start: number;
  readonly end: number | null;
  readonly coupon: string;
  readonly promotionCode: string | null;
  readonly customer: string;
  readonly subscription: string | null;
  readonly checkout: string | null;
  /** A coupon that counts once has been used. */
  readonly used: boolean;
}

export interface FeatureRecord {
  readonly id: string;
  readonly name: string;
  readonly lookupKey: string;
  readonly active: boolean;
  readonly metadata: Metadata;
}

export interface PortalRecord {
  readonly id: string;
  readonly created: number;
  readonly customer: string;
  readonly returnUrl: string | null;
  readonly locale: string | null;
  readonly flow: {
    readonly type: 'payment_method_update' | 'subscription_cancel' | 'subscription_update';
    readonly subscription: string | null;
    readonly afterUrl: string | null;
  } | null;
}

export interface EndpointRecord {
  readonly id: string;
  readonly created: number;
  readonly url: string;
  readonly secret: string;
  readonly enabledEvents: readonly string[];
  readonly enabled: boolean;
  readonly description: string | null;
  readonly metadata: Metadata;
}

export interface EventRecord {
  readonly id: string;
  readonly created: number;
  readonly type: string;
  /** `data` as it goes out. */
  readonly data: { readonly object: object; readonly previous_attributes?: object };
  readonly request: { readonly id: string | null; readonly idempotency_key: string | null };
  /** Endpoints that haven't taken it. */
  readonly pending: number;
}

export interface DeliveryRecord {
  readonly id: string;
  readonly event: string;
  readonly endpoint: string;
  readonly url: string;
  readonly state: 'delivered' | 'given-up' | 'waiting';
  /** Looked up by: null once it doesn't wait any more. */
  readonly queue: 'waiting' | null;
  readonly attempts: number;
  /** Milliseconds of the sandbox's clock. */
  readonly nextAt: number;
  readonly lastAnswer: string | null;
}

/** A request that was answered; its key stays taken for a day. */
export interface KeyRecord {
  readonly id: string;
  readonly created: number;
  /** Of the method, the address and the parameters. */
  readonly hash: string;
  readonly status: number;
  readonly body: object;
  readonly requestId: string;
}

/** What there is one of. */
export interface SettingsRecord {
  readonly id: 'settings';
  readonly secretKey: string;
  /** Milliseconds that the sandbox is ahead of real time. */
  readonly aheadMs: number;
  /** The latest moment that it has shown, in milliseconds: it never goes back behind it. */
  readonly shownMs: number;
  readonly mischief: {
    readonly delayMs: number;
    readonly copies: number;
    readonly shuffle: boolean;
    readonly dropOfTen: number;
  };
  /** What becomes of a subscription when the last attempt to be paid has failed. */
  readonly afterDunning: 'cancel' | 'past_due' | 'unpaid';
}
