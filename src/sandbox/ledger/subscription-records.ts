/** Subscriptions, their items and their invoices as the sandbox keeps them. Times are seconds. */
import type { Metadata } from './metadata.ts';

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
  /** As the customer's were when it was made. */
  readonly customerEmail: string | null;
  readonly customerName: string | null;
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
