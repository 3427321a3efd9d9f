/** A site that sells: sign-in, account, portal and erasure over real stores, with a Stripe that is a list of customers. */
import express from 'express';
import { createClaimAfterProof } from '../../src/billing/link-customers.ts';
import { portalRoutes } from '../../src/billing/portal-routes.ts';
import { createReaderBilling } from '../../src/billing/reader-billing.ts';
import { createRefreshCustomer } from '../../src/billing/refresh-customer.ts';
import type { CustomerId, CustomerState } from '../../src/billing/subscription.ts';
import { rememberReadings } from '../../src/meter/meter-memory.ts';
import { randomText } from '../../src/ops/random.ts';
import { signInMail } from '../../src/pages/mail-sign-in.tsx';
import type { Policy } from '../../src/policy/policy.ts';
import { accountDataRoutes } from '../../src/readers/account-data-routes.ts';
import { accountRoutes } from '../../src/readers/account-routes.ts';
import { createDeviceView } from '../../src/readers/device-view.ts';
import { createEraseReader } from '../../src/readers/erase-reader.ts';
import { createExportReader } from '../../src/readers/export-reader.ts';
import { createIdentify } from '../../src/readers/identify.ts';
import type { Mail, SendMail } from '../../src/readers/mail-sender.ts';
import { createMergeReads } from '../../src/readers/merge-reads.ts';
import { createNetworkTags } from '../../src/readers/network-tag.ts';
import { createPortalLimits, createSignInLimits } from '../../src/readers/rate-limits.ts';
import type { ReaderId } from '../../src/readers/reader.ts';
import { createReaderTokens } from '../../src/readers/reader-token.ts';
import { createRenewToken } from '../../src/readers/renew-token.ts';
import { createSignIn } from '../../src/readers/sign-in.ts';
import { signInRoutes } from '../../src/readers/sign-in-routes.ts';
import { createStartDevice } from '../../src/readers/start-device.ts';
import { createVisitors } from '../../src/readers/visitor.ts';
import type { Stores } from '../../src/stores/open-stores.ts';
import { customer, subscription, terms } from '../billing/customer-facts.ts';
import { newCustomerId } from '../billing/rule-bench.ts';
import { orderedStripe } from './ordered-stripe.ts';
import { browser, mailed } from './site.ts';
import { inForce, noon, publicUrl, secretKey } from './support.ts';

const meter = { id: 'free', on: true, window: { kind: 'month' }, allowance: { visitor: 3, registered: 5 } };

interface Options {
  readonly sendMail?: SendMail;
  readonly allowedDevices?: number;
}

export const payingSite = (opened: Stores, options: Options = {}) => {
  // Its own copy, so that a test can break one door of it.
  const stores = {
    ...opened,
    readers: { ...opened.readers },
    entitlements: { ...opened.entitlements },
    customers: { ...opened.customers },
    meters: { ...rememberReadings(opened.meters) },
  };
  const time = { now: noon };
  const clock = () => time.now;
  const faults: unknown[] = [];
  const report = (error: unknown) => void faults.push(error);
  const mails: Mail[] = [];
  const keys = [secretKey('k1')];
  const rules = () => {
    const { policy, messages } = inForce();
    const devices = options.allowedDevices === undefined ? {} : { allowed: options.allowedDevices };
    const { plans, products, billing } = terms();
    return {
      policy: { ...policy, plans, products, billing, meters: [meter], devices } as unknown as Policy,
      messages,
    };
  };
  const policy = () => rules().policy;
  const entitlementsOf = (reader: ReaderId) => stores.entitlements.of(reader);
  const tokens = createReaderTokens({ keys, issuer: publicUrl, audience: publicUrl });
  const visitors = createVisitors({ keys, random: randomText });
  const networkTagOf = createNetworkTags({ keys });
  const generation = () => stores.entitlements.generation();
  const devices = createDeviceView({ store: stores.readers, generation, clock });
  const identify = createIdentify({
    tokens,
    visitors,
    networkTagOf,
    devices,
    renew: createRenewToken({ store: stores.readers, tokens, entitlementsOf, devices, report }),
  });
  const stripe = orderedStripe(clock);
  const billed = { billing: stripe, customers: stores.customers, entitlements: stores.entitlements };
  const refresh = createRefreshCustomer({ ...billed, readers: stores.readers, policy, clock });
  const readerBilling = createReaderBilling({
    billing: stripe,
    customers: stores.customers,
    refresh,
    policy,
    clock,
    report,
  });
  const startDevice = {
    store: stores.readers,
    tokens,
    entitlementsOf,
    random: randomText,
    allowedDevices: () => options.allowedDevices,
  };
  const mergeReads = createMergeReads({ meters: stores.meters, policy, clock });
  const signIn = createSignIn({
    ...startDevice,
    store: stores.readers,
    mergeReads,
    afterProof: createClaimAfterProof({ ...billed, readers: stores.readers, policy, clock, refresh }),
    composeMail: (facts, locale) => signInMail({ siteName: 'Lamplight', ...facts }, rules().messages(locale)),
    sendMail: options.sendMail ?? (async (mail) => void mails.push(mail)),
    publicUrl,
    report,
  });
  const shared = {
    identityOf: ({ headers }: { headers: Record<string, unknown> }, now: number) =>
      identify(
        {
          cookieHeader: headers.cookie as string | undefined,
          authorization: undefined,
          clientAddress: '192.0.2.1',
          secure: true,
        },
        now,
      ),
    networkOf: () => 'network',
    inForce: rules,
    publicUrl,
    clock,
    report,
  };
  const app = express()
    .use(signInRoutes({ ...shared, store: stores.readers, signIn, limits: createSignInLimits() }))
    .use(accountRoutes({ ...shared, store: stores.readers, entitlementsOf, billing: readerBilling }))
    .use(
      accountDataRoutes({
        ...shared,
        billing: readerBilling,
        exportReader: createExportReader({
          store: stores.readers,
          entitlementsOf,
          meters: stores.meters,
          policy,
          billing: readerBilling,
        }),
        eraseReader: createEraseReader({
          store: stores.readers,
          entitlements: stores.entitlements,
          meters: stores.meters,
          billing: readerBilling,
        }),
      }),
    )
    .use(
      portalRoutes({ ...shared, billing: stripe, customers: stores.customers, limits: createPortalLimits() }),
    );

  const readerIn = (here: ReturnType<typeof browser>): ReaderId => {
    const verdict = tokens.verify(here.jar.get('__Host-gf_reader') ?? '', time.now);
    if (verdict.kind !== 'valid') throw new Error(`This browser is signed in as nobody (${verdict.kind}).`);
    return verdict.claims.reader;
  };

  /** A browser that came back from paying: signed in as a reader without an address. */
  const paidBrowser = async (bought: Partial<CustomerState> = {}) => {
    const here = browser(app);
    const reader = randomText(12) as ReaderId;
    await stores.readers.putUnproved({ id: reader, createdAt: time.now });
    const id = await buys(reader, bought);
    const { token } = await createStartDevice(startDevice)({ reader, label: 'Firefox, Windows' }, time.now);
    here.jar.set('__Host-gf_reader', token);
    return { here, reader, customer: id };
  };

  const buys = async (owner: ReaderId, bought: Partial<CustomerState> = {}): Promise<CustomerId> => {
    const id = newCustomerId();
    const metadata = { gatefold_reader: owner };
    const own = subscription({ id: `sub_of_${id}` });
    stripe.customers.set(id, customer({ id, metadata, subscriptions: [own], ...bought }));
    await stores.customers.assign(id, { owner });
    await refresh(id);
    return id;
  };

  /** Signs in by the mailed link, in a new browser or the one given. */
  const signedIn = async (email: string, here = browser(app)) => {
    await here.post('/-/sign-in', { email, return: '/-/account' });
    const done = await here.post('/-/sign-in/link', { link: mailed(mails.at(-1)).link });
    return { here, done, reader: readerIn(here) };
  };

  return {
    app,
    stores,
    stripe,
    time,
    faults,
    mails,
    refresh,
    readerBilling,
    readerIn,
    paidBrowser,
    buys,
    signedIn,
    visitors,
  };
};

export type PayingSite = ReturnType<typeof payingSite>;
