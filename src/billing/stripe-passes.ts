/** The passes that a customer paid for: complete Checkout Sessions in `payment` mode. */
import type { AskStripe } from './stripe-ask.ts';
import { nonsense } from './stripe-faults.ts';
import {
  asksForReversals,
  expandedCharge,
  type ReversalPolicy,
  reversalOfCharge,
} from './stripe-reversal.ts';
import { readCheckouts, readLines, type StripeCheckout, type StripeLine } from './stripe-schema.ts';
import type { CheckoutId, CustomerId, PassState, PriceId } from './subscription.ts';

const doing = 'reading the passes of a customer';

/** One call for each hundred checkouts; one more for each charge that was ever disputed. */
export const readPasses = async (
  ask: AskStripe,
  customer: CustomerId,
  policy: ReversalPolicy,
): Promise<readonly PassState[]> => {
  const checkouts = await ask.all({
    doing,
    put: (stripe, page) =>
      stripe.checkout.sessions.list({
        ...page,
        customer,
        status: 'complete',
        expand: ['data.payment_intent.latest_charge', 'data.line_items'],
      }),
    read: readCheckouts,
  });
  const passes = await Promise.all(
    checkouts.filter(isPaidPass).map((checkout) => passesOf(ask, checkout, policy)),
  );
  return passes.flat();
};

/** Bought in `payment` mode, and the money came. */
export const isPaidPass = ({ mode, payment_status: status }: StripeCheckout): boolean =>
  mode === 'payment' && ['paid', 'no_payment_required'].includes(status);

const passesOf = async (
  ask: AskStripe,
  checkout: StripeCheckout,
  policy: ReversalPolicy,
): Promise<readonly PassState[]> => {
  const { payment_intent: intent } = checkout;
  if (typeof intent === 'string') throw nonsense(doing);
  const charge = expandedCharge(intent?.latest_charge, doing);
  const reversal =
    charge && asksForReversals(policy) ? await reversalOfCharge(ask, charge, policy) : undefined;
  const lines = await linesOf(ask, checkout);
  return lines.flatMap(({ price }) =>
    price == null
      ? []
      : {
          checkout: checkout.id as CheckoutId,
          price: price.id as PriceId,
          // The charge that succeeded; one that costs nothing has none.
          paidAt: charge?.created ?? checkout.created,
          ...(reversal === undefined ? {} : { reversal }),
        },
  );
};

const linesOf = async (ask: AskStripe, checkout: StripeCheckout): Promise<readonly StripeLine[]> =>
  checkout.line_items && !checkout.line_items.has_more
    ? checkout.line_items.data
    : ask.all({
        doing,
        put: (stripe, page) => stripe.checkout.sessions.listLineItems(checkout.id, page),
        read: readLines,
      });
