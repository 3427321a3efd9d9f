/** A sandbox, a webhook and hosted pages over HTTP, and the gateway's billing behind them: where random histories happen. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import type Stripe from 'stripe';
import { type Billing, BillingFault } from '../../src/billing/billing.ts';
import { createClaimAfterProof } from '../../src/billing/link-customers.ts';
import { createReceiveEvent, type EventOutcome } from '../../src/billing/receive-event.ts';
import { createReconcile } from '../../src/billing/reconcile.ts';
import { createRefreshCustomer } from '../../src/billing/refresh-customer.ts';
import { createStripeBilling } from '../../src/billing/stripe-billing.ts';
import type { PriceId } from '../../src/billing/subscription.ts';
import { webhookRoutes } from '../../src/billing/webhook-routes.ts';
import { randomText } from '../../src/ops/random.ts';
import type { Plan, Policy } from '../../src/policy/policy.ts';
import { openStores } from '../../src/stores/open-stores.ts';
import { freePort } from '../support/server-process.ts';
import { sdkFor } from '../support/stripe-over-http.ts';
import { openStripe } from '../support/stripe-under-test.ts';
import { terms } from './customer-facts.ts';

/** Of one gateway, on the embedded store and a sandbox in memory. */
export const startHistorySite = async () => {
  const directory = mkdtempSync(join(tmpdir(), 'gatefold-histories-'));
  const publicUrl = `http://127.0.0.1:${await freePort()}`;
  const warnings: string[] = [];
  const sandbox = await openStripe({
    publicUrl,
    webhookUrl: `${publicUrl}/-/webhooks/stripe`,
    warn: (message) => warnings.push(message),
  });
  const merchant = sdkFor(sandbox);
  const site = { name: 'Histories', language: 'en', timeZone: 'UTC' };
  const policy = { ...terms(), plans: await sold(merchant, terms().plans), site } as Policy;
  const stores = await openStores({ dataDir: directory, warn: (message) => warnings.push(message) });
  let calls = 0;
  const billing = createStripeBilling({
    secretKey: sandbox.secretKey,
    webhookSecrets: [sandbox.webhookSecret],
    apiBase: sandbox.apiBase,
    clock: sandbox.now,
    plans: () => policy.plans,
    billing: () => policy.billing,
  });
  const trouble = { oneOf: 0 };
  const shared = {
    billing: failingNowAndThen(billing, trouble, () => {
      calls += 1;
    }),
    customers: stores.customers,
    entitlements: stores.entitlements,
    readers: stores.readers,
    policy: () => policy,
    clock: sandbox.now,
  };
  const refresh = createRefreshCustomer(shared);
  const outcomes: EventOutcome[] = [];
  const receive = createReceiveEvent({ billing, refresh, count: (outcome) => outcomes.push(outcome) });
  const app = express();
  app.use(webhookRoutes({ receive }));
  app.use((req, res) => sandbox.handlePage(req, res));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(Number(new URL(publicUrl).port), '127.0.0.1', resolve));
  return {
    ...{ sandbox, stores, billing, policy, refresh, outcomes, warnings, publicUrl },
    /** One of so many refreshes and reconciles fails at Stripe; 0: none. */
    trouble,
    /** What the publisher does at Stripe's dashboard. */
    merchant,
    priceOf: (plan: string): PriceId => policy.plans.find(({ id }) => id === plan)?.price as PriceId,
    claimAfterProof: createClaimAfterProof({ ...shared, refresh }),
    reconcile: createReconcile({
      ...shared,
      billing,
      refreshCustomer: refresh,
      realNow: Date.now,
      random: randomText,
      callsMade: () => calls,
      settings: { callsPerSecond: 1_000_000, retryMs: 1, atOnce: 8 },
    }),
    close: async () => {
      await sandbox.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await stores.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

export type HistorySite = Awaited<ReturnType<typeof startHistorySite>>;

/** The plans with prices made by the API, as on any server. */
const sold = async (stripe: Stripe, plans: readonly Plan[]): Promise<readonly Plan[]> => {
  const { id: product } = await stripe.products.create({ name: 'Histories' });
  return Promise.all(
    plans.map(async (plan) => {
      if (plan.price === undefined) return plan;
      const recurring = plan.passDays === undefined && { recurring: { interval: plan.interval ?? 'month' } };
      const asked = { product, currency: 'eur', unit_amount: 1_200, ...recurring };
      return { ...plan, price: (await stripe.prices.create(asked)).id };
    }),
  );
};

/** As often as the trouble says, Stripe answers nothing that can be used. */
const failingNowAndThen = (
  billing: Billing,
  trouble: { readonly oneOf: number },
  onAsked: () => void,
): Billing => ({
  ...billing,
  customerState: (id) => {
    onAsked();
    return trouble.oneOf > 0 && Number.parseInt(randomText(3), 36) % trouble.oneOf === 0
      ? Promise.reject(new BillingFault('stripe-down', 'as the history says'))
      : billing.customerState(id);
  },
});
