/** Customers, their payment methods and their portal sessions as the sandbox keeps them. Times are seconds. */
import type { Metadata } from './metadata.ts';

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
