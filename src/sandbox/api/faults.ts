/** Failures on order: the next so many requests are answered as a Stripe in trouble would. */
import { Refusal } from './refusal.ts';

export interface Fault {
  /**
   * `error`: 500, nothing done. `rate-limit`: 429, nothing done. `reset`: the connection breaks, after it was done.
   * `slow`: done at once, answered `delayMs` later. `nonsense`: 200 with JSON that isn't the object.
   */
  readonly kind: 'error' | 'nonsense' | 'rate-limit' | 'reset' | 'slow';
  /** Requests that are hit. */
  readonly count: number;
  /** Only requests whose address begins with it: `/v1/subscriptions`. */
  readonly path: string;
  readonly delayMs: number;
}

export interface Faults {
  order(fault: Fault): void;
  clear(): void;
  /** The fault for this request, which is then used up by one. */
  take(path: string): Fault | undefined;
}

export const createFaults = (): Faults => {
  let ordered: { readonly fault: Fault; left: number }[] = [];
  return {
    order: (fault) => {
      ordered.push({ fault, left: fault.count });
    },
    clear: () => {
      ordered = [];
    },
    take: (path) => {
      const next = ordered.find(({ fault, left }) => left > 0 && path.startsWith(fault.path));
      if (!next) return undefined;
      next.left -= 1;
      ordered = ordered.filter(({ left }) => left > 0);
      return next.fault;
    },
  };
};

/** @throws Refusal when the fault keeps the request from being done at all. */
export const refuseByFault = (fault: Fault | undefined): void => {
  if (fault?.kind === 'error')
    throw new Refusal({ status: 500, type: 'api_error', message: 'An error on order, from the sandbox.' });
  if (fault?.kind === 'rate-limit')
    throw new Refusal({
      status: 429,
      type: 'invalid_request_error',
      code: 'rate_limit',
      message: 'Too many requests, on order, from the sandbox.',
    });
};
