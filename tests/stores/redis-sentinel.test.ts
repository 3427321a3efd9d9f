/** A Redis under a Sentinel keeps every promise of a store, and goes on after a failover. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { type RedisSentinel, startSentinel } from '../support/redis-server.ts';
import { until } from '../support/until.ts';
import { allContracts } from './contract/all-contracts.ts';
import { newCustomerId, stateOf } from './contract/customers.ts';
import { entitlement, newReaderId } from './contract/entitlements.ts';
import { article, askOf, freshSubject, noon } from './contract/meter-asks.ts';
import { instancesOf } from './contract/store-under-test.ts';

let sentinel: RedisSentinel;
const open = (): Promise<Stores> => openStores({ redisUrl: sentinel.url, dataDir: '', warn: () => {} });
beforeAll(async () => {
  sentinel = await startSentinel();
});
afterAll(() => sentinel.stop());

allContracts('a Redis under a Sentinel', () => ({ open }));

describe('with a Sentinel', () => {
  const instances = instancesOf(() => ({ open }));
  afterEach(instances.closeAll);

  test('the master’s loss fails questions quickly; then the replica goes on with the same counts', async () => {
    const [stores, other] = [await instances.open(), await instances.open()];
    const [who, reader] = [freshSubject(), newReaderId()];
    await stores.meters.admit(askOf(who));
    await stores.entitlements.put(reader, entitlement('a'));
    const customer = newCustomerId();
    await stores.customers.assign(customer, { owner: reader });
    const ticket = await stores.customers.drawTicket(customer);
    await stores.customers.putState(customer, ticket, stateOf(customer), noon);
    // Replicas follow in order: once they have the last write, they have all.
    const copied = async (): Promise<boolean> => {
      const [key] = (await sentinel.replica.call('KEYS', `gf:*:customer:${customer}`)) as string[];
      return key !== undefined && (await sentinel.replica.call('HEXISTS', key, 'state')) === 1;
    };
    await until(copied, 'the replica to have everything');
    const generation = stores.entitlements.generation();
    await sentinel.master.kill();
    // The failover is still to come: whoever waited for it would be answered.
    await expect(stores.meters.admit(askOf(who))).rejects.toThrow();

    const isBack = (): Promise<boolean> =>
      stores.meters.admit(askOf({})).then(
        () => true,
        () => false,
      );
    await until(isBack, 'the failover');
    expect(await stores.meters.admit(askOf(who))).toMatchObject({ outcome: 'known', used: 1 });
    expect(await stores.meters.admit(askOf({ ...who, article: article(2) }))).toMatchObject({
      outcome: 'charged',
      used: 2,
    });
    expect(await stores.entitlements.of(reader)).toEqual([entitlement('a')]);
    expect(await stores.customers.customersOf(reader)).toEqual([
      { id: customer, owner: reader, state: stateOf(customer), readAt: noon },
    ]);
    expect(await stores.customers.drawTicket(customer)).toBeGreaterThan(ticket);
    expect(await stores.customers.putState(customer, ticket - 1, stateOf(customer), noon)).toBe(false);
    await until(() => stores.entitlements.generation() !== generation, 'the generation to differ');

    const heard: string[] = [];
    stores.entitlements.onChange((changed) => heard.push(changed));
    const again = newReaderId();
    await until(
      () =>
        other.entitlements.put(again, entitlement('a')).then(
          () => heard.includes(again),
          () => false,
        ),
      'changes to be heard again',
    );
  });
});
