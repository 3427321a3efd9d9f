/** The way to Stripe: the real one by its key, the offline one in the sandbox, or none. */
import { join } from 'node:path';
import type { Billing } from '../billing/billing.ts';
import { createStripeBilling } from '../billing/stripe-billing.ts';
import type { Clock } from '../ops/clock.ts';
import { randomText } from '../ops/random.ts';
import type { Policy } from '../policy/policy.ts';
import { isLocalAddress } from '../sandbox/local-address.ts';
import { openSandbox } from '../sandbox/open-sandbox.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Settings, StripeSettings } from '../settings.ts';

export interface OpenedStripe {
  /** Absent: nothing is sold here. */
  readonly billing?: Billing;
  readonly sandbox?: Sandbox;
  /** Stripe's time, which is the sandbox's where there is one: renewals and access must agree on it. */
  readonly clock: Clock;
  /** Requests made to Stripe so far. */
  readonly callsMade: () => number;
  readonly close: () => Promise<void>;
}

interface Options {
  readonly settings: Settings;
  /** False: Stripe isn't asked for, as by a command beside a running server. */
  readonly sells: boolean;
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly warn: (message: string) => void;
  readonly onCall?: () => void;
}

/** @throws Error when the sandbox's folder can't be used. */
export const openStripe = async (options: Options): Promise<OpenedStripe> => {
  const { settings, sells, policy, clock } = options;
  if (!sells) return { clock, callsMade: () => 0, close: async () => undefined };
  if (settings.stripe) return { ...reach(settings.stripe, options), clock, close: async () => undefined };
  // On a public address nobody could tell the sandbox's checkout from one that takes money.
  if (!isLocalAddress(settings.publicUrl))
    return { clock, callsMade: () => 0, close: async () => undefined };
  const sandbox = await openSandbox({
    directory: join(settings.dataDir, 'sandbox'),
    publicUrl: settings.publicUrl,
    webhookUrl: `${ownServer(settings)}/-/webhooks/stripe`,
    realNow: clock,
    random: randomText,
    warn: options.warn,
  });
  sandbox.offer(policy());
  const { secretKey, webhookSecret, apiBase, now, close } = sandbox;
  const stripe = { secretKey, webhookSecrets: [webhookSecret], apiBase };
  return { ...reach(stripe, { ...options, clock: now }), sandbox, clock: now, close };
};

const reach = (
  stripe: StripeSettings,
  { policy, clock, onCall }: Options,
): Pick<OpenedStripe, 'billing' | 'callsMade'> => {
  let calls = 0;
  return {
    billing: createStripeBilling({
      ...stripe,
      plans: () => policy().plans,
      billing: () => policy().billing,
      clock,
      onCall: () => {
        calls += 1;
        onCall?.();
      },
    }),
    callsMade: () => calls,
  };
};

/** Where this process itself can be reached, whatever readers call it; a host app's port is known by PUBLIC_URL alone. */
const ownServer = ({ origin, host, port, publicUrl }: Settings): string => {
  if (origin.kind === 'host') return publicUrl;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
};
