/** What the hosted pages show. All times are milliseconds; amounts are in the currency's smallest unit. */

/** A subscription's plan or a pass, as a page lists it. */
export interface LineView {
  readonly priceId: string;
  readonly productName: string;
  readonly description?: string;
  readonly quantity: number;
  /** For one, in the currency's smallest unit. */
  readonly unitAmount: number;
  readonly currency: string;
  /** Absent: paid once. */
  readonly interval?: 'day' | 'week' | 'month' | 'year';
  readonly intervalCount?: number;
}

export interface CheckoutView {
  readonly id: string;
  readonly status: 'open' | 'complete' | 'expired';
  readonly mode: 'subscription' | 'payment';
  readonly lines: readonly LineView[];
  readonly currency: string;
  /** Due today, before a promotion code; 0 while a trial begins. */
  readonly amountDue: number;
  /** What a period costs, after a trial as well. */
  readonly amountTotal: number;
  readonly trialDays?: number;
  readonly promotionCodes: boolean;
  /** Of the customer, or what the site gave for it; the field is filled in with it. */
  readonly email?: string;
  /** The address is the customer's own and can't be changed here. */
  readonly emailFixed: boolean;
  readonly name?: string;
  readonly savedCard?: CardView;
  readonly locale: string;
  readonly expiresAt: number;
  /** With the id filled in; where a completed checkout goes. */
  readonly successUrl: string;
  readonly cancelUrl?: string;
}

export interface PromotionView {
  readonly code: string;
  readonly name: string;
  /** Of the first payment. */
  readonly amountOff: number;
}

export interface CardView {
  readonly brand: string;
  readonly last4: string;
  readonly expMonth: number;
  readonly expYear: number;
}

export interface ChallengeView {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly card: CardView;
}

export interface PortalView {
  readonly id: string;
  readonly returnUrl?: string;
  readonly customer: { readonly id: string; readonly email?: string; readonly name?: string };
  readonly card?: CardView;
  /** Not the ended ones; newest first. */
  readonly subscriptions: readonly SubscriptionView[];
  readonly invoices: readonly InvoiceView[];
  /** Straight to one task; `afterUrl`: where to when it is done. */
  readonly flow?: {
    readonly kind: 'payment-method' | 'cancel' | 'switch';
    readonly subscriptionId?: string;
    readonly afterUrl?: string;
  };
  readonly locale: string;
}

export interface SubscriptionView {
  readonly id: string;
  readonly status: string;
  readonly lines: readonly LineView[];
  readonly periodEndsAt: number;
  readonly trialEndsAt?: number;
  readonly cancelAt?: number;
  /** Prices of the same currency that it can be switched to. */
  readonly alternatives: readonly LineView[];
  /** `resume` does something. */
  readonly resumable: boolean;
}

export interface InvoiceView {
  readonly id: string;
  readonly number: string;
  readonly status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';
  readonly createdAt: number;
  readonly amount: number;
  readonly currency: string;
  readonly lines: readonly { readonly description: string; readonly amount: number }[];
  readonly subscriptionId?: string;
  /** When it is tried again by itself. */
  readonly nextAttemptAt?: number;
  /** `payInvoice` does something. */
  readonly payable: boolean;
}

export interface EventView {
  readonly id: string;
  readonly type: string;
  readonly createdAt: number;
  /** Id of the object it is about. */
  readonly about?: string;
  readonly deliveries: readonly DeliveryView[];
}

export interface DeliveryView {
  readonly url: string;
  readonly state: 'waiting' | 'delivered' | 'given-up';
  readonly attempts: number;
  /** Status of the last answer, or why there was none. */
  readonly lastAnswer?: string;
}
