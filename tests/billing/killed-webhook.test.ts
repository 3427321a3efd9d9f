/** `kill -9` of the gateway between any two steps of a webhook: sent again, to whoever is there then, access is as Stripe says. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ReaderId } from '../../src/readers/reader.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { times } from '../support/effort.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { startTypeScript } from '../support/typescript-process.ts';
import { newCustomerId } from './rule-bench.ts';
import { stripeAccount } from './stripe-account.ts';
import { event } from './stripe-shapes.ts';
import { startStub } from './stripe-stub.ts';
import { deliver } from './webhook-site.ts';

let redis: RedisServer;
let directory: string;
beforeAll(async () => {
  redis = await startRedis();
  directory = mkdtempSync(join(tmpdir(), 'gatefold-killed-'));
});
afterAll(async () => {
  await redis.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Before and after each of: the record twice, the ticket, Stripe, the state, the entitlements, the record again. */
const steps = 14;
/** Every other one with each store: the steps are the same. More effort takes all of them with both. */
const apart = times(1) > 1 ? 1 : 2;

describe.each([
  ['SQLite', 1],
  ['Redis', apart],
] as const)('with %s', (kind, first) => {
  let stores: Stores;
  const where = () => (kind === 'Redis' ? redis.url : directory);
  beforeAll(async () => {
    stores = await openStores({
      ...(kind === 'Redis' ? { redisUrl: where(), dataDir: '' } : { dataDir: where() }),
      warn: () => {},
    });
  });
  afterAll(() => stores.close());

  test('at each step, and then sent again', async () => {
    const stub = await startStub();
    const id = newCustomerId();
    const reader = `reader-of-${id}` as ReaderId;
    const account = stripeAccount(stub, id, reader);
    await stores.customers.assign(id, { owner: reader });
    const reads = async () =>
      (await stores.entitlements.of(reader)).some(({ endsAt }) => endsAt > Date.now());

    let status = 'canceled';
    const survivor = await startGatewayAt(where(), stub.url);
    for (let dieAt = first; dieAt <= steps; dieAt += apart) {
      status = status === 'active' ? 'canceled' : 'active';
      account.becomes(status);
      const dying = await startGatewayAt(where(), stub.url, dieAt);
      await expect(dying.deliver(id)).rejects.toThrow();
      expect(await dying.ended).toBe('SIGKILL');
      expect((await survivor.deliver(id)).status).toBe(200);
      expect([dieAt, await reads()]).toEqual([dieAt, status === 'active']);
    }
    const last = await startGatewayAt(where(), stub.url, steps + 1);
    expect((await last.deliver(id)).status).toBe(200);
    for (const gateway of [last, survivor]) gateway.stop();
  });
});

interface Gateway {
  deliver(customer: string): ReturnType<typeof deliver>;
  /** The signal that ended it. */
  readonly ended: Promise<string | null>;
  stop(): void;
}

const startGatewayAt = async (where: string, apiBase: string, dieAt = 0): Promise<Gateway> => {
  const { child, lines } = startTypeScript(new URL('./dying-gateway.ts', import.meta.url), [
    where,
    apiBase,
    String(dieAt),
  ]);
  const ended = once(child, 'exit').then(([, signal]) => signal as string | null);
  const url = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    ended.then(() => Promise.reject(new Error('the gateway ended before it began'))),
  ]);
  return {
    ended,
    stop: () => child.kill('SIGKILL'),
    deliver: (customer) =>
      deliver(url, event('customer.subscription.updated', { object: 'subscription', id: 'sub_1', customer })),
  };
};
