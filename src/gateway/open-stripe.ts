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
import { announceSandbox, joinSandbox } from './join-sandbox.ts';

export interface OpenedStripe {
  /** Absent: nothing is sold here. */
  readonly billing?: Billing;
  /** No money moves. */
  readonly isSandbox: boolean;
  /** The offline Stripe, where it is this process's own. */
  readonly sandbox?: Sandbox;
  /** Stripe's time, which is the sandbox's where there is one: renewals and access must agree on it. */
  readonly clock: Clock;
  /** Requests made to Stripe so far. */
  readonly callsMade: () => number;
  readonly close: () => Promise<void>;
}

interface Options {
  readonly settings: Settings;
  /** False: Stripe isn't asked for, as by a command that only reads; the clock is Stripe's all the same. */
  readonly sells: boolean;
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly warn: (message: string) => void;
  readonly onCall?: () => void;
}

/** @throws Error when the sandbox's folder can't be used. */
export const openStripe = async (options: Options): Promise<OpenedStripe> => {
  const { settings, sells, clock } = options;
  if (settings.stripe) return sells ? reach(settings.stripe, options) : nothing(clock);
  // On a public address nobody could tell the sandbox's checkout from one that takes money.
  const webhookUrl = `${ownServer(settings)}/-/webhooks/stripe`;
  if (!isLocalAddress(settings.publicUrl) || !isLocalAddress(webhookUrl)) return nothing(clock);
  const directory = join(settings.dataDir, 'sandbox');
  const joined = await joinSandbox(directory, clock);
  if (joined) {
    const stripe = sells ? reach(stripeOf(joined), { ...options, clock: joined.now }) : nothing(joined.now);
    return { ...stripe, isSandbox: true, close: async () => joined.close() };
  }
  return sells ? openOwn(directory, webhookUrl, options) : nothing(clock);
};

const openOwn = async (directory: string, webhookUrl: string, options: Options): Promise<OpenedStripe> => {
  const { settings, policy, clock, warn } = options;
  const { publicUrl } = settings;
  const random = randomText;
  const sandbox = await openSandbox({ directory, publicUrl, webhookUrl, realNow: clock, random, warn });
  sandbox.offer(policy());
  const takeDown = announceSandbox(directory, sandbox);
  return {
    ...reach(stripeOf(sandbox), { ...options, clock: sandbox.now }),
    isSandbox: true,
    sandbox,
    close: async () => {
      takeDown();
      await sandbox.close();
    },
  };
};

const stripeOf = ({
  secretKey,
  webhookSecret,
  apiBase,
}: Pick<Sandbox, 'secretKey' | 'webhookSecret' | 'apiBase'>): StripeSettings => ({
  secretKey,
  webhookSecrets: [webhookSecret],
  apiBase,
});

const nothing = (clock: Clock): OpenedStripe => ({
  isSandbox: false,
  clock,
  callsMade: () => 0,
  close: async () => undefined,
});

const reach = (stripe: StripeSettings, { policy, clock, onCall }: Options): OpenedStripe => {
  let calls = 0;
  const billing = createStripeBilling({
    ...stripe,
    plans: () => policy().plans,
    billing: () => policy().billing,
    clock,
    onCall: () => {
      calls += 1;
      onCall?.();
    },
  });
  return { billing, isSandbox: false, clock, callsMade: () => calls, close: async () => undefined };
};

/** Where this process itself can be reached, whatever readers call it; a host app's port is known by PUBLIC_URL alone. */
const ownServer = ({ origin, host, port, publicUrl }: Settings): string => {
  if (origin.kind === 'host') return publicUrl;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
};
