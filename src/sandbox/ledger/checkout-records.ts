/** Checkout Sessions and a bank’s questions as the sandbox keeps them. Times are seconds. */
import type { Metadata } from './metadata.ts';
import type { SubscriptionRecord } from './subscription-records.ts';

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
