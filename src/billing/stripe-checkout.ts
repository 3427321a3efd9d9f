/** Checkout Sessions: opened, looked up, expired. */
import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import { BillingFault, type CheckoutFacts, type NewCheckout } from './billing.ts';
import type { AskStripe, Question } from './stripe-ask.ts';
import { nonsense } from './stripe-faults.ts';
import { isStripeId } from './stripe-id.ts';
import { stripeLocale } from './stripe-locale.ts';
import { orderOnce } from './stripe-once.ts';
import { readCheckout, readCheckouts, type StripeCheckout } from './stripe-schema.ts';
import type { CheckoutId, CustomerId } from './subscription.ts';

/**
 * What Stripe remembers of an equal order is the session as it was when it was made: then it is looked at again, and may
 * be complete or expired.
 */
export const openCheckout = async (ask: AskStripe, asked: NewCheckout): Promise<CheckoutFacts> => {
  const order = orderOf(asked);
  const doing = 'opening a checkout';
  const { answer: opened, remembered } = await orderOnce(ask, {
    doing,
    key: keyOf(asked.idempotencyKey, order),
    put: (stripe, options) => stripe.checkout.sessions.create(order, options),
    read: readCheckout,
  });
  const facts = remembered ? await findCheckout(ask, opened.id as CheckoutId) : toFacts(opened);
  if (facts?.mode !== asked.mode || facts.customer !== asked.customer) throw nonsense(doing);
  return facts;
};

/** The id comes out of an address that anybody can write. */
export const findCheckout = async (ask: AskStripe, id: CheckoutId): Promise<CheckoutFacts | undefined> => {
  if (!isStripeId(id)) return undefined;
  const found = await ask.oneIfThere(retrieval(id));
  return found && toFacts(found);
};

export const openCheckouts = (ask: AskStripe, customer: CustomerId): Promise<readonly CheckoutFacts[]> =>
  checkoutsOf(ask, customer, 'open');

export const unpaidCheckouts = async (
  ask: AskStripe,
  customer: CustomerId,
): Promise<readonly CheckoutFacts[]> =>
  (await checkoutsOf(ask, customer, 'complete')).filter(({ paymentStatus }) => paymentStatus === 'unpaid');

const checkoutsOf = async (
  ask: AskStripe,
  customer: CustomerId,
  status: 'open' | 'complete',
): Promise<readonly CheckoutFacts[]> => {
  const sessions = await ask.all({
    doing: `reading the ${status} checkouts of a customer`,
    put: (stripe, page) =>
      stripe.checkout.sessions.list({ ...page, customer, status, expand: ['data.payment_intent'] }),
    read: readCheckouts,
  });
  return sessions.map(toFacts).filter((facts) => facts !== undefined);
};

/** Stripe has no code for "it isn't open any more": a refusal is checked by a look at it. */
export const expireCheckout = async (ask: AskStripe, id: CheckoutId): Promise<boolean> => {
  try {
    await ask.one({ ...retrieval(id), put: (stripe) => stripe.checkout.sessions.expire(id) });
    return true;
  } catch (error) {
    if (!(error instanceof BillingFault && error.kind === 'refused')) throw error;
    const now = await ask.oneIfThere(retrieval(id));
    if (now?.status === 'open') throw error;
    return false;
  }
};

const retrieval = (id: CheckoutId): Question<StripeCheckout> => ({
  doing: 'reading a checkout',
  put: (stripe) => stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] }),
  read: readCheckout,
  id,
});

/** `hosted` still compiles and is refused; the hosted page is called `hosted_page` now. */
const orderOf = (asked: NewCheckout): Stripe.Checkout.SessionCreateParams => ({
  ui_mode: 'hosted_page',
  mode: asked.mode,
  customer: asked.customer,
  line_items: [{ price: asked.price, quantity: 1 }],
  success_url: asked.successUrl,
  cancel_url: asked.cancelUrl,
  locale: stripeLocale('checkout', asked.locale),
  allow_promotion_codes: asked.promotionCodes,
  metadata: { ...asked.metadata },
  ...(asked.mode === 'payment'
    ? { payment_intent_data: { metadata: { ...asked.metadata } } }
    : { subscription_data: subscriptionOf(asked) }),
});

const subscriptionOf = ({ metadata, trialDays }: NewCheckout) => ({
  metadata: { ...metadata },
  ...(trialDays === undefined ? {} : { trial_period_days: trialDays }),
});

/** Stripe refuses an equal key with another order, such as one that leads back to another article. */
const keyOf = (key: string, order: Stripe.Checkout.SessionCreateParams): string =>
  `gatefold-checkout-${createHash('sha256')
    .update(JSON.stringify([key, order]))
    .digest('base64url')}`;

/** Undefined for what Gatefold never makes: a session in `setup` mode, or in a state that nobody knows yet. */
const toFacts = (session: StripeCheckout): CheckoutFacts | undefined => {
  const { mode, status, payment_status: paymentStatus } = session;
  if (!isOneOf(mode, ['subscription', 'payment'])) return undefined;
  if (!isOneOf(status, ['open', 'complete', 'expired'])) return undefined;
  if (!isOneOf(paymentStatus, ['paid', 'unpaid', 'no_payment_required'])) return undefined;
  const payment = status === 'complete' && paymentStatus === 'unpaid' ? paymentOf(session) : undefined;
  const email = session.customer_details?.email ?? session.customer_email;
  return {
    id: session.id as CheckoutId,
    status,
    paymentStatus,
    mode,
    ...(payment === undefined ? {} : { payment }),
    ...(session.customer == null ? {} : { customer: session.customer as CustomerId }),
    ...(email == null ? {} : { email }),
    ...(session.url == null ? {} : { url: session.url }),
    createdAt: session.created,
    metadata: session.metadata,
  };
};

/** Only where the intent came with it: an id says nothing. */
const paymentOf = ({ payment_intent: intent }: StripeCheckout): CheckoutFacts['payment'] => {
  if (intent == null || typeof intent === 'string') return undefined;
  // Back to the beginning is what a refusal looks like. `requires_action` waits for the reader's transfer or voucher.
  return ['requires_payment_method', 'canceled'].includes(intent.status) ? 'refused' : 'under-way';
};

const isOneOf = <Word extends string>(text: string | null, words: readonly Word[]): text is Word =>
  words.some((word) => word === text);
