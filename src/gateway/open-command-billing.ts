/** Stripe as a command of the command line opens it. */
import type { Billing } from '../billing/billing.ts';
import { systemClock } from '../ops/clock.ts';
import type { Policy } from '../policy/policy.ts';
import type { Settings } from '../settings.ts';
import { type OpenedStripe, openStripe } from './open-stripe.ts';

export interface CommandBilling {
  readonly billing: Billing;
  /** Stripe's time: the sandbox's, where there is one. */
  readonly clock: () => number;
  /** Requests made to Stripe so far. */
  readonly callsMade: () => number;
  readonly close: () => Promise<void>;
}

interface Facts {
  readonly settings: Settings;
  readonly policy: Policy;
  readonly warn: (message: string) => void;
}

/** Without `billing` where nothing is sold. */
export const openCommandStripe = ({ settings, policy, warn }: Facts): Promise<OpenedStripe> =>
  openStripe({ settings, sells: true, policy: () => policy, clock: systemClock, warn });

/** @throws Error when nothing is sold with these settings. */
export const openCommandBilling = async (facts: Facts): Promise<CommandBilling> => {
  const { billing, clock, callsMade, close } = await openCommandStripe(facts);
  if (!billing)
    throw new Error(
      'Nothing is sold here: set STRIPE_SECRET_KEY, or PUBLIC_URL to a local address for the sandbox.',
    );
  return { billing, clock, callsMade, close };
};
