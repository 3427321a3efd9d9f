/** What the offline Stripe keeps on disk, and where it refuses to run. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { randomText } from '../../src/ops/random.ts';
import { openSandbox } from '../../src/sandbox/open-sandbox.ts';
import { workOfAsync } from '../support/counted-work.ts';
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

test('of 5,000 subscriptions a page deep in the list costs no more work than the first, and one customer’s less', async () => {
  const shop = await openShop({ inProcess: true });
  await shop.sandbox.seedSubscriptions(5_000, shop.prices.monthly);
  const pageAfter = (after: string | undefined) =>
    shop.stripe.subscriptions.list({
      status: 'all',
      limit: 100,
      expand: ['data.customer'],
      ...(after === undefined ? {} : { starting_after: after }),
    });
  const work: number[] = [];
  let seen = 0;
  let after: string | undefined;
  let customer = '';
  for (let more = true; more; ) {
    work.push(
      await workOfAsync(async () => {
        const { data, has_more } = await pageAfter(after);
        const last = data.at(-1)!;
        [seen, more, after] = [seen + data.length, has_more, last.id];
        customer = (last.customer as { id: string }).id;
      }),
    );
  }
  expect(seen).toBe(5_000);
  // The first one also makes what is kept.
  const usual = work[1] ?? 0;
  for (const each of work.slice(1)) expect(each).toBeLessThan(2 * usual);
  const one = await workOfAsync(async () => {
    expect((await shop.stripe.subscriptions.list({ customer })).data).toHaveLength(1);
  });
  expect(one).toBeLessThan(usual);
  await shop.close();
});
