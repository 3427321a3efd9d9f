/** Whether a payment was given back in full or is disputed. */
import type { BillingPolicy } from '../policy/policy.ts';
import type { AskStripe } from './stripe-ask.ts';
import { nonsense } from './stripe-faults.ts';
import {
  readCharge,
  readDisputes,
  readPaymentIntent,
  type StripeCharge,
  type StripeInvoicePayment,
} from './stripe-schema.ts';
import type { SubscriptionState } from './subscription.ts';

export type Reversal = NonNullable<SubscriptionState['reversal']>;
export type ReversalPolicy = Pick<BillingPolicy, 'refunded' | 'disputed'>;

/** Nothing is asked about payments under a policy that keeps access whatever becomes of them. */
export const asksForReversals = ({ refunded, disputed }: ReversalPolicy): boolean =>
  refunded === 'stop' || disputed === 'stop';

/** One call for each payment, which is nearly always one; one more where a charge was ever disputed. */
export const reversalOfPayments = async (
  ask: AskStripe,
  payments: readonly StripeInvoicePayment[],
  policy: ReversalPolicy,
): Promise<Reversal | undefined> => {
  const found = await Promise.all(
    payments.map(async (payment) => {
      const charge = await chargeOf(ask, payment);
      return charge && (await reversalOfCharge(ask, charge, policy));
    }),
  );
  return weightiest(found, policy);
};

/** `charge.disputed` stays true after the publisher won: only the disputes themselves say how it stands. */
export const reversalOfCharge = async (
  ask: AskStripe,
  charge: StripeCharge,
  policy: ReversalPolicy,
): Promise<Reversal | undefined> =>
  weightiest(
    [charge.refunded && 'refunded', charge.disputed && (await isDisputed(ask, charge)) && 'disputed'],
    policy,
  );

/** Of several, the one that stops access by the policy: a state tells of one. */
const weightiest = (
  found: readonly (Reversal | false | undefined)[],
  policy: ReversalPolicy,
): Reversal | undefined => {
  const reversals = found.filter((reversal) => reversal !== false && reversal !== undefined);
  return reversals.find((reversal) => policy[reversal] === 'stop') ?? reversals[0];
};

const chargeOf = async (
  ask: AskStripe,
  { payment }: StripeInvoicePayment,
): Promise<StripeCharge | undefined> => {
  const { payment_intent: intent, charge } = payment;
  if (intent != null) {
    const doing = 'reading the payment of an invoice';
    const found = await ask.one({
      doing,
      put: (stripe) => stripe.paymentIntents.retrieve(intent, { expand: ['latest_charge'] }),
      read: readPaymentIntent,
      id: intent,
    });
    return expandedCharge(found.latest_charge, doing);
  }
  if (charge == null) return undefined;
  return ask.one({
    doing: 'reading the charge of an invoice',
    put: (stripe) => stripe.charges.retrieve(charge),
    read: readCharge,
    id: charge,
  });
};

/** @throws BillingFault when Stripe gave the id of a charge where the charge was asked for. */
export const expandedCharge = (
  charge: StripeCharge | string | null | undefined,
  doing: string,
): StripeCharge | undefined => {
  if (typeof charge === 'string') throw nonsense(doing);
  return charge ?? undefined;
};

/** An inquiry (`warning_*`) hasn't taken the money back, nor has a dispute that was won or prevented. */
const isDisputed = async (ask: AskStripe, charge: StripeCharge): Promise<boolean> => {
  const disputes = await ask.all({
    doing: 'reading the disputes of a charge',
    put: (stripe, page) => stripe.disputes.list({ ...page, charge: charge.id }),
    read: readDisputes,
  });
  return disputes.some(
    ({ status }) => status !== 'won' && status !== 'prevented' && !status.startsWith('warning_'),
  );
};
