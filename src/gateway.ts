/** The composition root: settings become stores, origin, Stripe and mail, those become rooms, and rooms become one gateway. */
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { createNoticeNoArticles, noArticlesInWords } from './gate/notice-no-articles.ts';
import type { PolicyInForce } from './gate/policy-in-force.ts';
import type { IsStaff } from './gate/staff/host-staff.ts';
import { type Answering, createAnswering } from './gateway/answer-requests.ts';
import { composeBilling, type Selling } from './gateway/compose-billing.ts';
import { type Console, composeConsole } from './gateway/compose-console.ts';
import { composeConsoleOrigin } from './gateway/compose-console-origin.ts';
import { composeGate, type Gate } from './gateway/compose-gate.ts';
import { composeInsight, type Insight } from './gateway/compose-insight.ts';
import { composeKnowing, type Knowing } from './gateway/compose-knowing.ts';
import { composeLearning, type Learning } from './gateway/compose-learning.ts';
import { composePages } from './gateway/compose-pages.ts';
import { composeReaders, type Readers } from './gateway/compose-readers.ts';
import { createIsForConsole, standsApart } from './gateway/console-host.ts';
import { fillCatalogue } from './gateway/fill-catalogue.ts';
import { type Base, openBase } from './gateway/open-base.ts';
import { openMail } from './gateway/open-mail.ts';
import type { OpenedOrigin } from './gateway/open-origin.ts';
import { createUpgrades } from './gateway/upgrades.ts';
import { rememberReadings } from './meter/meter-memory.ts';
import { type Clock, systemClock } from './ops/clock.ts';
import type { Log } from './ops/log.ts';
import type { Metrics } from './ops/metrics.ts';
import type { ThreadBounds } from './ops/threads.ts';
import { trustedProxies } from './origin/client-address.ts';
import type { PolicySource } from './policy/versions/policy-source.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import type { LearnSchedule } from './sentry/learn/learn-schedule.ts';
import type { Settings } from './settings.ts';
import type { Stores } from './stores/open-stores.ts';

export interface Gateway extends Answering {
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly gate: Gate;
  readonly readers: Readers;
  readonly stores: Stores;
  readonly policySource: PolicySource;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly inForce: () => PolicyInForce;
  readonly console: Console;
  readonly insight: Pick<Insight, 'flush'>;
  /** What is known of articles' texts. */
  readonly knowing: Knowing;
  /** Absent: the origin can't be asked. */
  readonly learning?: Learning;
  /** Absent: nothing is sold here. */
  readonly selling?: Selling;
  /** Stripe, offline, where it is this process's own. */
  readonly sandbox?: Sandbox;
  /** From now on `/-/health/ready` answers 503. */
  announceStop(): void;
  close(): Promise<void>;
}

interface Options {
  readonly settings: Settings;
  /** Whom a host application knows for its own people. */
  readonly isStaff?: IsStaff;
  readonly clock?: Clock;
  /** Follow changes of the content folder, and compare with Stripe on a schedule. */
  readonly watch?: boolean;
  /** False: nothing is sold, and no sandbox is opened: for a command beside a running server. */
  readonly selling?: boolean;
  /** False: the policy is the one in force now, and its file's changes become no versions: for a command. */
  readonly follow?: boolean;
  /** Other bounds than the usual for what is done in threads beside. */
  readonly threads?: ThreadBounds;
}

/** @throws PolicyFaults when the policy is broken, Error when a store, key or folder can't be used. */
export const createGateway = async (options: Options): Promise<Gateway> => {
  const {
    settings,
    clock: realNow = systemClock,
    watch = true,
    selling: sells = true,
    follow = true,
  } = options;
  const base = await openBase({ settings, realNow, watch, follow, sells, threads: options.threads ?? {} });
  const { log, metrics, policySource, inForce, stores, stripe, opened } = base;
  const mail = openMail({ settings, clock: base.clock, directory: join(settings.dataDir, 'outbox') });
  let stopping = false;
  const closing = new AbortController();
  const knowing = composeKnowing({ ...base, policy: policySource.current() });
  const rooms = composeRooms(base, knowing, mail, () => stopping, closing.signal, options.isStaff);
  const { gate, readers, selling, console, insight, app, consoleApp, isTrusted, learning } = rooms;
  const reconciling = watch ? selling?.startReconciling() : undefined;
  const scheduled = watch ? learning?.start() : undefined;
  keepFresh(base, gate, selling, scheduled);
  await knowing.ready();
  const { sandbox } = stripe;
  const isForConsole = createIsForConsole(settings);
  const answering = createAnswering({
    app,
    ...(consoleApp ? { consoleApp } : {}),
    isForConsole,
    gate,
    ...(sandbox ? { sandbox } : {}),
  });
  const upgrades = createUpgrades({
    opened,
    passes: (name) => inForce().matcher.passesHeader(name),
    isTrusted,
    isForConsole,
    answer: answering.handle,
  });
  return {
    ...answering,
    upgrade: upgrades.handle,
    gate,
    readers,
    stores,
    policySource,
    metrics,
    log,
    inForce,
    console,
    insight,
    knowing,
    ...(learning ? { learning } : {}),
    ...(selling ? { selling } : {}),
    ...(sandbox ? { sandbox } : {}),
    announceStop: () => {
      stopping = true;
    },
    close: async () => {
      closing.abort();
      upgrades.close();
      await Promise.all([reconciling?.close(), selling?.rederiveAll.close(), scheduled?.close()]);
      await knowing.close();
      await gate.purges.close();
      await gate.codes.flush();
      await insight.close();
      await Promise.all([
        ...[opened.origin.close(), policySource.close(), mail.close(), stripe.close()],
        base.threads.close(),
      ]);
      await stores.close();
    },
  };
};

const composeRooms = (
  base: Base,
  knowing: Knowing,
  mail: ReturnType<typeof openMail>,
  isStopping: () => boolean,
  closing: AbortSignal,
  isStaff: IsStaff | undefined,
) => {
  const { settings, opened } = base;
  const { publicUrl } = settings;
  const meters = rememberReadings(base.stores.meters);
  const isTrusted = trustedProxies(settings.trustProxy);
  const hosts = hostsOf(publicUrl, opened);
  const otherOrigins = otherSiteOrigins(settings);
  const readers = composeReaders({ ...base, meters, publicUrl, isTrusted });
  const insight = composeInsight({ ...base, readers, hosts, locate: () => gate.locate });
  const { saleSteps, onDecision, onDiscovery } = insight;
  const { billing, callsMade } = base.stripe;
  const selling =
    billing && composeBilling({ ...base, billing, callsMade, readers, publicUrl, otherOrigins, saleSteps });
  const noticeArticles = createNoticeNoArticles((pages) =>
    base.log.warn({ pages }, noArticlesInWords(pages)),
  );
  const gate: Gate = composeGate({
    ...base,
    noticeArticles,
    ...readers,
    publicUrl,
    hosts,
    meters,
    onDecision,
    onDiscovery,
    knowing,
    ...(selling ? { promptOffer: selling.promptOffer } : {}),
    isTrusted,
    ...(isStaff ? { isStaff } : {}),
  });
  const console = composeConsole({
    ...base,
    gate,
    readers,
    meters,
    ...(selling ? { selling } : {}),
    hosts,
    publicUrl,
    otherOrigins: otherConsoleOrigins(settings),
    sendMail: mail.sendToOperators,
    closing,
  });
  const isApart = standsApart(settings);
  const app = composePages({
    ...base,
    purgeSecrets: settings.purgeSecrets,
    gate,
    readers,
    meters,
    ...(selling ? { selling } : {}),
    hosts,
    publicUrl,
    otherOrigins,
    sendMail: mail.send,
    saleSteps,
    extraRoutes: [
      ...insight.routes(gate.codes),
      ...(isApart ? mail.routes('readers') : [...console.routes, ...mail.routes('all')]),
    ],
    isStopping,
  });
  const consoleApp = isApart
    ? composeConsoleOrigin({ ...base, console, gate, mailRoutes: mail.routes('all'), isStopping })
    : undefined;
  const learning = composeLearning({ ...base, hosts, knowing, noticeArticles });
  return { gate, readers, selling, console, insight, app, consoleApp, isTrusted, learning };
};

/** What was found was found by the old policy, or the old folder: its publication, and whether it is an article at all. */
const keepFresh = (
  { policySource, metrics, stripe, opened, catalogue, inForce, clock }: Base,
  gate: Gate,
  selling: Selling | undefined,
  learning: LearnSchedule | undefined,
): void => {
  const refill = (): void => fillCatalogue(catalogue, opened, inForce, clock);
  policySource.onChange((policy) => {
    metrics.countPolicyChange();
    stripe.sandbox?.offer(policy);
    opened.folder?.forgetPages();
    gate.forgetAll();
    selling?.rederiveAll.policyChanged();
    learning?.lookSoon();
    refill();
  });
  opened.folder?.onChange(() => {
    gate.forgetAll();
    learning?.lookSoon('changed');
    refill();
  });
  refill();
};

const hostsOf = (publicUrl: string, { url }: OpenedOrigin): readonly string[] => [
  ...new Set([new URL(publicUrl).host, new URL(url).host]),
];

/** Where else the site's own pages may be open, and nothing of the console's. */
const otherSiteOrigins = ({ sandbox, publicUrl, console: { url } }: Settings): readonly string[] =>
  sandbox ? loopbackOrigins(publicUrl).filter((origin) => origin !== url || url === publicUrl) : [];

/** Where the console may be open besides CONSOLE_URL. A page at the site's own address is never one of its. */
const otherConsoleOrigins = (settings: Settings): readonly string[] => {
  const { sandbox, publicUrl, console } = settings;
  if (!standsApart(settings)) return otherSiteOrigins(settings);
  // Told by its host, it answers to no other name.
  if (!sandbox || console.port === undefined) return [];
  const ofSite = [publicUrl, ...otherSiteOrigins(settings)];
  return loopbackOrigins(console.url).filter((origin) => !ofSite.includes(origin));
};

/** A sandbox is opened as `localhost` as often as by its number. */
const loopbackOrigins = (address: string): readonly string[] => {
  const { protocol, port } = new URL(address);
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => `${protocol}//${host}${port ? `:${port}` : ''}`);
};
