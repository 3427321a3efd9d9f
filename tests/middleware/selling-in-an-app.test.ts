/** An Express app that sells through the gate it mounted: its own routes, its own port, Stripe's deliveries on it. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import express, { type RequestHandler } from 'express';
import type { Gateway } from '../../src/gateway.ts';
import { type GatefoldMiddleware, gatefold } from '../../src/middleware.ts';
import { articlePage } from '../support/article-origin.ts';
import { ask } from '../support/raw-client.ts';
import { freePort } from '../support/server-process.ts';
import { testPolicy } from '../support/start-gateway.ts';

const policy = `${testPolicy}
plans: [{ id: monthly, name: Everything, products: all, price: price_monthly, interval: month }]
`;

interface HostApp {
  readonly url: string;
  readonly gateway: Gateway;
}

let stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops) await stop();
  stops = [];
});

/** @param before what the app mounts before the gate. */
const startApp = async (...before: readonly RequestHandler[]): Promise<HostApp> => {
  const directory = mkdtempSync(join(tmpdir(), 'gatefold-host-'));
  writeFileSync(join(directory, 'policy.yaml'), policy);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const gate: GatefoldMiddleware = gatefold({
    publicUrl: url,
    policyFile: join(directory, 'policy.yaml'),
    dataDir: join(directory, 'data'),
    logLevel: 'silent',
  });
  const app = express();
  for (const handler of before) app.use(handler);
  app.use(gate);
  app.get('/tidewater/:slug', (req, res) => void res.type('html').send(articlePage(req.params.slug)));
  const server: Server = createServer(app);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const gateway = await gate.ready;
  stops.push(async () => {
    server.closeAllConnections();
    server.close();
    await gate.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return { url, gateway };
};

const visitorOf = async (url: string): Promise<string> =>
  (await ask(url, '/-/subscribe')).headers['set-cookie']?.[0]?.split(';')[0] ?? '';

const beginCheckout = (url: string, cookie: string) =>
  ask(url, '/-/checkout', {
    method: 'POST',
    headers: { Cookie: cookie, Origin: url, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'plan=monthly&return=%2Ftidewater%2Fa-story',
  });

test('a reader pays, the app’s own page comes back whole, and Stripe’s deliveries reach the gate', async () => {
  const { url, gateway } = await startApp();
  const cookie = await visitorOf(url);
  const { status, headers } = await beginCheckout(url, cookie);
  expect([status, headers.location]).toEqual([
    303,
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/-\/sandbox\/checkout\/cs_test_/),
  ]);
  const id = String(headers.location).split('/').at(-1) ?? '';
  const sandbox = gateway.sandbox as unknown as {
    actions: { submitCheckout(id: string, submission: object): { kind: string; returnUrl: string } };
  };
  const paid = sandbox.actions.submitCheckout(id, {
    email: 'reader@example.com',
    payment: { kind: 'card', number: '4242424242424242', expMonth: 12, expYear: 2034, cvc: '123' },
  });
  expect(paid.kind).toBe('paid');
  const back = await ask(url, paid.returnUrl.slice(url.length), { headers: { Cookie: cookie } });
  expect([back.status, back.headers.location]).toEqual([303, '/tidewater/a-story']);
  const token = back.headers['set-cookie']?.find((each) => each.startsWith('gf_reader='))?.split(';')[0];
  const article = await ask(url, '/tidewater/a-story', { headers: { Cookie: `${cookie}; ${token}` } });
  expect(article.headers['gatefold-access']).toBe('full; reason=subscription');
  await gateway.sandbox?.controls.settled();
  const figures = await gateway.metrics.text();
  expect(figures).toMatch(/gatefold_webhooks_total\{outcome="refreshed"[^}]*\} [1-9]/);
});

test('a parser before the gate is told of, and what Stripe sends is kept for later', async () => {
  const { url } = await startApp(express.json());
  const answer = await ask(url, '/-/webhooks/stripe', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Stripe-Signature': 't=1,v1=00' },
    body: '{"id":"evt_1"}',
  });
  expect([answer.status, JSON.parse(String(answer.body))]).toEqual([503, { code: 'body-already-read' }]);
});
