/** What went wrong when Stripe was asked, in Gatefold's words: the SDK's errors hold addresses and parts of keys. */
import Stripe from 'stripe';
import { BillingFault, type BillingFaultKind } from './billing.ts';
import { notFromStripe } from './stripe-http.ts';

export interface Failure {
  readonly fault: BillingFault;
  /** Asking the same again may help. */
  readonly passing: boolean;
  /** Real milliseconds that Stripe wants to be left alone. */
  readonly retryAfterMs?: number;
}

/** @param doing what was being done, to be read after "while": "reading a customer". */
export const toFailure = (error: unknown, doing: string): Failure => {
  if (error instanceof BillingFault) return { fault: error, passing: false };
  if (!(error instanceof Stripe.errors.StripeError)) return { fault: nonsense(doing), passing: false };
  const kind = kindOf(error);
  const code = codeOf(error);
  const fault = new BillingFault(kind, sentences[kind](`${doing}${traceOf(error)}`), code);
  const retryAfterMs = retryAfterOf(error);
  return {
    fault,
    passing: isPassing(kind, error),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
};

export const nonsense = (doing: string): BillingFault =>
  new BillingFault('nonsense', sentences.nonsense(doing));

/** Stripe has never heard of it, or has it no more. */
export const isMissing = (error: unknown): boolean =>
  error instanceof BillingFault && error.kind === 'refused' && error.code === 'resource_missing';

/** Of an answer that Stripe gave before under the same idempotency key, be it a failure. */
export const isReplay = (headers: unknown): boolean =>
  typeof headers === 'object' &&
  headers !== null &&
  'idempotent-replayed' in headers &&
  headers['idempotent-replayed'] === 'true';

const sentences: Readonly<Record<BillingFaultKind, (doing: string) => string>> = {
  unreachable: (doing) =>
    `Stripe couldn't be reached while ${doing}: look at the network and at STRIPE_API_BASE.`,
  'stripe-down': (doing) => `Stripe failed while ${doing}: see https://status.stripe.com; it is tried again.`,
  'rate-limited': (doing) => `Stripe asked for fewer questions while ${doing}: it is tried again later.`,
  'not-allowed': (doing) =>
    `Stripe refused the key while ${doing}: check STRIPE_SECRET_KEY and what the key may do.`,
  refused: (doing) => `Stripe refused what was asked while ${doing}.`,
  nonsense: (doing) =>
    `What answered while ${doing} isn't what Stripe answers: look at STRIPE_API_BASE and at proxies on the way.`,
};

const kindOf = (error: Stripe.errors.StripeError): BillingFaultKind => {
  if (error instanceof Stripe.errors.StripeConnectionError) return 'unreachable';
  const status = error.statusCode ?? 0;
  if (status >= 500) return 'stripe-down';
  if (status === 429 || error instanceof Stripe.errors.StripeRateLimitError) return 'rate-limited';
  if (status < 400 || String(error.rawType) === notFromStripe) return 'nonsense';
  return status === 401 || status === 403 ? 'not-allowed' : 'refused';
};

/**
 * Another request of the same idempotency key may be under way (409): its answer comes soon. A failure that Stripe only
 * repeats, it will repeat for a day.
 */
const isPassing = (kind: BillingFaultKind, { headers, statusCode }: Stripe.errors.StripeError): boolean => {
  const advice = headers?.['stripe-should-retry'];
  if (advice === 'false' || isReplay(headers)) return false;
  return (
    advice === 'true' || ['unreachable', 'stripe-down', 'rate-limited'].includes(kind) || statusCode === 409
  );
};

/** An equal idempotency key with another order has a type of its own, and no code. */
const codeOf = ({ code, rawType }: Stripe.errors.StripeError): string | undefined =>
  [code, rawType === 'idempotency_error' ? rawType : undefined].find(
    (word) => word !== undefined && /^[a-z0-9_]{1,64}$/.test(word),
  );

/** Only what is known to hold no secret and no address, and helps to find the request in Stripe's dashboard. */
const traceOf = (error: Stripe.errors.StripeError): string => {
  const { param, requestId } = error;
  const facts = [
    codeOf(error),
    typeof param === 'string' && /^[a-z0-9_[\]]{1,80}$/.test(param) ? param : undefined,
    /^req_[A-Za-z0-9]{1,40}$/.test(requestId ?? '') ? requestId : undefined,
  ].filter((fact) => fact !== undefined);
  return facts.length > 0 ? ` (${facts.join(', ')})` : '';
};

const retryAfterOf = ({ headers }: Stripe.errors.StripeError): number | undefined => {
  const seconds = Number.parseFloat(headers?.['retry-after'] ?? '');
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
};
