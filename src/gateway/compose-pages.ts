/** Gatefold's own pages, put together into the app under `/-/`. */
import { createApp } from '../app.ts';
import type { OfferPlace } from '../billing/offered-plans.ts';
import { createPayingReader } from '../billing/paying-reader.ts';
import type { SaleSteps } from '../billing/sale-steps.ts';
import { subscribeRoutes } from '../billing/subscribe-routes.ts';
import { accessRoutes } from '../gate/access-routes.ts';
import { askedAddress } from '../gate/asked-address.ts';
import { openRoutes } from '../gate/open-routes.ts';
import type { PolicyInForce } from '../gate/policy-in-force.ts';
import { purgeRoutes } from '../gate/purge-routes.ts';
import type { MeterStore } from '../meter/meter-store.ts';
import type { Clock } from '../ops/clock.ts';
import { healthRoutes } from '../ops/health-routes.ts';
import { faultOf, type Log } from '../ops/log.ts';
import { randomText } from '../ops/random.ts';
import { renderErrorPage } from '../pages/error-page.tsx';
import { signInMail } from '../pages/mail-sign-in.tsx';
import { accountDataRoutes } from '../readers/account-data-routes.ts';
import { accountRoutes } from '../readers/account-routes.ts';
import { createEraseReader } from '../readers/erase-reader.ts';
import { createExportReader } from '../readers/export-reader.ts';
import { jwksRoutes } from '../readers/jwks-routes.ts';
import type { SendMail } from '../readers/mail-sender.ts';
import { createBatchLimit, createSignInLimits } from '../readers/rate-limits.ts';
import { createSendPage } from '../readers/send-page.ts';
import { createSignIn, type Proof } from '../readers/sign-in.ts';
import { signInRoutes } from '../readers/sign-in-routes.ts';
import type { TokenKeySetting } from '../settings.ts';
import type { Stores } from '../stores/open-stores.ts';
import type { Selling } from './compose-billing.ts';
import type { Gate } from './compose-gate.ts';
import type { Readers } from './compose-readers.ts';

interface Options {
  readonly gate: Gate;
  readonly readers: Readers;
  readonly stores: Stores;
  readonly meters: MeterStore;
  /** Absent: nothing is sold here. */
  readonly selling?: Selling;
  readonly keys: readonly TokenKeySetting[];
  readonly hosts: readonly string[];
  readonly publicUrl: string;
  readonly otherOrigins: readonly string[];
  readonly sendMail: SendMail;
  readonly saleSteps: SaleSteps;
  readonly extraRoutes: Parameters<typeof createApp>[0]['routes'];
  readonly inForce: () => PolicyInForce;
  readonly isStopping: () => boolean;
  readonly clock: Clock;
  readonly realNow: Clock;
  readonly purgeSecrets: readonly string[];
  readonly log: Log;
}

export const composePages = (options: Options): ReturnType<typeof createApp> => {
  const { gate, readers, stores, keys, hosts, publicUrl, otherOrigins, inForce, clock, log } = options;
  const { identityOf, visitorNumberOf, networkOf } = readers;
  const report = (error: unknown): void => log.error({ fault: faultOf(error) }, 'a reader’s request failed');
  const common = { identityOf, visitorNumberOf, inForce, publicUrl, otherOrigins, clock, report };
  const sendPage = createSendPage(inForce, visitorNumberOf);
  const { selling } = options;
  const sold = selling ? { billing: selling.readerBilling } : {};
  return createApp({
    sendFault: gate.sendFault,
    log,
    routes: [
      openRoutes(),
      healthRoutes({ ping: stores.ping, isStopping: options.isStopping }),
      accessRoutes({
        answerAccess: gate.answerAccess,
        staffOf: gate.staffOf,
        identityOf,
        inForce,
        hosts,
        clock,
        isKnown: gate.isKnown,
        batchLimit: createBatchLimit({ redisClient: stores.limitClient }),
        networkOf,
      }),
      purgeRoutes({
        secrets: options.purgeSecrets,
        hosts,
        purge: gate.purges.purge,
        clock: options.realNow,
        report: (error) =>
          log.warn({ fault: faultOf(error) }, 'a purge could not be told to other instances'),
      }),
      jwksRoutes(keys),
      subscribe(options, report),
      signInRoutes({
        ...common,
        signIn: composeSignIn(options, report),
        limits: createSignInLimits({ redisClient: stores.limitClient }),
        store: stores.readers,
        networkOf,
      }),
      accountRoutes({
        ...common,
        ...sold,
        store: stores.readers,
        entitlementsOf: readers.liveView.of,
      }),
      accountDataRoutes({ ...common, ...sold, ...composeAccountData(options) }),
      ...(selling?.routes ?? []),
      ...options.extraRoutes,
    ],
    notFound: (request, response) =>
      sendPage(request, response, 404, (site, messages) =>
        renderErrorPage({ site, code: 'not-found' }, messages),
      ),
  });
};

const composeSignIn = (
  { stores, readers, selling, publicUrl, sendMail, inForce }: Options,
  report: (error: unknown) => void,
) =>
  createSignIn({
    ...(selling ? { afterProof: claiming(selling, report) } : {}),
    report,
    allowedDevices: () => inForce().policy.devices.allowed,
    store: stores.readers,
    tokens: readers.tokens,
    entitlementsOf: readers.liveView.of,
    mergeReads: readers.mergeReads,
    composeMail: (facts, locale) => {
      const { policy, messages } = inForce();
      return signInMail({ siteName: policy.site.name, ...facts }, messages(locale));
    },
    sendMail,
    publicUrl,
    random: randomText,
  });

/** What Stripe couldn't be asked for is made up for by the next sign-in, and by the reconcile. */
const claiming =
  ({ claimAfterProof }: Selling, report: (error: unknown) => void) =>
  async (proof: Proof): Promise<void> => {
    const { unfinished } = await claimAfterProof(proof);
    if (unfinished) report(unfinished);
  };

const composeAccountData = ({ stores, readers, meters, selling, inForce }: Options) => {
  const sold = selling ? { billing: selling.readerBilling } : {};
  return {
    exportReader: createExportReader({
      ...sold,
      store: stores.readers,
      entitlementsOf: readers.liveView.of,
      meters,
      policy: () => inForce().policy,
    }),
    eraseReader: createEraseReader({
      ...sold,
      store: stores.readers,
      entitlements: stores.entitlements,
      meters,
    }),
  };
};

/** What is sold, or, where nothing is, what could be and whom to ask for it. */
const subscribe = (options: Options, report: (error: unknown) => void) => {
  const { readers, stores, selling, keys, inForce, publicUrl, clock } = options;
  return subscribeRoutes({
    ...(selling ? { offer: selling.offer } : {}),
    customers: stores.customers,
    readers: stores.readers,
    payingReader: createPayingReader({ keys, store: stores.readers }),
    entitlementsOf: readers.liveView.of,
    identityOf: readers.identityOf,
    visitorNumberOf: readers.visitorNumberOf,
    placeOf: placeOf(options),
    saleSteps: options.saleSteps,
    inForce,
    publicUrl,
    clock,
    report,
  });
};

const placeOf =
  ({ gate, hosts, inForce, clock }: Options) =>
  async (path: string): Promise<OfferPlace | undefined> => {
    const rules = inForce();
    const address = askedAddress(path, hosts);
    const page = address && (await gate.locate(address.target, address.path, rules));
    if (page?.kind !== 'article') return undefined;
    const { article } = page;
    return { article, products: rules.matcher.match(article, clock()).outcome.products };
  };
