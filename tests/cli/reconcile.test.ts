/** `gatefold reconcile` as an operator runs it: built, beside a running server, after a crash, and against a real address of Stripe's. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Stripe from 'stripe';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { openReconcileSandbox } from '../billing/reconcile-sandbox.ts';
import { buildCommand, type Ended, gatefold } from '../support/command.ts';
import { type GatefoldProcess, projectRoot, startGatefold } from '../support/gatefold-process.ts';
import { freePort } from '../support/server-process.ts';
import { until } from '../support/until.ts';

let server: GatefoldProcess;
let environment: Readonly<Record<string, string>>;
let stripe: Stripe;
let price: string;
let sandbox: { apiBase: string; secretKey: string };
const lines = ({ out }: Ended): readonly string[] => out.trim().split('\n');
const reconcile = (...args: string[]): Promise<Ended> => gatefold(['reconcile', ...args], environment);

beforeAll(async () => {
  await buildCommand();
  const port = await freePort();
  server = await startGatefold({ port });
  const DATA_DIR = dataDirOf(server);
  environment = { PORT: String(port), DATA_DIR };
  sandbox = JSON.parse(readFileSync(join(DATA_DIR, 'sandbox/address.json'), 'utf8'));
  const { hostname: host, port: apiPort } = new URL(sandbox.apiBase);
  stripe = new Stripe(sandbox.secretKey, { host, port: apiPort, protocol: 'http', telemetry: false });
  const { data } = await stripe.prices.list({ type: 'recurring' });
  price = data[0]?.id ?? '';
  // The server's own first run comes soon after its start; the next one in an hour.
  await until(() => server.printed().includes('the reconcile found nothing'), 'the server’s first reconcile');
});
afterAll(async () => {
  // Undefined where it never started.
  await (server as GatefoldProcess | undefined)?.stop();
});

/** Where the process keeps its data: it names it when it starts. */
const dataDirOf = ({ printed }: GatefoldProcess): string => /embedded, in (\S+)/.exec(printed())?.[1] ?? '';

const mischief = (dropOfTen: number): Promise<Response> =>
  fetch(`${sandbox.apiBase}/sandbox/mischief`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${sandbox.secretKey}` },
    body: JSON.stringify({ dropOfTen }),
  });

const subscriber = async (reader: string): Promise<{ customer: string; subscription: string }> => {
  const customer = await stripe.customers.create({ metadata: { gatefold_reader: reader } });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price }],
    trial_period_days: 14,
  });
  return { customer: customer.id, subscription: subscription.id };
};

describe('beside a running server', () => {
  test('tells in a dry run what differs, mends it in another, and finds nothing afterwards', async () => {
    await mischief(10);
    const paid = await subscriber('a-reader-of-ours');
    const dry = await reconcile('--dry-run');
    expect(dry.code).toBe(2);
    expect(lines(dry)).toEqual([
      expect.stringMatching(/^Compared 1 subscription and \d+ undelivered events? with Stripe in /),
      '1 customer differed:',
      `  1 paid but stopped: ${paid.customer}`,
      'This was a dry run: nothing was changed.',
    ]);
    const wet = await reconcile();
    expect([wet.code, lines(wet)[1], lines(wet)[2]]).toEqual([
      0,
      '1 customer differed, and no longer do:',
      `  1 paid but stopped: ${paid.customer}`,
    ]);
    const again = await reconcile('--dry-run');
    expect([again.code, lines(again)[1]]).toEqual([0, 'Nothing differed.']);
  });

  test('ends with 1 and the reason when the key is wrong', async () => {
    const wrong = await gatefold(['reconcile'], {
      ...environment,
      STRIPE_SECRET_KEY: 'sk_test_of_somebody_else',
      STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef',
      STRIPE_API_BASE: sandbox.apiBase,
      PUBLIC_URL: `http://127.0.0.1:${environment.PORT}`,
      CONTENT_DIR: 'config/sample',
      TOKEN_KEYS: `test:${randomBytes(32).toString('base64url')}`,
    });
    expect(wrong.code).toBe(1);
    expect(wrong.out + wrong.err).toMatch(/It was broken off: /);
    expect(wrong.out + wrong.err).not.toContain('sk_test_of_somebody_else');
  });
});

test('after a crash of the server, opens the sandbox as it was kept', async () => {
  await mischief(10);
  const { customer } = await subscriber('another-reader');
  await server.server.stop();
  const ended = await reconcile();
  expect([ended.code, ended.out]).toEqual([0, expect.stringContaining(`1 paid but stopped: ${customer}`)]);
});

test('a signal ends it at its next customer, and the next run goes on', async () => {
  const plan = { id: 'monthly', name: 'Monthly', products: ['all'], price: 'price_monthly' };
  const shop = await openReconcileSandbox([plan], () => 200);
  const directory = mkdtempSync(join(tmpdir(), 'gatefold-cli-'));
  const stores = await openStores({ dataDir: directory, warn: () => {} });
  try {
    shop.sandbox.seedSubscriptions(120, 'price_monthly');
    const run = startCommand({
      DATA_DIR: directory,
      CONTENT_DIR: 'config/sample',
      PUBLIC_URL: 'http://127.0.0.1:8080',
      STRIPE_SECRET_KEY: shop.sandbox.secretKey,
      STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef',
      STRIPE_API_BASE: shop.sandbox.apiBase,
      TOKEN_KEYS: `test:${randomBytes(32).toString('base64url')}`,
    });
    await until(async () => (await customersIn(stores)) > 3, 'some customers to be linked');
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(1);
    expect(run.printed()).toContain('It was stopped before its end.\nThe next run goes on from there.');
    expect(await customersIn(stores)).toBeLessThan(120);
  } finally {
    await stores.close();
    await shop.close();
    rmSync(directory, { recursive: true, force: true });
  }
});

const startCommand = (settings: Readonly<Record<string, string>>) => {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['dist/cli.js', 'reconcile'], {
    cwd: projectRoot,
    env: { PATH, HOME, ...settings },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let printed = '';
  child.stdout.on('data', (text) => {
    printed += String(text);
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, ended, printed: () => printed };
};

const customersIn = async ({ customers }: Stores): Promise<number> => {
  let count = 0;
  for await (const page of customers.all()) count += page.length;
  return count;
};
