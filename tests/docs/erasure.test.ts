/** That the SQL in docs/operations.md erases a reader, and nobody else. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { ArticleId } from '../../src/article/article.ts';
import type { CustomerId } from '../../src/billing/subscription.ts';
import type { EntitlementId } from '../../src/entitlements/entitlement.ts';
import { windowAt } from '../../src/meter/window.ts';
import type { MeterId, ProductId } from '../../src/policy/policy.ts';
import { readerCountedAs } from '../../src/readers/counted-as.ts';
import type { DeviceId, Email, ReaderId } from '../../src/readers/reader.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { connectSqlite } from '../../src/stores/sqlite/database.ts';
import { codeBlocks } from './documents.ts';

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

test('the statements leave no trace of the reader, and all of everybody else', async () => {
  const before = await open();
  await fill(before, 'reader');
  await fill(before, 'other');
  expect(await tracesOf(before, 'reader')).toBe(7);
  await before.close();

  const database = connectSqlite(join(dataDir, 'gatefold.db'), 1000);
  database.exec(codeBlocks('docs/operations.md', 'sql').join('\n'));
  const tickets = database.prepare<{ reader: string }>('SELECT reader FROM cause_tickets').all();
  expect(tickets).toEqual([{ reader: 'id-other' }]);
  database.close();

  const after = await open();
  expect(await tracesOf(after, 'reader')).toBe(0);
  expect(await tracesOf(after, 'other')).toBe(7);
  expect(await after.customers.customer(customerOf('reader', 'payer'))).toMatchObject({
    owner: 'id-stranger',
  });
  await after.close();
});
