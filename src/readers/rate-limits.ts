/** How often an address or a network may ask for a sign-in or a checkout, and how often a code may be tried. */
import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

export type LimitAnswer =
  | { readonly kind: 'within' }
  | { readonly kind: 'beyond'; readonly retryAfterSeconds: number };

/** Counts one more for the key. Never rejects. */
export type Limit = (key: string) => Promise<LimitAnswer>;

export interface SignInLimits {
  /** Mails to one address. */
  readonly perAddress: Limit;
  /** Mails asked for from one network. */
  readonly perNetwork: Limit;
  /** Codes tried for one sign-in. */
  readonly perCode: Limit;
  /** Links and codes tried from one network. */
  readonly perNetworkTries: Limit;
}

interface Rule {
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
}

/** Generous to an office behind one address, hopeless for whoever guesses or fills strangers' mailboxes. */
const rules = {
  perAddress: { name: 'address', points: 5, seconds: 900 },
  perNetwork: { name: 'network', points: 60, seconds: 900 },
  perCode: { name: 'code', points: 5, seconds: 900 },
  perNetworkTries: { name: 'tries', points: 120, seconds: 900 },
} as const satisfies Record<keyof SignInLimits, Rule>;

/** @param redisClient an ioredis client, to count for all instances together; without one each counts for itself. */
export const createSignInLimits = ({ redisClient }: { redisClient?: unknown } = {}): SignInLimits => ({
  perAddress: createLimit(rules.perAddress, redisClient),
  perNetwork: createLimit(rules.perNetwork, redisClient),
  perCode: createLimit(rules.perCode, redisClient),
  perNetworkTries: createLimit(rules.perNetworkTries, redisClient),
});

/** Checkouts begun from one network: each costs several questions to Stripe, which answers only so many. */
export const createCheckoutLimit = ({ redisClient }: { redisClient?: unknown } = {}): Limit =>
  createLimit({ name: 'checkout', points: 60, seconds: 900 }, redisClient);

/** Checkouts begun by one reader, or in one browser where nobody is signed in: networks can be changed. */
export const createCheckoutReaderLimit = ({ redisClient }: { redisClient?: unknown } = {}): Limit =>
  createLimit({ name: 'checkout-reader', points: 30, seconds: 900 }, redisClient);

export interface PortalLimits {
  readonly perNetwork: Limit;
  readonly perReader: Limit;
}

/** Ways into Stripe's portal: each is a question to Stripe. */
export const createPortalLimits = ({ redisClient }: { redisClient?: unknown } = {}): PortalLimits => ({
  perNetwork: createLimit({ name: 'portal', points: 60, seconds: 900 }, redisClient),
  perReader: createLimit({ name: 'portal-reader', points: 30, seconds: 900 }, redisClient),
});

/** Return addresses opened from one network: anybody can make them up, and each costs a question to Stripe. */
export const createReturnLimit = ({ redisClient }: { redisClient?: unknown } = {}): Limit =>
  createLimit({ name: 'return', points: 300, seconds: 900 }, redisClient);

/** Addresses of batches that the site itself has to be asked about: as many in a second as learning may ask. */
export const addressesInBatches = { name: 'batch', points: 1500, seconds: 300 } as const satisfies Rule;

export const createBatchLimit = ({ redisClient }: { redisClient?: unknown } = {}): Limit =>
  createLimit(addressesInBatches, redisClient);

function createLimit({ name, points, seconds }: Rule, redisClient: unknown): Limit {
  const counting = { points, duration: seconds, keyPrefix: `gf:limit:${name}` };
  const memory = new RateLimiterMemory(counting);
  const limiter = redisClient
    ? // When Redis can't count, this instance counts for itself: a limit is no reason to shut readers out.
      new RateLimiterRedis({ ...counting, storeClient: redisClient, insuranceLimiter: memory })
    : memory;
  return async (key) => {
    try {
      await limiter.consume(hashed(key));
      return { kind: 'within' };
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) return { kind: 'within' };
      return { kind: 'beyond', retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) };
    }
  };
}

/** Keys are readers' addresses: the counting needs to tell them apart, not to know them. */
const hashed = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, 22);
