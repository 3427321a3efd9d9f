/** The SDK, set up as Gatefold wants it: short attempts, no telemetry, no retries of its own. */
import Stripe from 'stripe';
import { guardedHttpClient } from './stripe-http.ts';

interface ClientOptions {
  readonly secretKey: string;
  /** Another server that answers like Stripe, as an origin (`http://127.0.0.1:12111`). */
  readonly apiBase: string | undefined;
  /** Real milliseconds that one attempt may take. */
  readonly attemptMs: number;
  /** Told of every request that leaves. */
  readonly onCall: () => void;
}

/** @throws Error when `apiBase` is not an origin: the SDK can't be given a path. */
export const openStripe = ({ secretKey, apiBase, attemptMs, onCall }: ClientOptions): Stripe =>
  new Stripe(secretKey, {
    ...(apiBase === undefined ? {} : addressOf(apiBase)),
    timeout: attemptMs,
    maxNetworkRetries: 0,
    telemetry: false,
    httpClient: guardedHttpClient(attemptMs, onCall),
  });

/** Restricted keys have a mode too. */
export const isLiveKey = (secretKey: string): boolean => /^[a-z]+_live_/.test(secretKey);

const addressOf = (apiBase: string): { host: string; port: number; protocol: 'http' | 'https' } => {
  const url = new URL(apiBase);
  const protocol = url.protocol === 'http:' ? 'http' : 'https';
  if (!/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '') {
    throw new Error('STRIPE_API_BASE: write an origin such as http://127.0.0.1:12111, without a path.');
  }
  return {
    // Node wants an IPv6 address without its brackets.
    host: url.hostname.replace(/^\[|\]$/g, ''),
    // Left to itself, the SDK takes 443 for http as well.
    port: Number(url.port || (protocol === 'http' ? 80 : 443)),
    protocol,
  };
};
