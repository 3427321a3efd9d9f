/** Selling, put together: checkout, portal, webhook, what the account shows, and the reconcile that keeps it all true. */
import { createBeginCheckout } from '../billing/begin-checkout.ts';
import type { Billing } from '../billing/billing.ts';
import { checkoutRoutes } from '../billing/checkout-routes.ts';
import { createFinishCheckout } from '../billing/finish-checkout.ts';
import { type ClaimAfterProof, createClaimAfterProof } from '../billing/link-customers.ts';
import { createOffer, type Offer } from '../billing/offer.ts';
import { createPayingReader, type PayingReader } from '../billing/paying-reader.ts';
import { portalRoutes } from '../billing/portal-routes.ts';
import { createPromptOffer, type PromptOffer } from '../billing/prompt-offer.ts';
import { createReaderBilling } from '../billing/reader-billing.ts';
import { createReceiveEvent, type EventOutcome } from '../billing/receive-event.ts';
import { createReconcile, type Reconcile } from '../billing/reconcile.ts';
import { type ReconcileSchedule, startReconciling } from '../billing/reconcile-schedule.ts';
import { createRederiveAll, type RederiveAll } from '../billing/rederive-all.ts';
import { createRefreshCustomer, type RefreshCustomer } from '../billing/refresh-customer.ts';
import type { SaleSteps } from '../billing/sale-steps.ts';
import { webhookRoutes } from '../billing/webhook-routes.ts';
import type { PolicyInForce } from '../gate/policy-in-force.ts';
import type { Clock } from '../ops/clock.ts';
import { faultOf, type Log } from '../ops/log.ts';
import type { Metrics } from '../ops/metrics.ts';
import { randomText } from '../ops/random.ts';
import {
  createCheckoutLimit,
  createCheckoutReaderLimit,
  createPortalLimits,
  createReturnLimit,
} from '../readers/rate-limits.ts';
import type { ReaderBilling } from '../readers/reader-billing.ts';
import { createStartDevice } from '../readers/start-device.ts';
import type { TokenKeySetting } from '../settings.ts';
import type { Stores } from '../stores/open-stores.ts';
import type { Readers } from './compose-readers.ts';

export interface Selling {
  readonly offer: Offer;
  readonly promptOffer: PromptOffer;
  readonly payingReader: PayingReader;
  readonly readerBilling: ReaderBilling;
  readonly claimAfterProof: ClaimAfterProof;
  readonly refresh: RefreshCustomer;
  readonly reconcile: Reconcile;
  readonly routes: readonly ReturnType<typeof checkoutRoutes>[];
  /** Brings what readers may read in line with each changed policy. */
  readonly rederiveAll: RederiveAll;
  /** Compares everything with Stripe again and again from now on. */
  startReconciling(): ReconcileSchedule;
}

export interface SellingOptions {
  readonly billing: Billing;
  readonly callsMade: () => number;
  readonly stores: Stores;
  readonly readers: Readers;
  readonly keys: readonly TokenKeySetting[];
  readonly publicUrl: string;
  readonly otherOrigins: readonly string[];
  readonly inForce: () => PolicyInForce;
  readonly clock: Clock;
  readonly realNow: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly saleSteps: SaleSteps;
}

export const composeBilling = (options: SellingOptions): Selling => {
  const { billing, stores, inForce, clock, log, metrics } = options;
  const { customers } = stores;
  const policy = () => inForce().policy;
  const report = (error: unknown): void => log.error({ fault: faultOf(error) }, 'Stripe could not be asked');
  const refresh = counted(
    createRefreshCustomer({
      billing,
      customers,
      entitlements: stores.entitlements,
      readers: stores.readers,
      policy,
      clock,
    }),
    metrics,
  );
  const claimAfterProof = createClaimAfterProof({
    billing,
    customers,
    entitlements: stores.entitlements,
    readers: stores.readers,
    refresh,
    policy,
    clock,
  });
  const offer = createOffer({
    billing,
    policy,
    clock,
    report,
    warn: (about, message) => log.warn(about, message),
  });
  // Asked for now, so that the first prompt has prices too.
  offer.peek();
  const payingReader = createPayingReader({ keys: options.keys, store: stores.readers });
  const readerBilling = createReaderBilling({ billing, customers, refresh, policy, clock, report });
  const reconcile = composeReconcile(options, refresh);
  const shared: Shared = { options, report, refresh, claimAfterProof, payingReader };
  return {
    offer,
    promptOffer: createPromptOffer({ offer, clock }),
    payingReader,
    readerBilling,
    claimAfterProof,
    refresh,
    reconcile,
    rederiveAll: createRederiveAll({
      customers,
      entitlements: stores.entitlements,
      policy,
      clock,
      log,
      realNow: options.realNow,
      random: randomText,
    }),
    routes: [webhook(shared), checkout(shared), portal(shared)],
    startReconciling: () =>
      startReconciling({
        reconcile,
        customers,
        everyMinutes: () => policy().billing.reconcileMinutes,
        metrics,
        log,
        realNow: options.realNow,
        random: randomText,
      }),
  };
};

interface Shared {
  readonly options: SellingOptions;
  readonly report: (error: unknown) => void;
  readonly refresh: RefreshCustomer;
  readonly claimAfterProof: ClaimAfterProof;
  readonly payingReader: PayingReader;
}

const counted =
  (refresh: RefreshCustomer, metrics: Metrics): RefreshCustomer =>
  async (id) => {
    try {
      const outcome = await refresh(id);
      const kind = outcome.kind === 'refreshed' ? (outcome.changed ? 'changed' : 'unchanged') : outcome.kind;
      metrics.countRefresh(kind);
      return outcome;
    } catch (error) {
      metrics.countRefresh('failed');
      throw error;
    }
  };

const composeReconcile = (
  { billing, callsMade, stores, inForce, clock, realNow, metrics }: SellingOptions,
  refreshCustomer: RefreshCustomer,
): Reconcile =>
  createReconcile({
    billing,
    customers: stores.customers,
    entitlements: stores.entitlements,
    readers: stores.readers,
    refreshCustomer,
    policy: () => inForce().policy,
    clock,
    realNow,
    random: randomText,
    callsMade,
    onDrift: metrics.countDrift,
  });

const webhook = ({ options: { billing, log, metrics, saleSteps }, refresh }: Shared) =>
  webhookRoutes({
    receive: createReceiveEvent({
      billing,
      refresh,
      onSale: saleSteps.sold,
      count: (outcome, type) => {
        metrics.countWebhook(outcome.kind, whyOf(outcome));
        if (outcome.kind === 'failed')
          log.error({ type, fault: faultOf(outcome.error) }, 'an event of Stripe’s is to be sent again');
        if (outcome.kind === 'refused') log.warn({ why: outcome.why }, 'a webhook was refused');
      },
    }),
  });

const whyOf = (outcome: EventOutcome): string | undefined => ('why' in outcome ? outcome.why : undefined);

const checkout = ({ options, report, refresh, claimAfterProof, payingReader }: Shared) => {
  const { billing, stores, readers, inForce, publicUrl, otherOrigins, clock, saleSteps } = options;
  const { customers } = stores;
  const startDevice = createStartDevice({
    store: stores.readers,
    tokens: readers.tokens,
    entitlementsOf: readers.liveView.of,
    random: randomText,
    allowedDevices: () => inForce().policy.devices.allowed,
  });
  return checkoutRoutes({
    begin: createBeginCheckout({
      billing,
      customers,
      readers: stores.readers,
      payingReader,
      refresh,
      policy: () => inForce().policy,
      random: randomText,
    }),
    finish: createFinishCheckout({
      billing,
      customers,
      entitlements: stores.entitlements,
      readers: stores.readers,
      refresh,
      claimAfterProof,
      mergeReads: readers.mergeReads,
      startDevice,
      onSale: saleSteps.sold,
    }),
    saleSteps,
    startDevice,
    limit: createCheckoutLimit({ redisClient: stores.limitClient }),
    readerLimit: createCheckoutReaderLimit({ redisClient: stores.limitClient }),
    returnLimit: createReturnLimit({ redisClient: stores.limitClient }),
    identityOf: readers.identityOf,
    visitorNumberOf: readers.visitorNumberOf,
    networkOf: readers.networkOf,
    inForce,
    publicUrl,
    otherOrigins,
    clock,
    report,
  });
};

const portal = ({ options, report }: Shared) => {
  const { billing, stores, readers, inForce, publicUrl, otherOrigins, clock } = options;
  return portalRoutes({
    billing,
    customers: stores.customers,
    limits: createPortalLimits({ redisClient: stores.limitClient }),
    identityOf: readers.identityOf,
    networkOf: readers.networkOf,
    visitorNumberOf: readers.visitorNumberOf,
    inForce,
    publicUrl,
    otherOrigins,
    clock,
    report,
  });
};
