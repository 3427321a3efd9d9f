/** What the tests of who is asking share: keys, a clock to move, the real embedded store, and a browser's cookie jar. */
import { createHmac, generateKeyPairSync, sign as signWithKey } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entitlement, EntitlementId } from '../../src/entitlements/entitlement.ts';
import { randomText } from '../../src/ops/random.ts';
import { createMessages } from '../../src/pages/messages/create-messages.ts';
import type { Policy, ProductId } from '../../src/policy/policy.ts';
import { createDeviceView } from '../../src/readers/device-view.ts';
import { createIdentify } from '../../src/readers/identify.ts';
import { createNetworkTags } from '../../src/readers/network-tag.ts';
import type { DeviceId, ReaderId } from '../../src/readers/reader.ts';
import type { ReaderStore } from '../../src/readers/reader-store.ts';
import { createReaderTokens } from '../../src/readers/reader-token.ts';
import { createRenewToken } from '../../src/readers/renew-token.ts';
import type { PolicyWithMessages } from '../../src/readers/send-page.ts';
import { createVisitors } from '../../src/readers/visitor.ts';
import type { TokenKeySetting } from '../../src/settings.ts';
import { sqliteEntitlementStore } from '../../src/stores/sqlite/entitlement-store.ts';
import { openDatabase } from '../../src/stores/sqlite/open-database.ts';
import { sqliteReaderStore } from '../../src/stores/sqlite/reader-store.ts';
import { watchRevision } from '../../src/stores/sqlite/revision.ts';

export const publicUrl = 'https://paper.example';
/** 2026-11-23T12:00:00Z */
export const noon = 1_795_435_200_000;
export const hour = 3_600_000;
export const day = 24 * hour;

export const secretKey = (kid: string, byte = 7): TokenKeySetting => ({
  kid,
  kind: 'secret',
  secret: Buffer.alloc(32, byte),
});

const pemOf = (key: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }): string =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();

export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const rsaKey: TokenKeySetting = { kid: 'rsa', kind: 'pem', pem: pemOf(rsa.privateKey) };
export const ecKey: TokenKeySetting = { kid: 'ec', kind: 'pem', pem: pemOf(ec.privateKey) };

export const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
export const encoded = (value: unknown): string => Buffer.from(asText(value)).toString('base64url');

/** A token put together by hand, as a forger would: header and payload as objects or as raw JSON. */
export const forge = (header: unknown, payload: unknown, key = Buffer.alloc(32, 7)): string => {
  const signed = `${encoded(header)}.${encoded(payload)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
};

export const forgeAsymmetric = (header: unknown, payload: unknown, alg: 'RS256' | 'ES256'): string => {
  const signed = `${encoded(header)}.${encoded(payload)}`;
  const key = alg === 'RS256' ? rsa.privateKey : { key: ec.privateKey, dsaEncoding: 'ieee-p1363' as const };
  return `${signed}.${signWithKey('sha256', Buffer.from(signed), key).toString('base64url')}`;
};

export const entitlement = (product: string, endsAt: number): Entitlement => ({
  id: `comp:${product}` as EntitlementId,
  product: product as ProductId,
  source: 'comp',
  startsAt: 0,
  endsAt,
});

export const rid = (id: string): ReaderId => id as ReaderId;
export const did = (id: string): DeviceId => id as DeviceId;

export const inForce = (): PolicyWithMessages => ({
  policy: {
    site: { name: 'Lamplight', language: 'en', timeZone: 'UTC' },
    products: [{ id: 'all' as ProductId, name: 'All of Lamplight' }],
    devices: {},
  } as unknown as Policy,
  messages: createMessages({ overrides: {}, siteLanguage: 'en', timeZone: 'UTC' }),
});

/** One machine's stores and its view of who is asking, over the real embedded store. */
export function machine({ directory, keys = [secretKey('k1')], start = noon }: MachineOptions) {
  const database = openDatabase(directory);
  const revision = watchRevision(database);
  const store: ReaderStore = sqliteReaderStore(database, revision);
  const entitlements = sqliteEntitlementStore(database, revision);
  const time = { now: start };
  const faults: unknown[] = [];
  const tokens = createReaderTokens({ keys, issuer: publicUrl, audience: publicUrl });
  const visitors = createVisitors({ keys, random: randomText });
  const networkTagOf = createNetworkTags({ keys });
  const clock = () => time.now;
  const report = (error: unknown) => void faults.push(error);
  const entitlementsOf = (reader: ReaderId) => entitlements.of(reader);
  const devices = createDeviceView({ store, generation: () => entitlements.generation(), clock });
  const renew = createRenewToken({ store, tokens, entitlementsOf, devices, report });
  const identify = createIdentify({ tokens, visitors, networkTagOf, devices, renew });
  const close = () => database.close();
  return {
    store,
    entitlements,
    entitlementsOf,
    time,
    clock,
    faults,
    report,
    tokens,
    visitors,
    networkTagOf,
    devices,
    renew,
    identify,
    close,
  };
}

interface MachineOptions {
  readonly directory: string;
  readonly keys?: readonly TokenKeySetting[];
  readonly start?: number;
}

export type Machine = ReturnType<typeof machine>;

export const temporaryFolder = (): { path: string; remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'gatefold-readers-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

/** Lets the next request look at what other processes did: stores look once in a turn of the event loop. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
