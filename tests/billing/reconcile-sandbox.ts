/** The sandbox in this process, with the SDK before it and an endpoint behind it that takes webhooks or doesn't. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { randomText } from '../../src/ops/random.ts';
import { openSandbox } from '../../src/sandbox/open-sandbox.ts';

export const dayMs = 86_400_000;

export const card = (number: string) =>
  ({ kind: 'card', number, expMonth: 12, expYear: 34, cvc: '123' }) as const;

/** @param status what the endpoint answers: 500 leaves the events undelivered, 200 loses them. */
export const openReconcileSandbox = async (plans: readonly object[], status: () => number) => {
  const endpoint = createServer((req, res) => {
    req.resume().once('end', () => res.writeHead(status()).end());
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  const sandbox = await openSandbox({
    publicUrl: 'http://localhost:8080',
    webhookUrl: `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/hook`,
    realNow: () => Date.now(),
    random: randomText,
    warn: () => {},
  });
  sandbox.offer({ plans, rules: [], otherwise: { access: 'locked', products: ['all'] } } as never);
  const { apiBase, secretKey } = sandbox;
  const { hostname: host, port } = new URL(apiBase);
  return {
    sandbox,
    stripe: new Stripe(secretKey, { host, port, protocol: 'http', telemetry: false }),
    /** The next so many questions to that path fail like that. */
    fail: (path: string, kind: string, count: number) =>
      fetch(`${apiBase}/sandbox/faults`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${secretKey}` },
        body: JSON.stringify({ path, kind, count }),
      }),
    close: async () => {
      await sandbox.close();
      endpoint.closeAllConnections();
      await new Promise((resolve) => endpoint.close(resolve));
    },
  };
};

export type ReconcileSandbox = Awaited<ReturnType<typeof openReconcileSandbox>>;
