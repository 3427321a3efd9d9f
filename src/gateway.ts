/** The composition root: settings become stores, origin and mail, those become rooms, and rooms become one gateway. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { createCatalogue } from './gate/catalogue.ts';
import type { PolicyInForce } from './gate/policy-in-force.ts';
import { composeBilling, type Selling } from './gateway/compose-billing.ts';
import { composeGate, type Gate } from './gateway/compose-gate.ts';
import { composePages } from './gateway/compose-pages.ts';
import { composeReaders, type Readers } from './gateway/compose-readers.ts';
import { fillCatalogue, publicExcerpt } from './gateway/fill-catalogue.ts';
import { hostSource } from './gateway/host-source.ts';
import { openMail } from './gateway/open-mail.ts';
import { type OpenedOrigin, openOrigin } from './gateway/open-origin.ts';
import { openStripe } from './gateway/open-stripe.ts';
import { followPolicy } from './gateway/policy-in-force.ts';
import { createUpgrades } from './gateway/upgrades.ts';
import { rememberReadings } from './meter/meter-memory.ts';
import type { MeterStore } from './meter/meter-store.ts';
import { type Clock, systemClock } from './ops/clock.ts';
import { createLog, type Log } from './ops/log.ts';
import { createMetrics, type Metrics } from './ops/metrics.ts';
import { randomText } from './ops/random.ts';
import { trustedProxies } from './origin/client-address.ts';
import { messageKeys, placeholdersOf } from './pages/messages/message-keys.ts';
import { openPolicyFile, type PolicyFile } from './policy/policy-file.ts';
import { sandboxTokenKeys } from './readers/make-token-keys.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import type { Settings } from './settings.ts';
import { openStores, type Stores } from './stores/open-stores.ts';

export interface Gateway {
  /** Answers any request: Gatefold's own pages under `/-/`, everything else by the gate. */
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** The same before a host application: what `next` answers is gated. */
  handleHosted(req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void): void;
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly gate: Gate;
  readonly readers: Readers;
  readonly stores: Stores;
  readonly policyFile: PolicyFile;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly inForce: () => PolicyInForce;
  /** Absent: nothing is sold here. */
  readonly selling?: Selling;
  /** Stripe, offline. */
  readonly sandbox?: Sandbox;
  /** From now on `/-/health/ready` answers 503. */
  announceStop(): void;
  close(): Promise<void>;
}

interface Options {
  readonly settings: Settings;
  readonly clock?: Clock;
  /** Follow changes of the content folder, and compare with Stripe on a schedule. */
  readonly watch?: boolean;
  /** False: nothing is sold, and no sandbox is opened: for a command beside a running server. */
  readonly selling?: boolean;
  /** Stands before the meters: a question such as "what if" must not ask the real count. */
  readonly wrapMeters?: (meters: MeterStore) => MeterStore;
}

/** @throws PolicyFaults when the policy is broken, Error when a store, key or folder can't be used. */
export const createGateway = async ({
  settings,
  clock: realNow = systemClock,
  watch = true,
  selling: sells = true,
  wrapMeters = rememberReadings,
}: Options): Promise<Gateway> => {
  const log = createLog(settings.logLevel);
  const metrics = createMetrics();
  const { publicUrl } = settings;
  const keys =
    settings.tokenKeys.length > 0 ? settings.tokenKeys : sandboxTokenKeys(settings.dataDir, randomText);
  const policyFile = await openPolicyFile({
    file: settings.policyFile,
    log,
    messages: { keys: messageKeys, placeholdersOf },
  });
  const stores = await openStores({ ...settings, warn: (message) => log.warn(message) });
  const stripe = await openStripe({
    settings,
    sells,
    policy: policyFile.current,
    clock: realNow,
    warn: (message) => log.warn(message),
    onCall: metrics.countStripeCall,
  });
  const { clock } = stripe;
  const catalogue = createCatalogue();
  const inForce = followPolicy(policyFile, stripe.isSandbox);
  const opened = await openOrigin({ settings, excerptOf: publicExcerpt(inForce, clock), watch, clock, log });
  const refill = (): void => fillCatalogue(catalogue, opened, inForce, clock);
  const meters = wrapMeters(stores.meters);
  const isTrusted = trustedProxies(settings.trustProxy);
  const hosts = hostsOf(publicUrl, opened);
  const readers = composeReaders({ stores, meters, keys, publicUrl, isTrusted, inForce, clock, log });
  const isOwnBearer = (authorization: string): boolean => {
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    return token !== undefined && readers.tokens.verify(token, clock()).kind !== 'invalid';
  };
  const { identityOf, liveView } = readers;
  const otherOrigins = settings.sandbox ? loopbackOrigins(publicUrl) : [];
  const { billing, callsMade } = stripe;
  const selling =
    billing &&
    composeBilling({
      billing,
      callsMade,
      stores,
      readers,
      keys,
      publicUrl,
      otherOrigins,
      inForce,
      clock,
      realNow,
      log,
      metrics,
    });
  const gate = composeGate({
    opened,
    publicUrl,
    hosts,
    inForce,
    identityOf,
    liveView,
    meters,
    catalogue,
    ...(selling ? { promptOffer: selling.promptOffer } : {}),
    isTrusted,
    isOwnBearer,
    clock,
    log,
    metrics,
  });
  const mail = openMail({ settings, clock, directory: join(settings.dataDir, 'outbox') });
  let stopping = false;
  const app = composePages({
    gate,
    readers,
    stores,
    meters,
    ...(selling ? { selling } : {}),
    keys,
    hosts,
    publicUrl,
    inForce,
    clock,
    log,
    otherOrigins,
    sendMail: mail.send,
    extraRoutes: mail.routes,
    isStopping: () => stopping,
  });
  const upgrades = createUpgrades({ opened, publicUrl, isTrusted, answer: (req, res) => handle(req, res) });
  policyFile.onChange((policy) => {
    metrics.countPolicyChange();
    stripe.sandbox?.offer(policy);
    opened.folder?.forgetPages();
    // What was found was found by the old policy: its publication, and whether it is an article at all.
    gate.forgetAll();
    refill();
  });
  opened.folder?.onChange(() => {
    gate.forgetAll();
    refill();
  });
  refill();

  const reconciling = watch ? selling?.startReconciling() : undefined;
  const source = { origin: opened.origin, shareable: true };
  const ownPage = (req: IncomingMessage, res: ServerResponse): void => {
    if (stripe.sandbox && isSandboxPage(req)) stripe.sandbox.handlePage(req, res);
    else app(req, res);
  };
  const handle = (req: IncomingMessage, res: ServerResponse): void => {
    if (isOwnPage(req)) ownPage(req, res);
    else gate.handle(req, res, source);
  };
  return {
    handle,
    handleHosted: (req, res, next) => {
      if (isOwnPage(req)) {
        ownPage(req, res);
        return;
      }
      const hosted = hostSource(req, res, next);
      gate.handle(hosted.asked, hosted.client, hosted.source);
    },
    upgrade: upgrades.handle,
    gate,
    readers,
    stores,
    policyFile,
    metrics,
    log,
    inForce,
    ...(selling ? { selling } : {}),
    ...(stripe.sandbox ? { sandbox: stripe.sandbox } : {}),
    announceStop: () => {
      stopping = true;
    },
    close: async () => {
      upgrades.close();
      await reconciling?.close();
      await Promise.all([opened.origin.close(), policyFile.close(), mail.close(), stripe.close()]);
      await stores.close();
    },
  };
};

const isOwnPage = ({ url = '/' }: IncomingMessage): boolean => url.startsWith('/-/') || url === '/-';

const isSandboxPage = ({ url = '/' }: IncomingMessage): boolean => /^\/-\/sandbox(?:[/?]|$)/.test(url);

const hostsOf = (publicUrl: string, { url }: OpenedOrigin): readonly string[] => [
  ...new Set([new URL(publicUrl).host, new URL(url).host]),
];

/** A sandbox is opened as `localhost` as often as by its number. */
const loopbackOrigins = (publicUrl: string): readonly string[] => {
  const { protocol, port } = new URL(publicUrl);
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => `${protocol}//${host}${port ? `:${port}` : ''}`);
};
