/** How the offline Stripe says no: an error that becomes Stripe's error body, with Stripe's types and codes. */

interface RefusalFacts {
  readonly status: number;
  readonly type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
  readonly decline_code?: string;
  readonly charge?: string;
  /** The whole object, as Stripe sends it along with a payment that failed. */
  readonly payment_intent?: object;
}

/** Thrown by whatever reads or carries out a request; the server answers with it. */
export class Refusal extends Error {
  readonly facts: RefusalFacts;
  constructor(facts: RefusalFacts) {
    super(facts.message);
    this.name = 'Refusal';
    this.facts = facts;
  }
}

/** The body that the SDK makes its errors from. */
export const refusalBody = ({ facts: { status: _, ...error } }: Refusal, requestId: string): object => ({
  error: { ...error, request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}` },
});

/** 400: what was asked is wrong. */
export const invalid = (message: string, param?: string, code?: string): Refusal =>
  new Refusal({
    status: 400,
    type: 'invalid_request_error',
    message,
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  });

/** 404 where the address names it, 400 where a parameter does; both say `resource_missing`. */
export const missing = (what: string, id: string, param?: string): Refusal =>
  new Refusal({
    status: param === undefined ? 404 : 400,
    type: 'invalid_request_error',
    code: 'resource_missing',
    param: param ?? 'id',
    message: `No such ${what}: '${id}'`,
  });

export const unauthorized = (message: string): Refusal =>
  new Refusal({ status: 401, type: 'invalid_request_error', message });
