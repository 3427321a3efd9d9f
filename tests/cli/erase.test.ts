/** `gatefold erase` as a publisher runs it: one reader is gone from the store, and nobody else. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import Stripe from 'stripe';
import type { ArticleId } from '../../src/article/article.ts';
import type { CustomerId } from '../../src/billing/subscription.ts';
import type { EntitlementId } from '../../src/entitlements/entitlement.ts';
import { windowAt } from '../../src/meter/window.ts';
import type { MeterId, ProductId } from '../../src/policy/policy.ts';
import { readerCountedAs } from '../../src/readers/counted-as.ts';
import type { DeviceId, Email, ReaderId } from '../../src/readers/reader.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { buildCommand, gatefold } from '../support/command.ts';
import { startGatefold } from '../support/gatefold-process.ts';
import { freePort } from '../support/server-process.ts';
import { until } from '../support/until.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'gatefold-docs-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const now = Date.UTC(2026, 10, 23);
const month = windowAt({ kind: 'month' }, 'UTC', now);
const open = (): Promise<Stores> => openStores({ dataDir, warn: () => undefined });

const customerOf = (name: string, role: 'owner' | 'payer'): CustomerId => `cus_${role}_${name}` as CustomerId;

/** One customer of the reader's own, and one that they paid for and a stranger owns. */
const fillCustomers = async ({ customers, entitlements }: Stores, name: string): Promise<void> => {
  const id = `id-${name}` as ReaderId;
  await customers.assign(customerOf(name, 'owner'), { owner: id });
  await customers.assign(customerOf(name, 'payer'), { owner: 'id-stranger' as ReaderId, payer: id });
  const paid = {
    id: `${customerOf(name, 'owner')}/sub_1/all` as EntitlementId,
    product: 'all' as ProductId,
    source: 'subscription',
    startsAt: now,
    endsAt: now + 1,
  } as const;
  const ticket = await customers.drawTicket(customerOf(name, 'owner'));
  await entitlements.replaceCause(id, customerOf(name, 'owner'), ticket, [paid]);
};

const fill = async (stores: Stores, name: string): Promise<void> => {
  const { readers, entitlements, meters } = stores;
  const id = `id-${name}` as ReaderId;
  await readers.findOrCreate({ id, email: `${name}@example.com` as Email, createdAt: now });
  await readers.putDevice({
    id: `device-${name}` as DeviceId,
    reader: id,
    createdAt: now,
    lastSeenAt: now,
    label: '',
  });
  await entitlements.put(id, {
    id: 'comp:all' as EntitlementId,
    product: 'all' as ProductId,
    source: 'comp',
    startsAt: now,
    endsAt: now + 1,
  });
  await fillCustomers(stores, name);
  const { subject, slot } = readerCountedAs(id);
  const meter = 'main' as MeterId;
  await meters.admit({
    meter,
    subject,
    slot,
    article: '/a' as ArticleId,
    window: month,
    allowance: 3,
    charge: true,
    now,
  });
};

const tracesOf = async (stores: Stores, name: string): Promise<number> => {
  const { readers, entitlements, meters, customers } = stores;
  const id = `id-${name}` as ReaderId;
  const { subject, slot } = readerCountedAs(id);
  const reads = await meters.reads({ meter: 'main' as MeterId, subject, slot, window: month, now });
  const devices = await readers.devices(id);
  return (
    Number((await readers.byEmail(`${name}@example.com` as Email)) !== undefined) +
    devices.length +
    (await entitlements.of(id)).length +
    (await customers.customersOf(id)).length +
    reads.length
  );
};

test('no trace of the reader is left, and all of everybody else', async () => {
  await buildCommand();
  const before = await open();
  await fill(before, 'reader');
  await fill(before, 'other');
  expect(await tracesOf(before, 'reader')).toBe(7);
  await before.close();

  const settings = { DATA_DIR: dataDir, PORT: String(await freePort()) };
  const erased = await gatefold(['erase', 'Reader@example.com'], settings);
  expect([erased.code, erased.out]).toEqual([0, expect.stringMatching(/^reader@example.com is erased\./)]);
  const again = await gatefold(['erase', 'reader@example.com'], settings);
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('Nobody has proved')]);

  const after = await open();
  expect(await tracesOf(after, 'reader')).toBe(0);
  expect(await tracesOf(after, 'other')).toBe(7);
  expect(await after.customers.customer(customerOf('reader', 'payer'))).toMatchObject({
    owner: 'id-stranger',
  });
  await after.close();
});

test('while something goes on charging the reader, nothing is touched until that may be ended', async () => {
  const server = await startGatefold();
  try {
    const DATA_DIR = /embedded, in (\S+)/.exec(server.printed())?.[1] ?? '';
    const settings = { DATA_DIR, PORT: new URL(server.url).port };
    const stripe = sandboxOf(DATA_DIR);
    const stores = await openStores({ dataDir: DATA_DIR, warn: () => undefined });
    const id = 'id-paying' as ReaderId;
    await stores.readers.findOrCreate({ id, email: 'paying@example.com' as Email, createdAt: now });
    const customer = await stripe.customers.create({ metadata: { gatefold_reader: id } });
    const [price] = (await stripe.prices.list({ type: 'recurring' })).data;
    const { id: subscription } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price?.id ?? '' }],
      trial_period_days: 14,
    });
    await until(async () => (await stores.entitlements.of(id)).length > 0, 'the webhook');

    const refused = await gatefold(['erase', 'paying@example.com'], settings);
    expect([refused.code, refused.out]).toEqual([1, expect.stringContaining('Add --cancel')]);
    expect(await stores.readers.byId(id)).toBeDefined();

    const erased = await gatefold(['erase', 'paying@example.com', '--cancel'], settings);
    expect([erased.code, erased.out]).toEqual([0, expect.stringContaining('Subscriptions ended: 1.')]);
    expect((await stripe.subscriptions.retrieve(subscription)).status).toBe('canceled');
    expect(await stores.readers.byId(id)).toBeUndefined();
    expect(await stores.entitlements.of(id)).toEqual([]);
    await stores.close();
  } finally {
    await server.stop();
  }
});

const sandboxOf = (dataDirectory: string): Stripe => {
  const { apiBase, secretKey } = JSON.parse(
    readFileSync(join(dataDirectory, 'sandbox/address.json'), 'utf8'),
  );
  const { hostname: host, port } = new URL(apiBase);
  return new Stripe(secretKey, { host, port, protocol: 'http', telemetry: false });
};
