/** A site that sells: plans page, checkout and return over the real embedded store, one or more instances of it. */
import express from 'express';
import { createBeginCheckout } from '../../src/billing/begin-checkout.ts';
import type { Billing } from '../../src/billing/billing.ts';
import { checkoutRoutes } from '../../src/billing/checkout-routes.ts';
import { createFinishCheckout } from '../../src/billing/finish-checkout.ts';
import { createClaimAfterProof } from '../../src/billing/link-customers.ts';
import { createOffer } from '../../src/billing/offer.ts';
import type { OfferPlace } from '../../src/billing/offered-plans.ts';
import { createPayingReader } from '../../src/billing/paying-reader.ts';
import { createRefreshCustomer } from '../../src/billing/refresh-customer.ts';
import { subscribeRoutes } from '../../src/billing/subscribe-routes.ts';
import { randomText } from '../../src/ops/random.ts';
import { createMessages } from '../../src/pages/messages/create-messages.ts';
import type { Plan, Policy } from '../../src/policy/policy.ts';
import { createCheckoutLimit, type Limit } from '../../src/readers/rate-limits.ts';
import type { ReaderId, VisitorId } from '../../src/readers/reader.ts';
import { createStartDevice } from '../../src/readers/start-device.ts';
import { sqliteCustomerStore } from '../../src/stores/sqlite/customer-store.ts';
import { openDatabase } from '../../src/stores/sqlite/open-database.ts';
import { browser } from '../readers/site.ts';
import { machine, noon, publicUrl, secretKey } from '../readers/support.ts';
import { createTill, price, type Till } from './till.ts';

export const plan = (id: string, facts: Partial<Plan> = {}): Plan =>
  ({ id, name: id, products: ['all'], price: `price_${id}`, promotionCodes: false, ...facts }) as Plan;

export const plans: readonly Plan[] = [
  plan('monthly', { name: 'Monthly', interval: 'month' }),
  plan('yearly', { name: 'Yearly', interval: 'year', trialDays: 14 }),
  plan('harbour', { name: 'Harbour', products: ['harbour' as never] }),
  plan('month-pass', { name: 'A month', passDays: 30 }),
  plan('by-hand', { name: 'By hand', price: undefined as never }),
];

const withoutPeriod = { interval: undefined as never, intervalCount: undefined as never };

export const prices = [
  price('price_monthly'),
  price('price_yearly', { unitAmount: 9_000, interval: 'year' }),
  price('price_harbour', { unitAmount: 500 }),
  price('price_month-pass', { unitAmount: 400, ...withoutPeriod }),
];

export const policy = (over: Partial<Policy> = {}): Policy =>
  ({
    site: { name: 'Lamplight', language: 'en', timeZone: 'UTC' },
    products: [
      { id: 'all', name: 'All of Lamplight' },
      { id: 'harbour', name: 'Harbour Quarterly' },
    ],
    plans,
    meters: [],
    billing: { graceDays: 7, refunded: 'stop', disputed: 'stop', reconcileMinutes: 60 },
    devices: {},
    ...over,
  }) as unknown as Policy;

interface ShopOptions {
  readonly directory: string;
  readonly till?: Till;
  /** Instead of a till's: such as the real adapter before the sandbox. */
  readonly billing?: Pick<Billing, keyof Till['billing']>;
  readonly policy?: Policy;
  readonly places?: Readonly<Record<string, OfferPlace>>;
  readonly otherOrigins?: readonly string[];
  readonly limit?: Limit;
  readonly readerLimit?: Limit;
  readonly keys?: readonly ReturnType<typeof secretKey>[];
  readonly start?: number;
}

export function shop(options: ShopOptions) {
  const keys = options.keys ?? [secretKey('k1')];
  const here = machine({
    directory: options.directory,
    keys,
    ...(options.start ? { start: options.start } : {}),
  });
  const database = openDatabase(options.directory);
  const customers = sqliteCustomerStore(database, here.report);
  const till = options.till ?? createTill(here.clock, prices);
  const billing = options.billing ?? till.billing;
  const rules = { ...policy(), ...options.policy };
  const inForce = () => ({
    policy: rules,
    messages: createMessages({ overrides: {}, siteLanguage: 'en', timeZone: 'UTC' }),
  });
  const merged: [VisitorId, ReaderId][] = [];
  const warnings: string[] = [];
  const common = {
    billing,
    customers,
    readers: here.store,
    entitlements: here.entitlements,
    policy: () => rules,
    clock: here.clock,
  };
  const refresh = createRefreshCustomer(common);
  const payingReader = createPayingReader({ keys, store: here.store });
  const startDevice = createStartDevice({ ...here, random: randomText });
  const begin = createBeginCheckout({ ...common, payingReader, refresh, random: randomText });
  const claimAfterProof = createClaimAfterProof({ ...common, refresh });
  const finish = createFinishCheckout({
    ...common,
    refresh,
    claimAfterProof,
    mergeReads: async (visitor, reader) => void merged.push([visitor, reader]),
    startDevice,
  });
  const offer = createOffer({
    ...common,
    warn: ({ plan: of }, message) => void warnings.push(`${of}: ${message}`),
    report: here.report,
    patienceMs: 200,
  });
  const shared = {
    identityOf: (incoming: Incoming, now: number) =>
      here.identify(
        {
          cookieHeader: incoming.headers.cookie as string | undefined,
          authorization: incoming.headers.authorization as string | undefined,
          clientAddress: addressOf(incoming),
          secure: true,
        },
        now,
      ),
    networkOf: (incoming: Incoming, now: number) => here.networkTagOf(addressOf(incoming), now),
    inForce,
    publicUrl,
    ...(options.otherOrigins ? { otherOrigins: options.otherOrigins } : {}),
    clock: here.clock,
    report: here.report,
  };
  const app = express();
  app.set('query parser', 'simple');
  app.use(
    subscribeRoutes({
      ...shared,
      ...common,
      offer,
      payingReader,
      entitlementsOf: here.entitlementsOf,
      placeOf: async (path) => options.places?.[path],
    }),
  );
  app.use(
    checkoutRoutes({
      ...{ ...shared, begin, finish, startDevice },
      limit: options.limit ?? createCheckoutLimit(),
      ...(options.readerLimit ? { readerLimit: options.readerLimit } : {}),
    }),
  );
  /** Signs a browser in as a reader with that address. */
  const signIn = async (there: Browser, id: string, email: string): Promise<ReaderId> => {
    const reader = await here.store.findOrCreate({
      id: id as ReaderId,
      email: email as never,
      createdAt: noon,
    });
    const { token } = await startDevice({ reader: reader.id, label: 'A browser' }, here.time.now);
    there.jar.set('__Host-gf_reader', token);
    return reader.id;
  };
  const close = () => {
    here.close();
    database.close();
  };
  return {
    ...here,
    app,
    till,
    billing,
    customers,
    refresh,
    begin,
    finish,
    offer,
    payingReader,
    claimAfterProof,
    startDevice,
    merged,
    warnings,
    signIn,
    close,
  };
}

export type Shop = ReturnType<typeof shop>;
export type Browser = ReturnType<typeof browser>;

interface Incoming {
  readonly headers: Record<string, unknown>;
}

const addressOf = ({ headers }: Incoming): string => String(headers['test-address'] ?? '192.0.2.1');

/** A browser that has been here before: it has a visitor's cookie. */
export const visitingBrowser = async ({ app }: Pick<Shop, 'app'>, address?: string): Promise<Browser> => {
  const there = browser(app, address);
  await there.get('/-/subscribe');
  return there;
};

/** Whom the browser is signed in as. */
export const readerIn = (
  { tokens, time }: Pick<Shop, 'tokens' | 'time'>,
  { jar }: Browser,
): ReaderId | undefined => {
  const verdict = tokens.verify(jar.get('__Host-gf_reader') ?? '', time.now);
  return verdict.kind === 'valid' ? verdict.claims.reader : undefined;
};

/** What is held now by whoever the browser is signed in as. */
export const heldIn = async (where: Shop, there: Browser): Promise<readonly string[]> => {
  const reader = readerIn(where, there);
  const held = reader ? await where.entitlementsOf(reader) : [];
  return held.map(({ product }) => product);
};

/** The local path that Stripe sends the browser back to. */
export const returnPath = ({ sessions }: Till, id: string): string => {
  const success = sessions.get(id as never)?.asked.successUrl ?? '';
  const { pathname, search } = new URL(success.replace('{CHECKOUT_SESSION_ID}', id));
  return pathname + search;
};
