/** The process environment, parsed once; every fault is reported at once, and none repeats a value. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { isLocal, ownAddress, senderAt } from './settings/addresses.ts';
import { type ConsoleSettings, placeConsole } from './settings/console-address.ts';
import { notesOn } from './settings/notes.ts';
import * as schemas from './settings/setting-schema.ts';
import { readTokenKeys } from './settings/token-keys.ts';

export { sharedConsoleNote } from './settings/notes.ts';
export { settingDocs } from './settings/setting-docs.ts';

export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Origin only, no trailing slash; where it isn't set, the address that Gatefold listens on. */
  readonly publicUrl: string;
  readonly console: ConsoleSettings;
  readonly origin: /** `preserveHost`: it is asked by the host of `publicUrl`. */
    | { readonly kind: 'http'; readonly url: string; readonly preserveHost: boolean }
    | { readonly kind: 'folder'; readonly directory: string }
    /** The app that mounted the middleware. */
    | { readonly kind: 'host' };
  readonly policyFile: string;
  /** Undefined: the embedded store in `dataDir`. */
  readonly redisUrl?: string;
  readonly dataDir: string;
  readonly tokenKeys: readonly TokenKeySetting[];
  /** Absent exactly in the sandbox. */
  readonly stripe?: StripeSettings;
  readonly smtpUrl?: string;
  readonly mailFrom: string;
  /** What purges from outside are signed with; each is accepted. Empty: none are taken. */
  readonly purgeSecrets: readonly string[];
  readonly operators: readonly string[];
  /** Addresses and CIDR ranges of proxies whose `X-Forwarded-*` are believed; empty: none. */
  readonly trustProxy: readonly string[];
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  readonly metricsPort?: number;
  /** No real Stripe and no real site: defaults for secrets are made and kept in `dataDir`. */
  readonly sandbox: boolean;
}

export interface StripeSettings {
  readonly secretKey: string;
  /** Never empty; each is accepted. */
  readonly webhookSecrets: readonly string[];
  /** Origin only, when it isn't Stripe's own. */
  readonly apiBase?: string;
}

export type TokenKeySetting =
  | { readonly kid: string; readonly kind: 'secret'; readonly secret: Buffer }
  | { readonly kid: string; readonly kind: 'pem'; readonly pem: string };

export type Environment = Readonly<Record<string, string | undefined>>;

export type ParsedSettings =
  /** Notes: what works, but perhaps isn't meant. */
  | { readonly kind: 'ok'; readonly settings: Settings; readonly notes: readonly string[] }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] };

/** Reads the files that TOKEN_KEYS names, and looks whether CONTENT_DIR is there. An empty setting is one not set. */
export const parseSettings = (
  environment: Environment = process.env,
  { hosted = false }: { readonly hosted?: boolean } = {},
): ParsedSettings => {
  const faults: string[] = [];
  const read = readerOf(environment, faults);
  const sandbox = !isSet(environment, 'STRIPE_SECRET_KEY');
  const address = readAddress(read, sandbox, faults);
  const origin = hosted ? ({ kind: 'host' } as const) : readOrigin(read, sandbox, address.publicUrl, faults);
  const console = readConsole(read, faults, {
    ...address,
    ...{ sandbox, hosted, metricsPort: address.metricsPort },
    originUrl: origin.kind === 'http' ? origin.url : undefined,
    isPlaced: isSet(environment, 'PUBLIC_URL') || isSet(environment, 'OPERATORS'),
  });
  const stripe = readStripe(read, environment, faults);
  const smtpUrl = read('SMTP_URL', schemas.smtpUrl);
  const redisUrl = read('REDIS_URL', schemas.redisUrl);
  const settings: Settings = {
    ...address,
    console,
    origin,
    policyFile: read('POLICY_FILE', schemas.text) ?? policyFileFor(origin),
    ...(redisUrl === undefined ? {} : { redisUrl }),
    dataDir: read('DATA_DIR', schemas.text) ?? './data',
    tokenKeys: readKeys(environment, sandbox, faults),
    ...(stripe ? { stripe } : {}),
    ...(smtpUrl === undefined ? {} : { smtpUrl }),
    mailFrom: read('MAIL_FROM', schemas.sender) ?? senderAt(address.publicUrl),
    purgeSecrets: read('PURGE_SECRET', schemas.purgeSecrets) ?? [],
    operators: read('OPERATORS', schemas.operators) ?? [],
    trustProxy: read('TRUST_PROXY', schemas.trustProxy) ?? [],
    logLevel: read('LOG_LEVEL', schemas.logLevel) ?? 'info',
    sandbox,
  };
  return faults.length > 0
    ? { kind: 'faulty', faults }
    : { kind: 'ok', settings, notes: notesOn(settings, (name) => isSet(environment, name)) };
};

type Read = <T>(name: string, schema: z.ZodType<T>) => T | undefined;

const isSet = (environment: Environment, name: string): boolean => (environment[name] ?? '').trim() !== '';

/** Undefined when not set, and when faulty: the fault is noted, and the rest is still read. */
const readerOf =
  (environment: Environment, faults: string[]): Read =>
  (name, schema) => {
    if (!isSet(environment, name)) return undefined;
    const parsed = schema.safeParse((environment[name] ?? '').trim());
    if (parsed.success) return parsed.data;
    faults.push(...new Set(parsed.error.issues.map(({ message }) => `${name}: ${message}`)));
    return undefined;
  };

const readAddress = (
  read: Read,
  sandbox: boolean,
  faults: string[],
): Pick<Settings, 'port' | 'host' | 'publicUrl' | 'metricsPort'> => {
  const port = read('PORT', schemas.port(0)) ?? 8080;
  const host = read('HOST', schemas.host) ?? '127.0.0.1';
  const metricsPort = read('METRICS_PORT', schemas.port(1));
  if (metricsPort === port) faults.push('METRICS_PORT: write another port than PORT.');
  const before = faults.length;
  const publicUrl = read('PUBLIC_URL', schemas.site('https://news.example.com'));
  if (!sandbox && publicUrl === undefined && faults.length === before) {
    faults.push(
      'PUBLIC_URL: write where readers reach the site, such as https://news.example.com; it is required with STRIPE_SECRET_KEY.',
    );
  }
  if (!sandbox && publicUrl?.startsWith('http:') && !isLocal(publicUrl)) {
    faults.push(
      'PUBLIC_URL: write an https:// address; over http anybody on the way can take a reader’s token.',
    );
  }
  return {
    port,
    host,
    publicUrl: publicUrl ?? ownAddress(host, port),
    ...(metricsPort === undefined ? {} : { metricsPort }),
  };
};

const readConsole = (
  read: Read,
  faults: string[],
  facts: Omit<Parameters<typeof placeConsole>[0], 'consoleUrl' | 'consolePort'>,
): ConsoleSettings => {
  const before = faults.length;
  const consoleUrl = read('CONSOLE_URL', schemas.site('https://console.example.com'));
  const consolePort = read('CONSOLE_PORT', schemas.port(1));
  const placed = placeConsole({ ...facts, consoleUrl, consolePort });
  // What couldn't be read isn't there to be judged.
  if (faults.length === before) faults.push(...placed.faults);
  return placed.console;
};

const sampleFolder = fileURLToPath(new URL('../config/sample', import.meta.url));
const samplePolicy = fileURLToPath(new URL('../config/policy.yaml', import.meta.url));

const readOrigin = (
  read: Read,
  sandbox: boolean,
  publicUrl: string,
  faults: string[],
): Settings['origin'] => {
  const before = faults.length;
  const url = read('ORIGIN_URL', schemas.site('http://localhost:3000'));
  const directory = read('CONTENT_DIR', schemas.folder);
  const preserveHost = read('PRESERVE_HOST', schemas.flag) ?? false;
  if (url !== undefined && directory !== undefined) {
    faults.push('ORIGIN_URL, CONTENT_DIR: set one of the two; articles come from one place.');
  }
  if (url !== undefined && url === publicUrl) {
    faults.push('ORIGIN_URL: write the address of the site behind Gatefold; PUBLIC_URL is Gatefold’s own.');
  }
  if (url !== undefined) return { kind: 'http', url, preserveHost };
  if (directory === undefined && !sandbox && faults.length === before) {
    faults.push(
      'ORIGIN_URL, CONTENT_DIR: set one of the two; the sample site is served in the sandbox only.',
    );
  }
  return { kind: 'folder', directory: directory ?? sampleFolder };
};

const policyFileFor = (origin: Settings['origin']): string => {
  const usual = 'config/policy.yaml';
  const isSample = origin.kind === 'folder' && origin.directory === sampleFolder;
  return isSample && !existsSync(usual) ? samplePolicy : usual;
};

const readStripe = (read: Read, environment: Environment, faults: string[]): StripeSettings | undefined => {
  const secretKey = read('STRIPE_SECRET_KEY', schemas.stripeKey);
  const webhookSecrets = read('STRIPE_WEBHOOK_SECRET', schemas.webhookSecrets);
  const apiBase = read('STRIPE_API_BASE', schemas.site('http://localhost:12111'));
  if (isSet(environment, 'STRIPE_SECRET_KEY') && !isSet(environment, 'STRIPE_WEBHOOK_SECRET')) {
    faults.push(
      'STRIPE_WEBHOOK_SECRET: write the endpoint’s signing secret, whsec_…; without it anybody could forge a payment.',
    );
  }
  if (secretKey === undefined) return undefined;
  return { secretKey, webhookSecrets: webhookSecrets ?? [], ...(apiBase === undefined ? {} : { apiBase }) };
};

const readKeys = (
  environment: Environment,
  sandbox: boolean,
  faults: string[],
): readonly TokenKeySetting[] => {
  if (!isSet(environment, 'TOKEN_KEYS')) {
    if (!sandbox)
      faults.push('TOKEN_KEYS: write at least one key as kid:secret (`gatefold token keygen` makes one).');
    return [];
  }
  const { keys, faults: keyFaults } = readTokenKeys((environment.TOKEN_KEYS ?? '').trim());
  faults.push(...keyFaults);
  return keys;
};
