/** The SDK's HTTP client, guarded: an answer that isn't Stripe's becomes an error before the SDK trips over it. */
import Stripe from 'stripe';

type HttpClient = NonNullable<Stripe.StripeConfig['httpClient']>;
type Answer = Awaited<ReturnType<HttpClient['makeRequest']>>;

/** `error.type` of what this guard puts in the place of an answer without Stripe's error. */
export const notFromStripe = 'gatefold_not_from_stripe';

/**
 * The SDK takes whatever parses for the object that was asked for: a 404 `{}` resolves, and a 200 with a bare number is
 * thrown where nobody catches it, which would end the process. The guard also bounds the whole of an attempt; the SDK's
 * own timeout only bounds a silence, so that an answer that trickles in would never end.
 *
 * @param attemptMs real milliseconds from the question to the last byte of the answer.
 * @param onCall told of every request that leaves, repeated ones too.
 */
export const guardedHttpClient = (attemptMs: number, onCall: () => void): HttpClient => {
  const inner = Stripe.createNodeHttpClient();
  return {
    getClientName: () => inner.getClientName(),
    makeRequest: async (...request) => {
      const startedAt = performance.now();
      onCall();
      const response = await inner.makeRequest(...request);
      return guardAnswer(response, () => attemptMs - (performance.now() - startedAt));
    },
  };
};

const guardAnswer = (response: Answer, leftMs: () => number): Answer => ({
  getStatusCode: () => response.getStatusCode(),
  getHeaders: () => response.getHeaders(),
  getRawResponse: () => response.getRawResponse(),
  toStream: (onEnd) => response.toStream(onEnd),
  dispose: () => response.dispose?.(),
  toJSON: async () => {
    const timer = setTimeout(() => breakOff(response.getRawResponse()), Math.max(0, leftMs()));
    try {
      return await objectOrError(response);
    } finally {
      clearTimeout(timer);
    }
  },
});

const breakOff = (raw: unknown): void => {
  if (isObject(raw) && typeof raw.destroy === 'function') raw.destroy();
};

const objectOrError = async (response: Answer): Promise<object> => {
  const status = response.getStatusCode();
  if (status >= 200 && status < 300) {
    const answer = await response.toJSON();
    if (isObject(answer) && !('error' in answer)) return answer;
    return { error: { type: notFromStripe } };
  }
  const answer = await response.toJSON().catch((error: unknown) => {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  });
  return isObject(answer) && isObject(answer.error) ? answer : { error: { type: notFromStripe } };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
