/** What every room stands on: log, keys, policy, stores, Stripe and the origin, opened in the order in which they need each other. */

import type { Catalogue } from '../gate/catalogue.ts';
import { createCatalogue } from '../gate/catalogue.ts';
import type { PolicyInForce } from '../gate/policy-in-force.ts';
import type { Clock } from '../ops/clock.ts';
import { createLog, type Log } from '../ops/log.ts';
import { createMetrics, type Metrics } from '../ops/metrics.ts';
import { randomText } from '../ops/random.ts';
import type { ThreadBounds } from '../ops/threads.ts';
import { knownMessages } from '../pages/messages/message-keys.ts';
import { openPolicySource, type PolicySource } from '../policy/versions/policy-source.ts';
import { sandboxTokenKeys } from '../readers/make-token-keys.ts';
import type { Settings, TokenKeySetting } from '../settings.ts';
import { openStores, type Stores } from '../stores/open-stores.ts';
import { publicExcerpt } from './fill-catalogue.ts';
import { type OpenedOrigin, openOrigin } from './open-origin.ts';
import { type OpenedStripe, openStripe } from './open-stripe.ts';
import { type GatewayThreads, openThreads } from './open-threads.ts';
import { followPolicy } from './policy-in-force.ts';

export interface Base {
  readonly settings: Settings;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Never empty. */
  readonly keys: readonly TokenKeySetting[];
  readonly policySource: PolicySource;
  readonly inForce: () => PolicyInForce;
  readonly stores: Stores;
  readonly stripe: OpenedStripe;
  /** Stripe's time, and so everybody's. */
  readonly clock: Clock;
  readonly realNow: Clock;
  readonly opened: OpenedOrigin;
  readonly catalogue: Catalogue;
  readonly threads: GatewayThreads;
}

interface Options {
  readonly settings: Settings;
  readonly realNow: Clock;
  readonly watch: boolean;
  /** False: for a command that asks and ends, and changes nothing. */
  readonly follow: boolean;
  readonly sells: boolean;
  readonly threads: ThreadBounds;
}

/** @throws PolicyFaults when the policy is broken, Error when a store, key or folder can't be used. */
export const openBase = async (options: Options): Promise<Base> => {
  const { settings, realNow, watch, follow, sells } = options;
  const log = createLog(settings.logLevel);
  const warn = (message: string): void => log.warn(message);
  const metrics = createMetrics();
  const keys =
    settings.tokenKeys.length > 0 ? settings.tokenKeys : sandboxTokenKeys(settings.dataDir, randomText);
  const stores = await openStores({ ...settings, warn });
  const policySource = await openPolicySource({
    file: settings.policyFile,
    store: stores.versions,
    // What is to be published at a time is meant by the world's clocks, wherever the sandbox's stand.
    clock: realNow,
    log,
    messages: knownMessages,
    follow,
  });
  const stripe = await openStripe({
    settings,
    sells,
    policy: policySource.current,
    clock: realNow,
    warn,
    onCall: metrics.countStripeCall,
  });
  const { clock } = stripe;
  const inForce = followPolicy(policySource, stripe.isSandbox);
  const opened = await openOrigin({ settings, excerptOf: publicExcerpt(inForce, clock), watch, clock, log });
  const catalogue = createCatalogue();
  return {
    settings,
    log,
    metrics,
    keys,
    policySource,
    inForce,
    stores,
    stripe,
    clock,
    realNow,
    opened,
    catalogue,
    threads: openThreads(metrics, options.threads),
  };
};
