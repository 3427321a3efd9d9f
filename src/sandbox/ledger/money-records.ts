/** Payments, refunds and disputes as the sandbox keeps them. Times are seconds. */
import type { Metadata } from './metadata.ts';

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
