/** `Billing.paidPasses`: what a reconcile reads of passes. */
import type { SweptPass } from './billing.ts';
import type { AskStripe } from './stripe-ask.ts';
import { isPaidPass } from './stripe-passes.ts';
import { expandedCharge } from './stripe-reversal.ts';
import { readCheckouts, type StripeCheckout } from './stripe-schema.ts';
import type { CheckoutId, CustomerId } from './subscription.ts';

const doing = 'reading all paid passes';

/** A call for each hundred checkouts, those of subscriptions among them: Stripe can't leave them out. */
export async function* paidPasses(ask: AskStripe, since: number): AsyncGenerator<readonly SweptPass[]> {
  const pages = ask.pages({
    doing,
    put: (stripe, page) =>
      stripe.checkout.sessions.list({
        ...page,
        status: 'complete',
        created: { gte: Math.floor(since / 1000) },
        expand: ['data.payment_intent.latest_charge'],
      }),
    read: readCheckouts,
  });
  for await (const page of pages) yield page.filter(isPaidPass).flatMap(toSwept);
}

/** Without a customer it was bought by nobody whom Gatefold sent there. */
const toSwept = (raw: StripeCheckout): readonly SweptPass[] => {
  if (raw.customer == null) return [];
  const { payment_intent: intent } = raw;
  const charge = typeof intent === 'string' ? undefined : expandedCharge(intent?.latest_charge, doing);
  return [
    {
      customer: raw.customer as CustomerId,
      checkout: raw.id as CheckoutId,
      metadata: raw.metadata,
      contested: charge?.refunded === true || charge?.disputed === true,
    },
  ];
};
