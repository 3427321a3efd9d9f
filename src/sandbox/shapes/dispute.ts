/** Disputes in Stripe's shape. */
import type Stripe from 'stripe';
import type { DisputeRecord } from '../ledger/records.ts';
import { livemode } from './wire.ts';

const evidenceFields = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_communication',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'customer_signature',
  'duplicate_charge_documentation',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'receipt',
  'refund_policy',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'service_documentation',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_documentation',
  'shipping_tracking_number',
  'uncategorized_file',
  'uncategorized_text',
] as const satisfies readonly (keyof Stripe.Dispute.Evidence)[];

type NoEvidence = Record<(typeof evidenceFields)[number], null>;

export const showDispute = (dispute: DisputeRecord): Stripe.Dispute => ({
  id: dispute.id,
  object: 'dispute',
  amount: dispute.amount,
  balance_transactions: [],
  charge: dispute.charge,
  created: dispute.created,
  currency: dispute.currency,
  enhanced_eligibility_types: [],
  evidence: {
    ...(Object.fromEntries(evidenceFields.map((field) => [field, null])) as NoEvidence),
    enhanced_evidence: {},
  },
  evidence_details: {
    due_by: dispute.created + 7 * 86_400,
    enhanced_eligibility: {},
    has_evidence: false,
    past_due: false,
    submission_count: 0,
    submission_method: 'not_submitted',
  },
  intended_submission_method: null,
  is_charge_refundable: false,
  livemode,
  metadata: { ...dispute.metadata },
  network_reason_code: null,
  payment_intent: dispute.intent,
  reason: dispute.reason,
  status: dispute.status,
});
