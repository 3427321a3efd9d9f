/** What every room stands on: log, keys, policy, stores, Stripe and the origin, opened in the order in which they need each other. */

import type { Catalogue } from '../gate/catalogue.ts';
import { createCatalogue } from '../gate/catalogue.ts';
import type { PolicyInForce } from '../gate/policy-in-force.ts';
import type { Clock } from '../ops/clock.ts';
import { createLog, type Log } from '../ops/log.ts';
import { createMetrics, type Metrics } from '../ops/metrics.ts';
import { randomText } from '../ops/random.ts';
import { messageKeys, placeholdersOf } from '../pages/messages/message-keys.ts';
import { openPolicyFile, type PolicyFile } from '../policy/policy-file.ts';
import { sandboxTokenKeys } from '../readers/make-token-keys.ts';
import type { Settings, TokenKeySetting } from '../settings.ts';
import { openStores, type Stores } from '../stores/open-stores.ts';
import { publicExcerpt } from './fill-catalogue.ts';
import { type OpenedOrigin, openOrigin } from './open-origin.ts';
import { type OpenedStripe, openStripe } from './open-stripe.ts';
import { followPolicy } from './policy-in-force.ts';

export interface Base {
  readonly settings: Settings;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Never empty. */
  readonly keys: readonly TokenKeySetting[];
  readonly policyFile: PolicyFile;
  readonly inForce: () => PolicyInForce;
  readonly stores: Stores;
  readonly stripe: OpenedStripe;
  /** Stripe's time, and so everybody's. */
  readonly clock: Clock;
  readonly realNow: Clock;
  readonly opened: OpenedOrigin;
  readonly catalogue: Catalogue;
}

interface Options {
  readonly settings: Settings;
  readonly realNow: Clock;
  readonly watch: boolean;
  readonly sells: boolean;
}

/** @throws PolicyFaults when the policy is broken, Error when a store, key or folder can't be used. */
export const openBase = async ({ settings, realNow, watch, sells }: Options): Promise<Base> => {
  const log = createLog(settings.logLevel);
  const warn = (message: string): void => log.warn(message);
  const metrics = createMetrics();
  const keys =
    settings.tokenKeys.length > 0 ? settings.tokenKeys : sandboxTokenKeys(settings.dataDir, randomText);
  const policyFile = await openPolicyFile({
    file: settings.policyFile,
    log,
    messages: { keys: messageKeys, placeholdersOf },
  });
  const stores = await openStores({ ...settings, warn });
  const stripe = await openStripe({
    settings,
    sells,
    policy: policyFile.current,
    clock: realNow,
    warn,
    onCall: metrics.countStripeCall,
  });
  const { clock } = stripe;
  const inForce = followPolicy(policyFile, stripe.isSandbox);
  const opened = await openOrigin({ settings, excerptOf: publicExcerpt(inForce, clock), watch, clock, log });
  const catalogue = createCatalogue();
  return {
    settings,
    log,
    metrics,
    keys,
    policyFile,
    inForce,
    stores,
    stripe,
    clock,
    realNow,
    opened,
    catalogue,
  };
};
