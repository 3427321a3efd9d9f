/** A whole gateway in the tests' own process: on a free port, with its own data, policy and clock. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entitlement, EntitlementId } from '../../src/entitlements/entitlement.ts';
import { listen } from '../../src/gateway/listen.ts';
import { createGateway, type Gateway } from '../../src/gateway.ts';
import { randomText } from '../../src/ops/random.ts';
import type { ThreadBounds } from '../../src/ops/threads.ts';
import type { ProductId } from '../../src/policy/policy.ts';
import type { DeviceId, Email, ReaderId } from '../../src/readers/reader.ts';
import { parseSettings, type Settings } from '../../src/settings.ts';
import { type Answer, type Asking, ask, type Reader, readerAt } from './raw-client.ts';
import { freePort } from './server-process.ts';

/** 2026-11-23T12:00:00Z, the middle of a month. */
export const noon = 1_795_435_200_000;
export const dayMs = 86_400_000;

export interface RunningGateway {
  readonly url: string;
  /** Where the console is: at a port of its own, unless it was asked to share the site's. */
  readonly consoleUrl: string;
  readonly gateway: Gateway;
  /** Milliseconds; set it to move time. */
  readonly time: { now: number };
  readonly dataDir: string;
  readonly policyFile: string;
  /** The settings by their environment names, for a command of the command line. */
  readonly environment: Readonly<Record<string, string>>;
  writePolicy(text: string): void;
  /** What is the console's is asked at the console's address. */
  ask(target: string, asking?: Asking): Promise<Answer>;
  /** Somebody new, with an empty cookie jar. */
  reader(always?: Readonly<Record<string, string>>): Reader;
  /** An account with a signed-in device, and whatever it was granted. */
  account(email: string, entitlements?: readonly Entitlement[]): Promise<Account>;
  stop(): Promise<void>;
}

export interface Account {
  readonly id: ReaderId;
  readonly token: string;
  /** What sends the token as a browser does. */
  readonly cookie: { readonly Cookie: string };
}

export interface GatewayOptions {
  readonly policy?: string;
  readonly originUrl?: string;
  readonly contentDir?: string;
  readonly redisUrl?: string;
  /** Shared with another gateway; else a new one that is removed at the end. */
  readonly dataDir?: string;
  /** Shared with another gateway, so that tokens of one are tokens of the other. */
  readonly publicUrl?: string;
  /** As a proxy in front has it. Default: as `console` says. */
  readonly consoleUrl?: string;
  readonly now?: number;
  /** Time passes by itself. */
  readonly ticking?: boolean;
  /** Time passes by itself, and as somebody moves it. */
  readonly clock?: () => number;
  readonly trustProxy?: string;
  readonly purgeSecret?: string;
  readonly preserveHost?: string;
  readonly threads?: ThreadBounds;
  /** Default: a port of its own. `shared`: with the site. Two host names: at the site's port, told by them. */
  readonly console?: 'shared' | { readonly siteHost: string; readonly consoleHost: string };
}

/** The same in every process, so that a token of one gateway is a token of all that share its PUBLIC_URL. */
const tokenKeys = `test:${createHash('sha256').update('a key for tests').digest('base64url')}`;

/** The same, as the settings have it once they are read. */
export const testTokenKeys: Settings['tokenKeys'] = (() => {
  const parsed = parseSettings({ PUBLIC_URL: 'http://127.0.0.1', TOKEN_KEYS: tokenKeys });
  if (parsed.kind === 'faulty') throw new Error(parsed.faults.join('\n'));
  return parsed.settings.tokenKeys;
})();

/** Three free reads a month, five with an account; previews of 200 characters; no cards, so that pages are the same each time. */
export const testPolicy = `
site: { name: The Test Reader, language: en, timeZone: UTC }
publications: [{ id: tidewater, name: Tidewater, paths: /tidewater/** }]
products: [{ id: all, name: Everything }, { id: other, name: Something else }]
meters:
  main: { window: month, visitor: 3, registered: 5 }
articles:
  paths: [/tidewater/*, /tidewater/*/amp, /tidewater/*/print]
  body: .article-body
  json: [{ paths: /tidewater/*.json, body: /content_html }]
cutoff: { characters: 200 }
otherwise: { access: own-or-metered, products: all }
preview: { moreFrom: false, related: false }
`;

export const startGateway = async (options: GatewayOptions = {}): Promise<RunningGateway> => {
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'gatefold-gate-'));
  const policyFile = join(directory, 'policy.yaml');
  const writePolicy = (text: string): void => writeFileSync(policyFile, text);
  writePolicy(options.policy ?? testPolicy);
  const url = `http://127.0.0.1:${port}`;
  const { publicUrl, consoleUrl } = await originsOf(options, port);
  const environment = {
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    CONSOLE_URL: consoleUrl,
    DATA_DIR: options.dataDir ?? join(directory, 'data'),
    POLICY_FILE: policyFile,
    TOKEN_KEYS: tokenKeys,
    LOG_LEVEL: 'silent',
    ...(options.originUrl === undefined ? {} : { ORIGIN_URL: options.originUrl }),
    ...(options.contentDir === undefined ? {} : { CONTENT_DIR: options.contentDir }),
    ...(options.redisUrl === undefined ? {} : { REDIS_URL: options.redisUrl }),
    ...(options.preserveHost === undefined ? {} : { PRESERVE_HOST: options.preserveHost }),
    ...(options.purgeSecret === undefined ? {} : { PURGE_SECRET: options.purgeSecret }),
    ...(options.trustProxy === undefined ? {} : { TRUST_PROXY: options.trustProxy }),
  };
  const parsed = parseSettings(environment);
  if (parsed.kind === 'faulty') throw new Error(parsed.faults.join('\n'));
  const time = { now: options.now ?? noon };
  const gateway = await createGateway({
    settings: parsed.settings,
    ...(options.ticking ? {} : { clock: options.clock ?? (() => time.now) }),
    ...(options.threads ? { threads: options.threads } : {}),
    watch: false,
  });
  const listening = await listen(gateway, parsed.settings);
  return {
    url,
    consoleUrl,
    gateway,
    time,
    dataDir: environment.DATA_DIR,
    policyFile,
    environment,
    writePolicy,
    ask: (target, asking) => ask(target.startsWith('/-/console') ? consoleUrl : url, target, asking),
    reader: (always) => readerAt(url, always),
    account: (email, entitlements = []) =>
      makeAccount(gateway, email, entitlements, options.ticking ? Date.now() : time.now),
    stop: async () => {
      listening.server.closeAllConnections();
      listening.consoleServer?.closeAllConnections();
      await listening.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

const originsOf = async ({ console: where, publicUrl, consoleUrl }: GatewayOptions, port: number) => {
  if (typeof where === 'object')
    return {
      publicUrl: `http://${where.siteHost}:${port}`,
      consoleUrl: `http://${where.consoleHost}:${port}`,
    };
  const site = publicUrl ?? `http://127.0.0.1:${port}`;
  if (where === 'shared') return { publicUrl: site, consoleUrl: site };
  return { publicUrl: site, consoleUrl: consoleUrl ?? `http://127.0.0.1:${await freePort()}` };
};

const makeAccount = async (
  { stores, readers }: Gateway,
  email: string,
  entitlements: readonly Entitlement[],
  now: number,
): Promise<Account> => {
  const { id } = await stores.readers.findOrCreate({
    id: randomText(12) as ReaderId,
    email: email as Email,
    createdAt: now,
  });
  const device = randomText(16) as DeviceId;
  await stores.readers.putDevice({ id: device, reader: id, createdAt: now, lastSeenAt: now, label: 'test' });
  for (const entitlement of entitlements) await stores.entitlements.put(id, entitlement);
  const token = readers.tokens.sign({ reader: id, device, entitlements, ttlSeconds: 3600 }, now);
  return { id, token, cookie: { Cookie: `gf_reader=${token}` } };
};

export const comp = (product: string, startsAt: number, endsAt: number): Entitlement => ({
  id: `comp:${product}` as EntitlementId,
  product: product as ProductId,
  source: 'comp',
  startsAt,
  endsAt,
});
