/** Orders that Stripe carries out once for a key, however often they are sent. */
import type Stripe from 'stripe';
import type { AskStripe } from './stripe-ask.ts';
import { isReplay } from './stripe-faults.ts';

export interface Order<Answer> {
  readonly doing: string;
  readonly key: string;
  readonly put: (stripe: Stripe, options: { idempotencyKey: string }) => Promise<Stripe.Response<unknown>>;
  readonly read: (answer: unknown) => Answer | undefined;
}

export interface Ordered<Answer> {
  readonly answer: Answer;
  /** Stripe repeats what it answered within the last day: much may have changed since. */
  readonly remembered: boolean;
}

/** Remembered failures that are gone past before it is left to another day. */
const mostFailures = 3;

/**
 * Stripe remembers a failure under a key as well, and would repeat it for a day: then the next key in a chain that is the
 * same for everybody who orders is taken.
 */
export const orderOnce = async <Answer>(ask: AskStripe, order: Order<Answer>): Promise<Ordered<Answer>> => {
  const { doing, put, read } = order;
  let idempotencyKey = order.key;
  for (let failures = 0; ; failures += 1) {
    let remembered = false;
    const note = (headers: unknown): void => {
      remembered = isReplay(headers);
    };
    try {
      const answer = await ask.one({
        doing,
        put: (stripe) => noting(put(stripe, { idempotencyKey }), note),
        read,
      });
      return { answer, remembered };
    } catch (error) {
      if (!remembered || failures === mostFailures) throw error;
      idempotencyKey += '-again';
    }
  }
};

const noting = async <Made extends { readonly lastResponse: { readonly headers: unknown } }>(
  asked: Promise<Made>,
  note: (headers: unknown) => void,
): Promise<Made> => {
  try {
    const made = await asked;
    note(made.lastResponse.headers);
    return made;
  } catch (error) {
    note(error instanceof Error && 'headers' in error ? error.headers : undefined);
    throw error;
  }
};
