/** A Redis Cluster of three real nodes keeps every promise of a store. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MeterSubject } from '../../src/meter/meter-store.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { type RedisCluster, startRedisCluster } from '../support/redis-server.ts';
import { until } from '../support/until.ts';
import { allContracts } from './contract/all-contracts.ts';
import { newCustomerId } from './contract/customers.ts';
import { entitlement, newReaderId } from './contract/entitlements.ts';
import { article, askOf, freshSubject } from './contract/meter-asks.ts';
import { instancesOf } from './contract/store-under-test.ts';
import { scriptCalls } from './support/script-calls.ts';

let cluster: RedisCluster;
const open = (): Promise<Stores> => openStores({ redisUrl: cluster.url, dataDir: '', warn: () => {} });
beforeAll(async () => {
  cluster = await startRedisCluster();
});
afterAll(() => cluster.stop());

allContracts('a Redis Cluster', () => ({ open }));

describe('with a Redis Cluster', () => {
  const instances = instancesOf(() => ({ open }));
  let stores: Stores;
  beforeAll(async () => {
    stores = await instances.open();
  });
  afterAll(instances.closeAll);

  test('all asks of one turn of the event loop go in one call per slot', async () => {
    const places = Array.from({ length: 5 }, () => freshSubject().slot);
    const ask = (slot: string, n: number) => askOf({ slot, subject: `v:${slot}.${n}` as MeterSubject });
    const askAll = (): Promise<unknown> =>
      Promise.all(places.flatMap((slot) => [1, 2, 3, 4].map((n) => stores.meters.admit(ask(slot, n)))));
    // Once more to every node than needed, so that each knows the script.
    await Promise.all(Array.from({ length: 60 }, () => stores.meters.admit(askOf({}))));
    const before = await scriptCalls(cluster.nodes);
    await askAll();
    expect((await scriptCalls(cluster.nodes)) - before).toBe(places.length);
  });

  test('every node holds a part of the counts', async () => {
    await Promise.all(Array.from({ length: 60 }, () => stores.meters.admit(askOf({}))));
    for (const node of cluster.nodes) expect(await node.call('DBSIZE')).toBeGreaterThan(0);
  });

  test('a change is heard on another instance within a second, whichever node it was made on', async () => {
    const there = await instances.open();
    const heard: string[] = [];
    there.entitlements.onChange((reader) => heard.push(reader));
    const readers = Array.from({ length: 12 }, newReaderId);
    await Promise.all(readers.map((reader) => stores.entitlements.put(reader, entitlement('a'))));
    await until(() => readers.every((reader) => heard.includes(reader)), 'the changes');
  });

  test('what is lost by a failover is lost together: entitlements with their tickets, customers with theirs', async () => {
    const [id, reader] = [newCustomerId(), newReaderId()];
    await stores.customers.assign(id, { owner: reader });
    await stores.customers.drawTicket(id);
    await stores.entitlements.replaceCause(reader, 'cus_1', 1, [entitlement('cus_1/a')]);
    const keys = (await Promise.all(cluster.nodes.map((node) => node.call('KEYS', '*')))) as string[][];
    const placesOf = async (ofThem: readonly string[]): Promise<number> => {
      const places = ofThem.map((key) => cluster.nodes[0]?.call('CLUSTER', 'KEYSLOT', key));
      return new Set(await Promise.all(places)).size;
    };
    const readers = keys.flat().filter((key) => key.startsWith(`gf:{${reader}}`));
    expect([readers.length, await placesOf(readers)]).toEqual([3, 1]);
    const part =
      keys
        .flat()
        .find((key) => key.endsWith(`:customer:${id}`))
        ?.match(/^gf:\{[^}]+\}:/)?.[0] ?? '?';
    const beside = keys.flat().filter((key) => key.startsWith(part));
    expect(beside).toEqual(expect.arrayContaining([`${part}all`, `${part}ticket`]));
    expect(await placesOf(beside)).toBe(1);
  });

  test('a node that goes away fails its questions while it is gone, and is used again when it is back', async () => {
    const node = cluster.nodes[2];
    if (!node) throw new Error('no node');
    await node.kill();
    const asked = await Promise.all(
      Array.from({ length: 30 }, () => stores.meters.admit(askOf({})).catch(() => 'failed' as const)),
    );
    expect(asked).toContain('failed');
    await node.restart();
    const who = freshSubject();
    await until(
      () =>
        stores.ping().then(
          () => true,
          () => false,
        ),
      'the cluster to be whole',
    );
    await until(
      () =>
        Promise.all(Array.from({ length: 30 }, () => stores.meters.admit(askOf({})))).then(
          () => true,
          () => false,
        ),
      'every slot to answer',
    );
    const readings = await Promise.all(
      [1, 2, 3, 4].map((n) => stores.meters.admit(askOf({ ...who, article: article(n) }))),
    );
    expect(readings.filter((reading) => reading.outcome === 'charged')).toHaveLength(3);
  });
});
