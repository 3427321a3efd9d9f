/** What the offline Stripe keeps on disk, and where it refuses to run. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { randomText } from '../../src/ops/random.ts';
import { openSandbox } from '../../src/sandbox/open-sandbox.ts';
import { day, openShop, subscribed } from './open-shop.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatefold-sandbox-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const openAt = (publicUrl: string, inDirectory?: string) =>
  openSandbox({
    publicUrl,
    webhookUrl: 'http://127.0.0.1:9/',
    ...(inDirectory === undefined ? {} : { directory: inDirectory }),
    realNow: () => Date.now(),
    random: randomText,
    warn: () => undefined,
  });

test('everything is there again after a restart: keys, clock, subscriptions, and webhooks that weren’t taken', async () => {
  const first = await openShop({ directory, answer: () => 503 });
  const { subscription } = await subscribed(first);
  await first.sandbox.controls.moveClock(first.sandbox.now() + 5 * day);
  const [now, { secretKey, webhookSecret }] = [first.sandbox.now(), first.sandbox];
  await first.sandbox.controls.settled();
  await first.close();
  const second = await openShop({ directory });
  expect(second.sandbox).toMatchObject({ secretKey, webhookSecret });
  expect(second.sandbox.now()).toBeGreaterThanOrEqual(now);
  expect(await second.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'active' });
  await second.sandbox.controls.moveClock(second.sandbox.now() + 60_000);
  await second.sandbox.controls.settled();
  expect(second.types()).toContain('customer.subscription.created');
  await second.sandbox.controls.moveClock(second.sandbox.now() + 40 * day);
  expect((await second.stripe.invoices.list()).data.length).toBe(2);
  await second.close();
});

test('what was answered is on disk already, whenever the process dies, and a line cut short is let go', async () => {
  const shop = await openShop({ directory });
  const { id } = await shop.stripe.customers.create({ name: 'Kept' }, { idempotencyKey: 'once' });
  const written = readFileSync(join(directory, 'stripe.ndjson'), 'utf8');
  await shop.close();
  // As a killed process leaves it: without what closing writes, and with half a line.
  writeFileSync(join(directory, 'stripe.ndjson'), written);
  appendFileSync(join(directory, 'stripe.ndjson'), '[["customers","cus_ha');
  const again = await openShop({ directory });
  expect(await again.stripe.customers.retrieve(id)).toMatchObject({ name: 'Kept' });
  expect((await again.stripe.customers.create({ name: 'Kept' }, { idempotencyKey: 'once' })).id).toBe(id);
  await again.close();
});

test('a damaged file is said to be so, and not begun anew', async () => {
  writeFileSync(join(directory, 'stripe.ndjson'), 'nonsense\n[]\n');
  const opening = openAt('http://localhost:8080', directory);
  await expect(opening).rejects.toThrow(/damaged in line 1.*delete the file/);
});

test.each([
  'https://news.example',
  'http://10.0.0.1',
  'http://localhost.example',
  'http://127.0.0.1.example',
  'nowhere',
])('it refuses to run for %s', async (publicUrl) => {
  await expect(openAt(publicUrl)).rejects.toThrow(/this machine only/);
});

test.each(['http://localhost:8080', 'http://127.0.0.1', 'http://127.1.2.3:1', 'http://[::1]:8080'])(
  'it runs for %s',
  async (publicUrl) => {
    const sandbox = await openAt(publicUrl);
    expect(sandbox.apiBase).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await sandbox.close();
  },
);

test('20,000 subscriptions are paged through in a few seconds, and one customer’s at once', async () => {
  const shop = await openShop({ inProcess: true });
  await shop.sandbox.seedSubscriptions(20_000, shop.prices.monthly);
  const began = Date.now();
  let seen = 0;
  let customer = '';
  for (let after: string | undefined; ; ) {
    const { data, has_more } = await shop.stripe.subscriptions.list({
      status: 'all',
      limit: 100,
      expand: ['data.customer'],
      ...(after === undefined ? {} : { starting_after: after }),
    });
    seen += data.length;
    const last = data.at(-1)!;
    after = last.id;
    customer = (last.customer as { id: string }).id;
    if (!has_more) break;
  }
  expect(seen).toBe(20_000);
  expect(Date.now() - began).toBeLessThan(15_000);
  const start = Date.now();
  expect((await shop.stripe.subscriptions.list({ customer })).data.length).toBe(1);
  expect(Date.now() - start).toBeLessThan(200);
  await shop.close();
}, 60_000);
